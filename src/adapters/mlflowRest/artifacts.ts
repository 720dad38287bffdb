import { createHash } from "node:crypto";

import { AppError } from "../../core/base/appError";
import { assertNever } from "../../core/base/assertNever";
import type { CancelSignal } from "../../core/base/cancel";
import type { ArtifactEntry, ArtifactHash, ArtifactOwner } from "../../core/tracking/artifact";
import { assertInsideRoot, leavesRoot } from "./artifactPath";
import { BodyTooLargeError } from "./httpReply";
import type { MlflowApi, RefusalReader } from "./mlflowApi";
import type { ModelSearch } from "./modelSearch";
import { downloadUriReply, filesReply, runReply, type FileRecord } from "./records";
import { assertRunId, toRunError } from "./runErrors";
import { quote, toRefusalError } from "./serverRefusal";

/** Pages of one folder's list; only servers with an object store behind them page at all. */
const MAX_LIST_PAGES = 100;

/** A call that lists one folder, and the folder's place inside what that call lists. */
interface Listing {
  readonly path: string;
  readonly parameter: string;
  readonly query: Readonly<Record<string, string>>;
  /** Prefix of the owner's root inside the listed root, without slashes at its ends. */
  readonly prefix: string;
  /** False where the server names its entries without the folder's path. */
  readonly hasFullPaths: boolean;
}

/** Lists and reads artifacts through the server, which has the rights to its artifact store. */
export class Artifacts {
  constructor(
    private readonly api: MlflowApi,
    private readonly models: ModelSearch,
  ) {}

