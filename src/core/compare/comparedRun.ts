import type { Cost } from "../cost/price";
import type { StoreId } from "../tracking/storeLocation";
import type { Run } from "../tracking/run";

/** A run with what other places know of it. */
export interface ComparedRun {
  readonly run: Run;
  readonly storeId: StoreId;
  /** For people, e.g. "mlflow.db". */
  readonly store: string;
  /** The experiment's name, or its id where the name is unknown. */
  readonly experiment: string;
  /** Registered versions made from the run, e.g. "churn v4 @champion". */
  readonly versions: readonly string[];
  /** Packages and interpreters by name, or null where nobody has read them. */
  readonly environment: ReadonlyMap<string, string> | null;
  /** What it cost; null or absent where no price is known. */
  readonly price?: Cost | null;
  /** What is not known of the price, or what it holds, in a sentence; null or absent where there is nothing to say. */
  readonly priceNote?: string | null;
  /** Why the run is not up to date or gone, or null. */
  readonly problem: string | null;
}
