import { oneLine } from "../base/oneLine";
import { withoutLogin } from "../base/withoutLogin";
import type { CancelSignal } from "../base/cancel";
import { fileIndexOf } from "../lint/workspace/fileIndex";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { isPattern, matchingFiles } from "../lint/workspace/matchingFiles";
import { resolvePath } from "../lint/workspace/workspacePath";

/** The files of a set of data; or why there are none. */
export interface LocatedData {
  /** In the workspace; as written where it leads outside. */
  readonly path: string;
  /** In the workspace, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** A sentence; null where there are files. */
  readonly problem: string | null;
  /** The data may well be there, and are of a kind that nobody here reads. */
  readonly isUnknown: boolean;
}

const TABLE = /\.(?:parquet|pq|(?:csv|tsv|txt|jsonl|ndjson)(?:\.gz)?)$/i;
const READ = "CSV, Parquet and JSON lines are read.";

/** @param folder of the product's file. @param written a file, a folder or a pattern, as its file says. */
export async function locateExpected(
  folder: string,
  written: string,
  files: Pick<WorkspaceFiles, "list" | "look">,
  signal: CancelSignal,
): Promise<LocatedData> {
  const shown = oneLine(withoutLogin(written));
  const place = resolvePath(folder, written);
  if (place === null) {
    const problem = `${shown} lies outside of the workspace. Name a path below the opened folder.`;
    return { path: shown, files: [], bytes: 0, problem, isUnknown: false };
  }
  const { kind, size } = await files.look(place, signal);
  if (kind === "file") {
    return TABLE.test(place)
      ? { path: place, files: [place], bytes: size ?? 0, problem: null, isUnknown: false }
      : { path: place, files: [], bytes: 0, problem: `${place} is of a kind that is not read. ${READ}`, isUnknown: true };
  }
  const isSeveral = kind === "folder" || isPattern(place);
  const found = isSeveral ? matchingFiles(place, fileIndexOf(await files.list(signal))).filter((path) => TABLE.test(path)) : [];
  if (found.length > 0) {
    let bytes = 0;
    for (const path of found) {
      bytes += (await files.look(path, signal)).size ?? 0;
    }
    return { path: place, files: found, bytes, problem: null, isUnknown: false };
  }
  return { path: place, files: [], bytes: 0, problem: await whyNone(place, kind, files, signal), isUnknown: false };
}

async function whyNone(place: string, kind: string, files: Pick<WorkspaceFiles, "look">, signal: CancelSignal): Promise<string> {
  if (kind === "folder") {
    return `The folder ${place} holds no table. ${READ}`;
  }
  if (isPattern(place)) {
    return `No file matches ${place}. Check the pattern, and whether the data has come.`;
  }
  const isTracked = (await files.look(`${place}.dvc`, signal)).kind === "file";
  return `There is no file ${place}. ${isTracked ? "DVC keeps it: run dvc pull." : "Check its path, and whether the data has come."}`;
}
