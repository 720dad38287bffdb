import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import { fileIndexOf } from "../lint/workspace/fileIndex";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { isPattern, matchingFiles } from "../lint/workspace/matchingFiles";
import { resolvePath } from "../lint/workspace/workspacePath";
import { parseDataSource } from "./dataSource";
import type { MonitoringTracker, TrackedData, TrackerWish } from "./monitoringTracker";

export interface DataPorts {
  readonly files: Pick<WorkspaceFiles, "list" | "look">;
  readonly tracker: Pick<MonitoringTracker, "fetch">;
  /** Of a path of the workspace. */
  readonly toAbsolute: (path: string) => string;
}

const TABLE = /\.(?:parquet|pq|(?:csv|tsv|jsonl|ndjson)(?:\.gz)?)$/i;

/**
 * The files that `monitoring.reference` or `live` names.
 * @param what "reference" or "live", for the sentence.
 * @param text as written; relative to the folder of the product's file.
 * @throws AppError with a sentence where there is no such data, or it may not be read.
 */
export async function locateData(
  what: "reference" | "live",
  text: string,
  wish: TrackerWish,
  { files, tracker, toAbsolute }: DataPorts,
  signal: CancelSignal,
): Promise<TrackedData> {
  const source = parseDataSource(text);
  if (source.kind !== "path") {
    return tracker.fetch(wish, source, signal);
  }
  const shown = `The ${what} data "${oneLine(text)}"`;
  const place = resolvePath(wish.folder, source.path);
  if (place === null) {
    throw new AppError("file/unreadable", `${shown} lies outside of the workspace.`, { remedy: "Name a path below the opened folder." });
  }
  const { kind } = await files.look(place, signal);
  const found =
    kind === "file"
      ? [place]
      : kind === "folder" || isPattern(place)
        ? matchingFiles(place, fileIndexOf(await files.list(signal))).filter((path) => TABLE.test(path))
        : [];
  if (found.length === 0) {
    throw await notThere(shown, kind, place, files, signal);
  }
  const names = Object.fromEntries(found.map((path) => [toAbsolute(path), path]));
  return { paths: Object.keys(names), names, notes: [] };
}

async function notThere(
  shown: string,
  kind: string,
  place: string,
  files: Pick<WorkspaceFiles, "look">,
  signal: CancelSignal,
): Promise<AppError> {
  if (kind === "folder") {
    return new AppError("file/unreadable", `${shown} is a folder without a table.`, { remedy: "CSV, Parquet and JSON lines are read." });
  }
  if (isPattern(place)) {
    return new AppError("file/unreadable", `${shown} matches no file.`, { remedy: "Check the pattern, and whether the data has come." });
  }
  const tracked = !place.includes("\0") && (await files.look(`${place}.dvc`, signal)).kind === "file";
  return new AppError("file/unreadable", `${shown} is not there.`, {
    remedy: tracked ? "DVC keeps it: run dvc pull." : "Check its path, and whether the data has come.",
  });
}
