import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { indexed } from "../indexed";
import type { Fact, LintFacts } from "../lintFacts";
import type { RegistryReader } from "./lintPorts";

/** How long back a training by hand still says how a team works. */
const RECENT_DAYS = 90;
const DAY_MS = 86_400_000;

type TrackerFacts = Pick<LintFacts, "registryVersions" | "manualRetrainings">;

/** What the product's tracking store knows: the versions of its model, and the runs that people started by hand. */
export async function gatherTracking(
  product: Product,
  folder: string,
  today: string,
  registry: RegistryReader,
  signal: CancelSignal,
): Promise<TrackerFacts> {
  const tracking = indexed(product.tracking).map(([, one]) => one);
  const uri = tracking.find((one) => one.uri !== undefined)?.uri ?? null;
  const { name, registry: kind = "mlflow" } = product.model ?? {};
  const withExperiment = tracking.find(({ experiment }) => experiment !== undefined);
  const since = Date.parse(`${today}T00:00:00Z`) - RECENT_DAYS * DAY_MS;
  const versions = async (): Promise<TrackerFacts["registryVersions"]> => {
    if (name === undefined) {
      return known([]);
    }
    return kind.toLowerCase() === "mlflow"
      ? registry.versions(folder, uri, name, signal)
      : { known: false, why: `a registry of the kind "${kind}" is not read` };
  };
  const runs = async (): Promise<TrackerFacts["manualRetrainings"]> =>
    withExperiment?.experiment === undefined
      ? known(null)
      : registry.manualRuns(folder, withExperiment.uri ?? uri, withExperiment.experiment, since, signal);
  const [registryVersions, manualRetrainings] = await Promise.all([versions(), runs()]);
  return { registryVersions, manualRetrainings };
}

function known<T>(value: T): Fact<T> {
  return { known: true, value };
}
