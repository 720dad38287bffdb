import * as v from "valibot";

import type { CompareOptions } from "../../protocol/compare";
import type { RunRef } from "../platform/runRef";

/** What a comparison shows: ids and choices only. The baseline is a run, not a place, so that it stays when runs come and go. */
export interface CompareTarget {
  readonly runs: readonly RunRef[];
  readonly baseline: RunRef | null;
  readonly groupBy: CompareOptions["groupBy"];
  readonly directions: CompareOptions["directions"];
}

const MAX_RUNS = 10_000;
const text = v.pipe(v.string(), v.maxLength(100_000));
const ref = v.object({ storeId: text, runId: text });
const groupBy = v.nullable(v.object({ section: v.picklist(["params", "tags", "summary"]), key: text }));
const directions = v.pipe(v.array(v.tuple([text, v.picklist(["up", "down"])])), v.maxLength(10_000));
const targetSchema = v.object({
  runs: v.pipe(v.array(ref), v.minLength(1), v.maxLength(MAX_RUNS)),
  baseline: v.nullable(ref),
  groupBy,
  directions,
});

export const compareOptionsSchema = v.object({
  baseline: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  groupBy,
  directions,
});

/** A target as the page kept it over a reload, or null when it is none. */
export function parseCompareTarget(value: unknown): CompareTarget | null {
  const result = v.safeParse(targetSchema, value);
  return result.success ? result.output : null;
}

/** Each run once, in the order given. */
export function toCompareTarget(runs: readonly RunRef[], baseline: RunRef | null = null): CompareTarget {
  return { runs: uniqueRefs(runs), baseline, groupBy: null, directions: [] };
}

export function uniqueRefs(refs: readonly RunRef[]): readonly RunRef[] {
  // Plain ids only: what comes from another panel may carry more.
  return [...new Map(refs.map(({ storeId, runId }) => [refKey({ storeId, runId }), { storeId, runId }])).values()];
}

export function refKey({ storeId, runId }: RunRef): string {
  return `${runId}\n${storeId}`;
}
