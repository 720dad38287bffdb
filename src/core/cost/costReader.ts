import type { CancelSignal } from "../base/cancel";
import type { Policy } from "../config/policy";
import type { StoreLocation } from "../tracking/storeLocation";
import type { CostedJob } from "./attributeRuns";
import type { CostedProduct } from "./costedProduct";
import type { CostedRun } from "./costedRun";
import type { CostReport } from "./costReport";
import type { ReadCosts } from "./readCostedRuns";

/** What somebody wants to know of the money of runs; plain data, so that a worker can be asked. */
export interface CostQuestion {
  /** Databases and folders, each once. One that cannot be read becomes a problem of the report. */
  readonly stores: readonly StoreLocation[];
  /** Runs that were read elsewhere, e.g. those of a server. */
  readonly others: readonly CostedRun[];
  /** `toCostedProduct` of each product's file. */
  readonly products: readonly CostedProduct[];
  /** `toCostedJob` of each job in their journals. */
  readonly jobs: readonly CostedJob[];
  /** Of the policy, as `findPolicy` gives it. */
  readonly prices: Policy["prices"];
  /** `idle.gpuBelow` of the policy, in percent. */
  readonly gpuBelow: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The user's, e.g. of `Intl.DateTimeFormat().resolvedOptions()`. */
  readonly timeZone: string;
  /** YYYY-MM; see `CostReportOptions.month`. */
  readonly month?: string;
  readonly mostRuns?: number;
  /** What could not be read elsewhere, a sentence each. */
  readonly problems: readonly string[];
}

/** Who reads the runs of stores for their money. Runs are read again only when their store has changed. */
export interface CostReader {
  /** @throws RangeError for a time zone that nobody knows; stores that fail are in `problems`. */
  report(question: CostQuestion, signal: CancelSignal): Promise<CostReport>;
  /** Runs as their store alone knows them; `attributeRuns` says the rest. @throws AppError where it cannot be read. */
  runs(location: StoreLocation, gpuBelow: number, signal: CancelSignal): Promise<ReadCosts>;
}
