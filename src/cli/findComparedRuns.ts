import { AppError, isAppError } from "../core/base/appError";
import type { ComparedRun } from "../core/compare/comparedRun";
import { readEnvironment } from "../core/compare/readEnvironment";
import type { Run } from "../core/tracking/run";
import type { OpenedStore } from "./command";
import { collect, pagesOf } from "./pages";
import { printable } from "./printable";

/** Enough to hide a server's delay, and no burden to it. */
const AT_ONCE = 8;

/**
 * Reads runs, each from the first of the stores that has it; a note tells where others have it too, as after a migration.
 * @throws AppError `run/not-found` for one that none has.
 */
export async function findComparedRuns(
  stores: readonly OpenedStore[],
  runIds: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly runs: readonly ComparedRun[]; readonly notes: readonly string[] }> {
  const names = new Map(await Promise.all(stores.map(async (opened) => [opened.id, await experimentNames(opened, signal)] as const)));
  const runs: ComparedRun[] = [];
  const notes: string[] = [];
  for (let from = 0; from < runIds.length; from += AT_ONCE) {
    signal.throwIfAborted();
    const some = runIds.slice(from, from + AT_ONCE).map(async (runId): Promise<ComparedRun> => {
      const { opened, run } = await findRun(stores, runId, notes, signal);
      return {
        run,
        storeId: opened.id,
        store: opened.label,
        experiment: names.get(opened.id)?.get(run.experimentId) ?? run.experimentId,
        versions: (await opened.store.versionsOfRun(run.runId, signal)).map(
          ({ modelName, version, aliases }) => `${modelName} v${version}${aliases.map((alias) => ` @${alias}`).join("")}`,
        ),
        environment: await environmentOf(opened, run, notes, signal),
        problem: null,
      };
    });
    runs.push(...(await Promise.all(some)));
  }
  return { runs, notes };
}

async function findRun(
  stores: readonly OpenedStore[],
  runId: string,
  notes: string[],
  signal: AbortSignal,
): Promise<{ readonly opened: OpenedStore; readonly run: Run }> {
  const hits: { readonly opened: OpenedStore; readonly run: Run }[] = [];
  for (const opened of stores) {
    try {
      hits.push({ opened, run: await opened.store.getRun(runId, signal) });
    } catch (error) {
      if (!isAppError(error, "run/not-found")) {
        throw error;
      }
    }
  }
  const [first, ...others] = hits;
  const shown = `"${printable(runId.slice(0, 200))}"`;
  if (first === undefined) {
    const where = stores.length === 1 ? (stores[0]?.label ?? "") : `any of the ${stores.length} stores`;
    throw new AppError("run/not-found", `There is no run ${shown} in ${printable(where)}.`, {
      remedy: "Run mlops runs to see the ids of all runs.",
    });
  }
  if (others.length > 0) {
    const where = hits.map(({ opened }) => printable(opened.label)).join(" and ");
    notes.push(`The run ${shown} is in ${where}; the first is compared.`);
  }
  return first;
}

/** The packages are an extra: what cannot be read of them is told, and the rest compared. */
async function environmentOf(
  { store, label }: OpenedStore,
  run: Run,
  notes: string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | null> {
  try {
    return await readEnvironment(store, run, signal);
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    notes.push(`The packages of the run "${printable(run.runId)}" cannot be read from ${printable(label)}: ${printable(error.message)}`);
    return null;
  }
}

async function experimentNames({ store }: OpenedStore, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const pages = pagesOf((request) => store.searchExperiments({ ...request, lifecycle: "all" }, signal), signal);
  return new Map((await collect(pages)).map(({ experimentId, name }) => [experimentId, name]));
}
