import type { CancelSignal } from "../base/cancel";
import type { Policy } from "../config/policy";
import { costFactsOf } from "../tracking/costFacts";
import type { Run } from "../tracking/run";
import { attributeRuns } from "./attributeRuns";
import type { CostedProduct } from "./costedProduct";
import { type RunPrice, runPrice } from "./runPrice";
import { toCostedRun } from "./toCostedRun";

/** What a folder of the workspace says of prices. */
export interface PricedFolder {
  readonly policy: Pick<Policy, "prices" | "idle">;
  readonly products: readonly CostedProduct[];
  /** The kind of machine in the plan of a job; null where it names none, or nobody knows the job. */
  readonly instanceOf: (job: string, config: string, signal: CancelSignal) => Promise<string | null>;
}

/** Who tells what single runs cost. */
export interface RunPricer {
  price(run: Run, place: RunPlace, signal: CancelSignal): Promise<PricedRun>;
}

export interface RunPlace {
  readonly storeId: string;
  /** Name of its experiment. */
  readonly experiment: string;
}

export interface PricedRun extends RunPrice {
  /** Use in percent below which a GPU is idle. */
  readonly gpuBelow: number;
}

/**
 * What one run costs by itself: by the folder whose product it belongs to, else by the first. @param now milliseconds since 1970.
 * @returns null where there is no folder.
 */
export async function priceRun(
  run: Run,
  place: RunPlace,
  folders: readonly PricedFolder[],
  now: number,
  signal: CancelSignal,
): Promise<PricedRun | null> {
  const costed = toCostedRun(costFactsOf(run), { ...place, model: null });
  for (const { policy, products, instanceOf } of folders) {
    const [own] = attributeRuns([costed], products, []);
    if (own?.config != null) {
      const instance = own.job === null ? null : await instanceOf(own.job, own.config, signal);
      const jobs = own.job === null ? [] : [{ id: own.job, config: own.config, instance, endedAt: null }];
      const [priced = own] = attributeRuns([costed], products, jobs);
      return { ...withPart(runPrice(priced, policy, now), run), gpuBelow: policy.idle.gpuBelow };
    }
  }
  const [first] = folders;
  return first === undefined ? null : { ...withPart(runPrice(costed, first.policy, now), run), gpuBelow: first.policy.idle.gpuBelow };
}

/** Of a run alone nobody sees how much of its time its parent ran as well. */
function withPart(price: RunPrice, { parentRunId }: Run): RunPrice {
  return parentRunId === null || price.cost === null
    ? price
    : { ...price, note: "It is a part of another run, whose price holds the time in which both ran." };
}
