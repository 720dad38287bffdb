import { isAppError, toUserText } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { forEachAtOnce } from "../../core/base/forEachAtOnce";
import { oneLine } from "../../core/base/oneLine";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { CompareArtifact } from "../../protocol/compare";
import type { RunRef } from "../platform/runRef";
import { useFiles } from "./useFiles";

const RUNS_AT_ONCE = 6;
/** More problems would say the same again. */
const MAX_PROBLEMS = 5;

/** One level of the runs' artifact folders, put together: directories first, then by name. */
export async function readComparedArtifacts(
  catalog: StoreCatalog,
  refs: readonly RunRef[],
  path: string,
  signal: CancelSignal,
): Promise<{ readonly entries: readonly CompareArtifact[]; readonly problems: readonly string[] }> {
  const found = new Map<string, { isDirectory: boolean; sizes: (number | null)[]; runs: number[] }>();
  const problems = new Set<string>();
  await forEachAtOnce([...refs.entries()], RUNS_AT_ONCE, async ([run, { storeId, runId }]) => {
    signal.throwIfAborted();
    try {
      const listed = await useFiles(catalog, storeId, signal, (store) => store.listArtifacts({ kind: "run", runId }, path, signal));
      for (const entry of listed) {
        // A file in one run and a folder in another are two things.
        const key = `${entry.isDirectory} ${entry.path}`;
        const known = found.get(key) ?? { isDirectory: entry.isDirectory, sizes: refs.map(() => null), runs: [] };
        known.sizes[run] = entry.size;
        known.runs.push(run);
        found.set(key, known);
      }
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      // A run without such a folder has no files there.
      if (!isAppError(error, "artifact/not-found")) {
        problems.add(oneLine(toUserText(error), 400));
      }
    }
  });
  const entries = [...found].map(([key, { isDirectory, sizes, runs }]) => ({
    path: key.slice(key.indexOf(" ") + 1),
    isDirectory,
    sizes,
    runs: runs.sort((a, b) => a - b),
  }));
  entries.sort((a, b) => Number(b.isDirectory) - Number(a.isDirectory) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { entries, problems: [...problems].slice(0, MAX_PROBLEMS) };
}
