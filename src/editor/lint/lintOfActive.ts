import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import type { LintSession, Place } from "./lintSession";

/**
 * What lint says of the file in the active editor.
 * @throws AppError when there is no such file.
 */
export async function lintOfActive(session: LintSession): Promise<{ readonly place: Place; readonly lint: FileLint }> {
  const document = vscode.window.activeTextEditor?.document;
  const place = document === undefined ? undefined : session.placeOf(document.uri);
  const lint = document === undefined ? null : await session.lintOf(document);
  if (place === undefined || lint === null) {
    throw new AppError("usage", vscode.l10n.t("The active editor shows no file that is checked."), {
      remedy: vscode.l10n.t("Open an mlops.yaml or a pipeline file of this workspace."),
    });
  }
  return { place, lint };
}
