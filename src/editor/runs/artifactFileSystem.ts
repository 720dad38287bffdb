import * as vscode from "vscode";

import { isAppError, toUserText } from "../../core/base/appError";
import type { ArtifactEntry, ArtifactOwner } from "../../core/tracking/artifact";
import { parseArtifactUriParts, toArtifactUriParts, type ArtifactAddress } from "../../core/tracking/artifactAddress";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { FileReader } from "../app";
import { neverCancelled } from "../platform/signals";

/** More does not belong into an editor; the sentence of the store names the limit. */
const MAX_BYTES = 50_000_000;
/** Editors ask for the same folder several times while they open one file. */
const LISTING_LIFE_MS = 3000;

/** The address at which an artifact opens in editors. @throws AppError for a path that leaves the owner's folder. */
export function artifactUri(storeId: StoreId, owner: ArtifactOwner, path: string): vscode.Uri {
  return vscode.Uri.from(toArtifactUriParts({ storeId, owner, path }));
}

interface Listing {
  readonly at: number;
  readonly entries: Promise<readonly ArtifactEntry[]>;
}

/**
 * Reads artifacts of runs, logged models and versions as files, so that editors and image previews show them. `LazyFileSystem`
 * stands before it and refuses what would write.
 */
export class ArtifactFileSystem implements FileReader {
  private readonly listings = new Map<string, Listing>();

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly now: () => number = Date.now,
  ) {}

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const address = addressOf(uri);
    if (address.path === "") {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0, permissions: vscode.FilePermission.Readonly };
    }
    const parent = address.path.slice(0, Math.max(0, address.path.lastIndexOf("/")));
    const entry = (await this.list({ ...address, path: parent }, uri)).find((one) => one.path === address.path);
    if (entry === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const time = entry.modifiedTime ?? 0;
    return { type: typeOf(entry), ctime: time, mtime: time, size: entry.size ?? 0, permissions: vscode.FilePermission.Readonly };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await this.list(addressOf(uri), uri);
    return entries.map((entry) => [entry.path.slice(entry.path.lastIndexOf("/") + 1), typeOf(entry)]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { storeId, owner, path } = addressOf(uri);
    const signal = neverCancelled();
    try {
      return await this.catalog.use(storeId, signal, (store) => store.readArtifact(owner, path, { maxBytes: MAX_BYTES }, signal));
    } catch (error) {
      throw toFileSystemError(error, uri);
    }
  }

  private async list(address: ArtifactAddress, uri: vscode.Uri): Promise<readonly ArtifactEntry[]> {
    const { storeId, owner, path } = address;
    const key = artifactUri(storeId, owner, path).toString();
    const known = this.listings.get(key);
    if (known !== undefined && this.now() - known.at < LISTING_LIFE_MS) {
      return known.entries;
    }
    this.forgetOld();
    const signal = neverCancelled();
    const entries = this.catalog
      .use(storeId, signal, (store) => store.listArtifacts(owner, path, signal))
      .catch((error: unknown) => {
        this.listings.delete(key);
        throw toFileSystemError(error, uri);
      });
    this.listings.set(key, { at: this.now(), entries });
    return entries;
  }

  private forgetOld(): void {
    for (const [key, { at }] of this.listings) {
      if (this.now() - at >= LISTING_LIFE_MS) {
        this.listings.delete(key);
      }
    }
  }
}

function addressOf(uri: vscode.Uri): ArtifactAddress {
  try {
    return parseArtifactUriParts(uri);
  } catch (error) {
    throw toFileSystemError(error, uri);
  }
}

function typeOf(entry: ArtifactEntry): vscode.FileType {
  return entry.isDirectory ? vscode.FileType.Directory : vscode.FileType.File;
}

/** The kind tells VS Code what to do with it, the sentence tells the user. */
function toFileSystemError(error: unknown, uri: vscode.Uri): Error {
  if (isAppError(error, "artifact/not-found")) {
    return vscode.FileSystemError.FileNotFound(uri);
  }
  if (isAppError(error, "artifact/outside-root")) {
    return vscode.FileSystemError.NoPermissions(toUserText(error));
  }
  return vscode.FileSystemError.Unavailable(toUserText(error));
}
