import type { MetricGroup, RunPageChange, RunPageData, RunSections } from "../../src/protocol/runPage";

/** The data with the changed sections in place; what did not change stays the same object, so that nothing redraws for it. */
export function applyChange(data: RunPageData, change: RunPageChange): RunPageData {
  return {
    ...data,
    sections: change.sections === undefined ? data.sections : { ...data.sections, ...change.sections },
    stale: change.stale === undefined ? data.stale : change.stale,
  };
}

/** The metrics that have a new latest value: their curves grew. */
export function grownMetrics(before: readonly MetricGroup[], after: readonly MetricGroup[]): readonly string[] {
  const old = new Map(before.flatMap((group) => group.metrics.map((metric) => [metric.key, metric] as const)));
  return after
    .flatMap((group) => group.metrics)
    .filter((metric) => {
      const known = old.get(metric.key);
      return known?.latest !== metric.latest || known.step !== metric.step || known.timestamp !== metric.timestamp;
    })
    .map((metric) => metric.key);
}

/** What the search box leaves of the run: rows whose name or value holds the text. An empty text leaves all. */
export function filterSections(
  sections: RunSections,
  search: string,
): Pick<RunSections, "params" | "metricGroups" | "tags" | "mlflowTags"> {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") {
    return sections;
  }
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  const rows = (list: RunSections["params"]): RunSections["params"] => list.filter((row) => has(row.key) || has(row.value.text));
  return {
    params: rows(sections.params),
    tags: rows(sections.tags),
    mlflowTags: rows(sections.mlflowTags),
    metricGroups: sections.metricGroups
      .map((group) => ({ ...group, metrics: group.metrics.filter((metric) => has(metric.key)) }))
      .filter((group) => group.metrics.length > 0),
  };
}
