import * as v from "valibot";

import type { ColumnId, MetricAggregate, MetricDirection, TableLayout } from "../../protocol/runsTable";
import { ATTRIBUTE, parseColumnId } from "./columnId";
import { guessMetricDirection } from "./metricDirection";

/** Newest first, the name always in sight, and what is the same in every run out of the way. */
export const DEFAULT_LAYOUT: TableLayout = {
  order: [],
  hidden: [],
  shown: [],
  pinned: [ATTRIBUTE.name],
  widths: {},
  sort: [{ column: ATTRIBUTE.start, descending: true }],
  groupBy: null,
  tree: false,
  onlyDiffering: true,
  sparklines: true,
  aggregates: {},
  directions: {},
};

const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;
const MAX_SORT_TERMS = 8;

const columnId = v.pipe(
  v.string(),
  v.check((id) => parseColumnId(id) !== null),
);
const columnIds = v.fallback(v.array(columnId), []);

/** Each part that is not as it should be falls back to the default, so that one bad entry does not cost the whole layout. */
const layoutSchema = v.object({
  order: columnIds,
  hidden: columnIds,
  shown: columnIds,
  pinned: v.fallback(v.array(columnId), [...DEFAULT_LAYOUT.pinned]),
  widths: v.fallback(v.record(columnId, v.pipe(v.number(), v.minValue(MIN_WIDTH), v.maxValue(MAX_WIDTH))), {}),
  sort: v.fallback(v.pipe(v.array(v.object({ column: columnId, descending: v.boolean() })), v.maxLength(MAX_SORT_TERMS)), [
    ...DEFAULT_LAYOUT.sort,
  ]),
  groupBy: v.fallback(v.nullable(columnId), null),
  tree: v.fallback(v.boolean(), DEFAULT_LAYOUT.tree),
  onlyDiffering: v.fallback(v.boolean(), DEFAULT_LAYOUT.onlyDiffering),
  sparklines: v.fallback(v.boolean(), DEFAULT_LAYOUT.sparklines),
  aggregates: v.fallback(v.record(columnId, v.picklist(["last", "best", "min", "max"])), {}),
  directions: v.fallback(v.record(columnId, v.picklist(["up", "down"])), {}),
});

/** A layout from the page or from the memory of the workspace, neither of which is trusted. */
export function parseTableLayout(value: unknown): TableLayout {
  const result = v.safeParse(layoutSchema, value);
  return result.success ? result.output : DEFAULT_LAYOUT;
}

/** What a metric's column shows: the last value and a guessed direction where the user chose nothing else. */
export function metricChoice(
  layout: TableLayout,
  id: ColumnId,
): { readonly aggregate: MetricAggregate; readonly direction: MetricDirection } {
  const aggregate = Object.hasOwn(layout.aggregates, id) ? layout.aggregates[id] : undefined;
  const direction = Object.hasOwn(layout.directions, id) ? layout.directions[id] : undefined;
  return { aggregate: aggregate ?? "last", direction: direction ?? guessMetricDirection(parseColumnId(id)?.key ?? "") };
}
