import { AppError } from "../../base/appError";
import type { OrderTerm, RunFilter } from "./runFilter";

/** Parses MLflow's filter language. Throws `filter/invalid` with the position and what is allowed there. */
export function parseFilter(text: string): RunFilter {
  throw new AppError("filter/invalid", `not yet: ${text}`);
}

/** Parses order terms such as `metrics.auc DESC`. Throws `filter/invalid`. */
export function parseOrderBy(terms: readonly string[]): readonly OrderTerm[] {
  throw new AppError("filter/invalid", `not yet: ${terms.join()}`);
}