  async list(owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<readonly ArtifactEntry[]> {
    assertInsideRoot(path);
    const listing = await this.listingOf(owner, signal);
    const folder = join(listing.prefix, path);
    const files: FileRecord[] = [];
    let token = "";
    for (let pages = 0; pages < MAX_LIST_PAGES; pages++) {
      const query = {
        ...listing.query,
        [listing.parameter]: folder === "" ? undefined : folder,
        page_token: token === "" ? undefined : token,
      };
      const reply = await this.api.get(listing.path, query, filesReply, signal, toListError(owner, path));
      files.push(...reply.files);
      if (reply.next_page_token === "" || reply.next_page_token === token) {
        break;
      }
      token = reply.next_page_token;
    }
    return toEntries(files, listing, folder);
  }

  async read(owner: ArtifactOwner, path: string, maxBytes: number, signal: CancelSignal): Promise<Uint8Array> {
    try {
      return await this.asking(owner, path, signal, ({ place, query }, onRefusal) =>
        this.api.getBytes(place, query, maxBytes, signal, onRefusal),
      );
    } catch (error) {
      if (error instanceof BodyTooLargeError) {
        const message = `"${quote(path, [])}" is larger than the ${maxBytes} bytes that are read at most.`;
        throw new AppError("artifact/too-large", message, { remedy: "Download it with MLflow instead." });
      }
      throw error;
    }
  }

  /** A download that was cut off is begun anew, so that what is hashed is the file and not what came of it twice. */
  async hash(owner: ArtifactOwner, path: string, onRead: (bytes: number) => void, signal: CancelSignal): Promise<ArtifactHash> {
    let [hash, bytes] = [createHash("sha256"), 0];
    const toPieces = (): ((piece: Uint8Array) => void) => {
      [hash, bytes] = [createHash("sha256"), 0];
      return (piece) => {
        hash.update(piece);
        bytes += piece.byteLength;
        onRead(bytes);
      };
    };
    await this.asking(owner, path, signal, ({ place, query }, onRefusal) => this.api.getPieces(place, query, toPieces, signal, onRefusal));
    return { sha256: hash.digest("hex"), bytes };
  }

  private async asking<T>(
    owner: ArtifactOwner,
    path: string,
    signal: CancelSignal,
    call: (target: ReturnType<typeof readCall>, onRefusal: RefusalReader) => Promise<T>,
  ): Promise<T> {
    assertInsideRoot(path);
    if (owner.kind === "run") {
      assertRunId(owner.runId);
    }
    try {
      return await call(readCall(owner, path), toReadError(owner, path, this.api.url));
    } catch (error) {
      if (error instanceof ServerFault) {
        throw (await this.isListed(owner, path, signal)) ? error.told : notFound(path);
      }
      throw error;
    }
  }

  private async isListed(owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<boolean> {
    const entries = await this.list(owner, path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "", signal);
    return entries.some((entry) => entry.path === path);
  }

  private async listingOf(owner: ArtifactOwner, signal: CancelSignal): Promise<Listing> {
    switch (owner.kind) {
      case "run":
        assertRunId(owner.runId);
        return runListing(owner.runId, "");
      case "loggedModel":
        return modelListing(owner.modelId, "");
      case "modelVersion":
        return this.versionListing(owner, signal);
      default:
        return assertNever(owner);
    }
  }

  /** The server has no call that lists a version's files: they are found again in the run or logged model that wrote them. */
  private async versionListing(owner: ArtifactOwner & { kind: "modelVersion" }, signal: CancelSignal): Promise<Listing> {
    const version = await this.models.getVersion(owner.modelName, owner.version, signal);
    const query = { name: owner.modelName, version: owner.version };
    const path = "/api/2.0/mlflow/model-versions/get-download-uri";
    const uri = (await this.api.get(path, query, downloadUriReply, signal)).artifact_uri.replace(/\/+$/, "");
    const loggedModel = /^models:\/(m-[\w-]+)$/.exec(version.source)?.[1] ?? /\/(m-[0-9a-f]{32})\/artifacts(?:\/|$)/.exec(uri)?.[1];
    if (loggedModel !== undefined) {
      return modelListing(loggedModel, /\/m-[0-9a-f]{32}\/artifacts\/(.+)$/.exec(uri)?.[1] ?? "");
    }
    const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.+)$/.exec(uri)?.[1];
    if (proxied !== undefined) {
      const list = { path: "/api/2.0/mlflow-artifacts/artifacts", parameter: "path", query: {} };
      return { ...list, prefix: proxied, hasFullPaths: false };
    }
    if (version.runId !== null) {
      const runQuery = { run_id: version.runId };
      const { run } = await this.api.get("/api/2.0/mlflow/runs/get", runQuery, runReply, signal, (r) => toRunError(r, version.runId ?? ""));
      if (uri === run.artifactUri || uri.startsWith(`${run.artifactUri}/`)) {
        return runListing(run.runId, uri.slice(run.artifactUri.length + 1));
      }
    }
    throw new AppError(
      "store/unsupported",
      `The server cannot list the files of version ${quote(owner.version, [])}: they are outside its runs.`,
      {
        remedy: `They are at ${quote(uri, [])}.`,
      },
    );
  }
}

function runListing(runId: string, prefix: string): Listing {
  return { path: "/api/2.0/mlflow/artifacts/list", parameter: "path", query: { run_id: runId }, prefix, hasFullPaths: true };
}

function modelListing(modelId: string, prefix: string): Listing {
  const path = `/api/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}/artifacts/directories`;
  return { path, parameter: "artifact_directory_path", query: {}, prefix, hasFullPaths: true };
}

function readCall(owner: ArtifactOwner, path: string): { place: string; query: Readonly<Record<string, string>> } {
  switch (owner.kind) {
    case "run":
      return { place: "/get-artifact", query: { run_id: owner.runId, path } };
    case "loggedModel":
      return {
        place: `/ajax-api/2.0/mlflow/logged-models/${encodeURIComponent(owner.modelId)}/artifacts/files`,
        query: { artifact_file_path: path },
      };
    case "modelVersion":
      return { place: "/model-versions/get-artifact", query: { name: owner.modelName, version: owner.version, path } };
    default:
      return assertNever(owner);
  }
}

/** An entry outside the folder that was asked for is not shown: a server must not make us address other places. */
function toEntries(files: readonly FileRecord[], listing: Listing, folder: string): ArtifactEntry[] {
  const entries: ArtifactEntry[] = [];
  for (const file of files) {
    const full = listing.hasFullPaths ? file.path : join(folder, file.path);
    const isInside = folder === "" || full.startsWith(`${folder}/`);
    const path = listing.prefix === "" ? full : full.slice(listing.prefix.length + 1);
    if (isInside && path !== "" && !leavesRoot(path)) {
      // MLflow leaves the size of an empty file out.
      entries.push({ path, isDirectory: file.is_dir, size: file.is_dir ? null : (file.file_size ?? 0), modifiedTime: null });
    }
  }
  return entries.sort((a, b) => Number(b.isDirectory) - Number(a.isDirectory) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function join(folder: string, path: string): string {
  return folder === "" ? path : path === "" ? folder : `${folder}/${path}`;
}

/** A 404 on the root means that the owner is unknown, below it that the folder is. */
function toListError(owner: ArtifactOwner, path: string): RefusalReader {
  return (refusal) => {
    if (refusal.status !== 404 || refusal.isWebPage) {
      return undefined;
    }
    return (owner.kind === "run" && path === "" ? toRunError(refusal, owner.runId) : undefined) ?? notFound(path);
  };
}

function toReadError(owner: ArtifactOwner, path: string, url: string): RefusalReader {
  return (refusal) => {
    if (owner.kind === "run" && /^Run .*not found/i.test(refusal.message)) {
      return toRunError(refusal, owner.runId);
    }
    if (refusal.errorCode === "INVALID_PARAMETER_VALUE" && /invalid path/i.test(refusal.message)) {
      const message = `MLflow's server does not hand out "${quote(path, [])}": it takes a # in a name for something else.`;
      return new AppError("store/unsupported", message, { remedy: "Open the file where the server stores it." });
    }
    if (refusal.status === 404) {
      return notFound(path);
    }
    return refusal.status === 500 ? new ServerFault(toRefusalError(refusal, url)) : undefined;
  };
}

/** The server failed; MLflow 2 does so for a missing file, with a page that does not say it. */
class ServerFault extends Error {
  override readonly name = "ServerFault";

  constructor(readonly told: AppError) {
    super(told.message);
  }
}

function notFound(path: string): AppError {
  return new AppError("artifact/not-found", `The server has no artifact "${quote(path, [])}" here.`, {
    remedy: "Refresh the list; it may have been removed, or the server cannot reach its artifact store.",
  });
}
