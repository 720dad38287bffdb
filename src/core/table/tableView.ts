import type { ColumnId, MetricAggregate, MetricDirection, SortTerm } from "../../protocol/runsTable";
import { groupKey } from "./collapseKeys";
import { parseColumnId } from "./columnId";
import { differingColumns } from "./differingColumns";
import { aggregateMetric } from "./metricSummary";
import { mergeSort } from "./mergeSort";
import { NumberColumn, toSortKeys } from "./numberColumn";
import { filterRows, type RowFilter } from "./rowFilter";
import type { RunTable } from "./runTable";
import { rowComparator, type SortOrder } from "./sortKeys";
import { TextColumn } from "./textColumn";
import { collectTree, type TreeRows } from "./treeRows";
import type { Work } from "./work";

export interface TableViewSpec {
  readonly filter: RowFilter | null;
  readonly sort: readonly SortTerm[];
  readonly groupBy: ColumnId | null;
  readonly tree: boolean;
  /** Groups and parents that are shut: `groupKey` of the label, or `parentKey` of the row. */
  readonly collapsed: ReadonlySet<string>;
  readonly aggregateOf: (column: ColumnId) => { readonly aggregate: MetricAggregate; readonly direction: MetricDirection };
}

export interface TableGroup {
  readonly column: ColumnId;
  readonly label: string | null;
  readonly key: string;
  readonly expanded: boolean;
  /** All runs of the group, shut or open, in order. */
  readonly rows: Uint32Array;
}

/** The table as it is shown: lines from top to bottom. */
export interface TableView {
  /** A row number, or `-1 - index` of a group. */
  readonly lines: Int32Array;
  readonly depths: Uint8Array;
  readonly groups: readonly TableGroup[];
  /** Children by row, when shown as a tree. */
  readonly childCounts: ReadonlyMap<number, number>;
  /** Rows that the filter lets through, in order, shut away or not. */
  readonly rows: Uint32Array;
  readonly differing: ReadonlySet<ColumnId>;
}

export const EMPTY_VIEW: TableView = {
  lines: new Int32Array(),
  depths: new Uint8Array(),
  groups: [],
  childCounts: new Map(),
  rows: new Uint32Array(),
  differing: new Set(),
};

/** Filters, sorts, groups and nests the runs. Pauses every few milliseconds of work. */
export function* computeTableView(table: RunTable, spec: TableViewSpec): Work<TableView> {
  const kept = yield* filterRows(table, table.liveRows(), spec.filter);
  const differing = yield* differingColumns(table, kept);
  const rows = yield* sortRows(table, kept, spec);
  const childCounts = new Map<number, number>();
  const nest = function* (members: Uint32Array): Work<TreeRows> {
    return spec.tree
      ? yield* collectTree(table, members, spec.collapsed, childCounts)
      : { rows: members, depths: new Uint8Array(members.length) };
  };
  yield;

  const groups = spec.groupBy === null ? null : yield* collectGroups(table, rows, spec.groupBy, spec.collapsed);
  if (groups === null) {
    const tree = yield* nest(rows);
    return { lines: Int32Array.from(tree.rows), depths: tree.depths, groups: [], childCounts, rows, differing };
  }
  const lines = new Int32Array(rows.length + groups.length);
  const depths = new Uint8Array(lines.length);
  let at = 0;
  for (const [index, group] of groups.entries()) {
    lines[at++] = -1 - index;
    if (group.expanded) {
      const tree = yield* nest(group.rows);
      lines.set(tree.rows, at);
      depths.set(
        tree.depths.map((depth) => depth + 1),
        at,
      );
      at += tree.rows.length;
    }
    yield;
  }
  return { lines: lines.slice(0, at), depths: depths.slice(0, at), groups, childCounts, rows, differing };
}

function* sortRows(table: RunTable, rows: Uint32Array, spec: TableViewSpec): Work<Uint32Array> {
  const orders: SortOrder[] = [];
  for (const term of spec.sort) {
    const column = table.column(term.column);
    const metric = parseColumnId(term.column);
    if (column instanceof TextColumn) {
      orders.push({ ...(yield* column.sortKeys(table.rowCount)), descending: term.descending });
    } else if (column instanceof NumberColumn) {
      const { aggregate, direction } = spec.aggregateOf(term.column);
      const keys =
        metric?.family === "metric" && aggregate !== "last"
          ? toSortKeys(table.rowCount, (row) => aggregateMetric(column.get(row), table.summary(metric.key, row), aggregate, direction))
          : column.sortKeys(table.rowCount);
      orders.push({ ...keys, descending: term.descending });
    }
    yield;
  }
  return orders.length === 0 ? rows : yield* mergeSort(rows, rowComparator(orders));
}

/** One group a distinct text, in natural order, the runs without a value last. The runs keep their order. */
function* collectGroups(table: RunTable, rows: Uint32Array, id: ColumnId, collapsed: ReadonlySet<string>): Work<TableGroup[] | null> {
  const column = table.column(id);
  if (!(column instanceof TextColumn)) {
    return null;
  }
  const counts = new Uint32Array(column.codeCount);
  for (const row of rows) {
    const code = column.code(row);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  yield;
  const members = new Map<number, { rows: Uint32Array; at: number }>();
  for (const row of rows) {
    const code = column.code(row);
    let member = members.get(code);
    if (member === undefined) {
      member = { rows: new Uint32Array(counts[code] ?? 0), at: 0 };
      members.set(code, member);
    }
    member.rows[member.at++] = row;
  }
  const ranks = yield* column.rankTexts();
  const rankOf = (code: number): number => (code === 0 ? Infinity : (ranks[code] ?? 0));
  return [...members]
    .sort(([a], [b]) => rankOf(a) - rankOf(b) || a - b)
    .map(([code, member]) => {
      const label = column.textOf(code);
      const key = groupKey(label);
      return { column: id, label, key, expanded: !collapsed.has(key), rows: member.rows };
    });
}
