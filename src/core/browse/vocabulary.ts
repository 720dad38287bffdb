import type { Run } from "../tracking/run";
import type { FilterField } from "../tracking/filter/runFilter";
import type { FilterVocabulary } from "../tracking/filter/completeFilter";

const MAX_VALUES = 50;

/** The keys and values seen in some runs, for completion of a filter. */
export function vocabularyOf(runs: readonly Run[]): FilterVocabulary {
  const params = new Map<string, Set<string>>();
  const tags = new Map<string, Set<string>>();
  const metrics = new Set<string>();
  const note = (map: Map<string, Set<string>>, key: string, value: string): void => {
    const values = map.get(key) ?? new Set<string>();
    map.set(key, values);
    if (values.size < MAX_VALUES && value.length <= 100) {
      values.add(value);
    }
  };
  for (const run of runs) {
    run.params.forEach((value, key) => note(params, key, value));
    run.tags.forEach((value, key) => note(tags, key, value));
    for (const key of run.metrics.keys()) {
      metrics.add(key);
    }
  }
  return {
    params: [...params.keys()].sort(),
    metrics: [...metrics].sort(),
    tags: [...tags.keys()].sort(),
    values: (field: FilterField) =>
      [...((field.entity === "param" ? params : field.entity === "tag" ? tags : undefined)?.get(field.key) ?? [])].sort(),
  };
}
