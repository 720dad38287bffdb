import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { indexed } from "../indexed";
import type { Fact, LintFacts } from "../lintFacts";
import type { RegistryReader } from "./lintPorts";
import { trackingUri } from "./trackingUri";

/** How long back a training by hand still says how a team works. */
const RECENT_DAYS = 90;
const DAY_MS = 86_400_000;

type TrackerFacts = Pick<LintFacts, "registryVersions" | "manualRetrainings" | "gpuUse">;

/** What the product's tracking store knows: the versions of its model, the runs that people started by hand, and how they used their processors. @param gpuBelow use in percent below which one is idle. */
export async function gatherTracking(
  product: Product,
  folder: string,
  today: string,
  registry: RegistryReader,
  gpuBelow: number,
  signal: CancelSignal,
): Promise<TrackerFacts> {
  const withExperiment = indexed(product.tracking).find(([, { experiment }]) => experiment !== undefined)?.[1];
  const since = Date.parse(`${today}T00:00:00Z`) - RECENT_DAYS * DAY_MS;
  const uri = withExperiment?.uri ?? trackingUri(product);
  // Curves are read only for who asks for processors.
  const asksForGpus = (product.train?.resources?.gpus ?? 0) > 0;
  const gpus = async (): Promise<TrackerFacts["gpuUse"]> =>
    withExperiment?.experiment === undefined || !asksForGpus
      ? known(null)
      : registry.gpuUse(folder, uri, withExperiment.experiment, gpuBelow, signal);
  const runs = async (): Promise<TrackerFacts["manualRetrainings"]> =>
    withExperiment?.experiment === undefined ? known(null) : registry.manualRuns(folder, uri, withExperiment.experiment, since, signal);
  const [registryVersions, manualRetrainings, gpuUse] = await Promise.all([
    registeredVersions(product, folder, registry, signal),
    runs(),
    gpus(),
  ]);
  return { registryVersions, manualRetrainings, gpuUse };
}

/** The versions of the product's model; none where the file names no model. */
export async function registeredVersions(
  product: Product,
  folder: string,
  registry: Pick<RegistryReader, "versions">,
  signal: CancelSignal,
): Promise<TrackerFacts["registryVersions"]> {
  const { name, registry: kind = "mlflow" } = product.model ?? {};
  if (name === undefined) {
    return known([]);
  }
  return kind.toLowerCase() === "mlflow"
    ? registry.versions(folder, trackingUri(product), name, signal)
    : { known: false, why: `a registry of the kind "${kind}" is not read` };
}

function known<T>(value: T): Fact<T> {
  return { known: true, value };
}
