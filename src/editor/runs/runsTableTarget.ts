import * as v from "valibot";

import type { ExperimentRef } from "../platform/runRef";

/** What a runs table shows. No experiments means all of them, of all stores of the window. */
export interface RunsTableTarget {
  readonly experiments: readonly ExperimentRef[];
  readonly title?: string;
  /** The filter to begin with. */
  readonly filter?: string;
}

const targetSchema = v.object({
  experiments: v.array(v.object({ storeId: v.string(), experimentId: v.string() })),
  title: v.optional(v.string()),
  filter: v.optional(v.string()),
});

/** A target as the page kept it over a reload, or null when it is none. */
export function parseRunsTableTarget(value: unknown): RunsTableTarget | null {
  const result = v.safeParse(targetSchema, value);
  if (!result.success) {
    return null;
  }
  const { experiments, title, filter } = result.output;
  return { experiments, ...(title === undefined ? {} : { title }), ...(filter === undefined ? {} : { filter }) };
}

/** Equal for equal sets of experiments, in whichever order they were chosen. */
export function targetKey(target: RunsTableTarget): string {
  return JSON.stringify(target.experiments.map((ref) => [ref.storeId, ref.experimentId]).sort((a, b) => (String(a) < String(b) ? -1 : 1)));
}
