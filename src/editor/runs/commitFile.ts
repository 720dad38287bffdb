import * as vscode from "vscode";
import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import { SCHEMES } from "../app";

/** A file at a commit of a local repository. */
export interface CommitFile {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
}

const shape = v.object({ repository: v.string(), commit: v.string(), path: v.string() });
/** More does not fit a diff that a person reads. */
const MAX_BYTES = 5_000_000;
/** Where git looks for a NUL to tell a binary file, in bytes. */
const SNIFFED = 8000;

/** The path shows the file's name, so that the editor knows its language; the query says what is meant. */
export function commitFileUri(file: CommitFile): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEMES.commit, path: `/${file.path}`, query: JSON.stringify(file) });
}

export function parseCommitFileUri(uri: vscode.Uri): CommitFile {
  try {
    return v.parse(shape, JSON.parse(uri.query));
  } catch (cause) {
    throw new AppError("usage", vscode.l10n.t("This is not the address of a file at a commit."), { cause });
  }
}

/** The text, or a sentence in its place where there is no text to compare. */
export function decodeCommitFile(bytes: Uint8Array | null): string {
  if (bytes === null) {
    return "";
  }
  if (bytes.subarray(0, SNIFFED).includes(0)) {
    return vscode.l10n.t("Binary file of {0} bytes.", bytes.length);
  }
  return bytes.length > MAX_BYTES
    ? vscode.l10n.t("The file of {0} bytes is too large to be compared here.", bytes.length)
    : new TextDecoder().decode(bytes);
}
