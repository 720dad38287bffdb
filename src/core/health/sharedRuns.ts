import type { Fact } from "../lint/lintFacts";
import type { RegistryReader } from "../lint/workspace/lintPorts";
import { storeIdOf } from "../tracking/storeLocation";
import type { OverviewWorld } from "./overviewWorld";
import type { StoreFacts } from "./storeFacts";

/**
 * The same registry, which takes runs from what was read of a store for all its products: asking for those of each product anew would read the store
 * five hundred times.
 * @param stores readings under way, by id.
 */
export function sharedRuns(
  registry: RegistryReader,
  { locate }: Pick<OverviewWorld, "locate">,
  stores: ReadonlyMap<string, Promise<Fact<StoreFacts>>>,
): RegistryReader {
  return {
    versions: (folder, uri, model, signal) => registry.versions(folder, uri, model, signal),
    commitOf: (folder, uri, model, version, signal) => registry.commitOf(folder, uri, model, version, signal),
    gpuUse: (folder, uri, experiment, below, signal) => registry.gpuUse(folder, uri, experiment, below, signal),
    manualRuns: async (folder, uri, experiment, since, signal) => {
      const location = attemptLocate(locate, folder, uri);
      // Servers are not asked by lint, so that its answer is the same offline.
      const read = location === null || location.kind === "rest" ? undefined : await stores.get(storeIdOf(location));
      if (read?.known !== true || (read.value.since !== null && read.value.since > since)) {
        return registry.manualRuns(folder, uri, experiment, since, signal);
      }
      return { known: true, value: countByHand(read.value, experiment, since) };
    },
  };
}

/** As lint counts them: null where no run tells how it was started. */
function countByHand({ experiments, byExperiment }: StoreFacts, experiment: string, since: number): number | null {
  if (!experiments.has(experiment)) {
    return null;
  }
  const origins = (byExperiment.get(experiment) ?? [])
    .filter(({ run }) => run.parentRunId === null && (run.startedAt ?? -1) >= since)
    .map(({ byHand }) => byHand);
  return origins.length > 0 && origins.every((origin) => origin === null) ? null : origins.filter((origin) => origin === true).length;
}

function attemptLocate(
  locate: OverviewWorld["locate"],
  ...place: Parameters<OverviewWorld["locate"]>
): ReturnType<OverviewWorld["locate"]> {
  try {
    return locate(...place);
  } catch {
    return null; // Whoever places the product's store says why.
  }
}
