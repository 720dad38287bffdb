import type { CancelSignal } from "../../base/cancel";
import type { GpuUse } from "../../cost/costedRun";
import { readGpuUse } from "../../cost/readGpuUse";
import { activeExperiments } from "../../tracking/listExperiments";
import { costFactsOf } from "../../tracking/costFacts";
import type { Store } from "../../tracking/store";
import type { GpuUseFact } from "../lintFacts";

/** Finished runs that are looked through, and those whose curves are read. */
const [LOOKED_AT, MEASURED] = [50, 5];

/**
 * How the newest finished runs of an experiment used their graphics processors.
 * @param below use in percent below which one is idle.
 * @returns null where no run of the newest logged it.
 */
export async function readGpuFact(store: Store, experiment: string, below: number, signal: CancelSignal): Promise<GpuUseFact | null> {
  const found = (await activeExperiments(store, signal)).find(({ name }) => name === experiment);
  if (found === undefined) {
    return null;
  }
  const page = await store.searchRuns(
    { experimentIds: [found.experimentId], lifecycle: "active", filter: "attributes.status = 'FINISHED'", pageSize: LOOKED_AT },
    signal,
  );
  const measured = page.items.map(costFactsOf).filter(({ gpuMetrics }) => gpuMetrics.length > 0);
  const uses = [...(await readGpuUse(store, measured.slice(0, MEASURED), below, signal)).values()].filter(({ coveredMs }) => coveredMs > 0);
  const total = (of: (use: GpuUse) => number): number => uses.reduce((sum, use) => sum + of(use), 0);
  return uses.length === 0
    ? null
    : {
        runs: uses.length,
        needed: Math.max(...uses.map(neededOf)),
        idleShare: total((use) => use.idleMs) / total((use) => use.coveredMs),
      };
}

/** As many as were at work at all, or as their work would have kept busy, where that is fewer. One without a number counts as needed. */
function neededOf({ count, usedCount, unknownCount, idleMs, coveredMs }: GpuUse): number {
  return Math.min(usedCount, Math.ceil(count * (1 - idleMs / coveredMs))) + unknownCount;
}
