import type { ColumnId, ColumnKind, TableColumn, TableLayout } from "../../protocol/runsTable";
import { oneLine } from "../base/oneLine";
import { ATTRIBUTE, parseColumnId, type ColumnFamily } from "./columnId";
import { naturalKey } from "./naturalKey";
import type { RunTable } from "./runTable";
import { metricChoice } from "./tableLayout";
import { TextColumn } from "./textColumn";

export interface ColumnContext {
  readonly severalStores: boolean;
  readonly severalExperiments: boolean;
  /** Columns in which the runs shown differ. */
  readonly differing: ReadonlySet<ColumnId>;
}

const ATTRIBUTE_LABELS: Readonly<Record<ColumnId, string>> = {
  [ATTRIBUTE.name]: "Run",
  [ATTRIBUTE.status]: "Status",
  [ATTRIBUTE.start]: "Started",
  [ATTRIBUTE.end]: "Ended",
  [ATTRIBUTE.duration]: "Duration",
  [ATTRIBUTE.experiment]: "Experiment",
  [ATTRIBUTE.store]: "Store",
  [ATTRIBUTE.user]: "User",
  [ATTRIBUTE.source]: "Source",
  [ATTRIBUTE.commit]: "Commit",
  [ATTRIBUTE.dataset]: "Dataset",
  [ATTRIBUTE.runId]: "Run ID",
};

const FAMILY_ORDER: Readonly<Record<ColumnFamily, number>> = { attribute: 0, metric: 1, param: 2, tag: 3 };
const LABEL_LENGTH = 200;

/** All columns of the table as the page shows them: pinned ones first, then the user's order, then by family and name. */
export function toTableColumns(table: RunTable, layout: TableLayout, context: ColumnContext): readonly TableColumn[] {
  const place = new Map(layout.order.map((id, index) => [id, index]));
  const pinned = new Set(layout.pinned);
  const hidden = new Set(layout.hidden);
  const shown = new Set(layout.shown);
  const byDefault = table.columnIds().map((id) => ({ id, ...familyAndKey(id) }));
  const attributes = Object.keys(ATTRIBUTE_LABELS);
  const sortKey = new Map(byDefault.map(({ id, family, key }) => [id, family === "attribute" ? attributes.indexOf(id) : naturalKey(key)]));
  byDefault.sort((a, b) => FAMILY_ORDER[a.family] - FAMILY_ORDER[b.family] || compare(sortKey.get(a.id), sortKey.get(b.id)));

  const columns = byDefault.map(({ id, family, key }): TableColumn => {
    const kind = kindOf(id, family);
    const isPinned = pinned.has(id);
    const wanted = shown.has(id) || (!hidden.has(id) && isDefault(id, family, key, context));
    const equal = layout.onlyDiffering && family !== "attribute" && !context.differing.has(id);
    const { aggregate, direction } = metricChoice(layout, id);
    const width = Object.hasOwn(layout.widths, id) ? layout.widths[id] : undefined;
    return {
      id,
      family,
      kind,
      label: ATTRIBUTE_LABELS[id] ?? oneLine(key, LABEL_LENGTH),
      visibility: !wanted ? "hidden" : equal ? "equal" : "visible",
      isNumeric: kind === "number" || kind === "duration" || isNumericText(table, id, family),
      pinned: isPinned,
      width: width ?? defaultWidth(id, kind, family, layout.sparklines),
      aggregate: family === "metric" ? aggregate : null,
      direction: family === "metric" ? direction : null,
    };
  });
  // Sorting is stable: columns that the user never placed keep the default order, after those that he did.
  return columns.sort((a, b) => Number(b.pinned) - Number(a.pinned) || (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0);
}

function isNumericText(table: RunTable, id: ColumnId, family: ColumnFamily): boolean {
  const column = table.column(id);
  return (family === "param" || family === "tag") && column instanceof TextColumn && column.isNumeric;
}

function familyAndKey(id: ColumnId): { readonly family: ColumnFamily; readonly key: string } {
  return parseColumnId(id) ?? { family: "tag", key: id };
}

function kindOf(id: ColumnId, family: ColumnFamily): ColumnKind {
  switch (id) {
    case ATTRIBUTE.status:
      return "status";
    case ATTRIBUTE.start:
    case ATTRIBUTE.end:
      return "time";
    case ATTRIBUTE.duration:
      return "duration";
    default:
      return family === "metric" ? "number" : "text";
  }
}

/** Tags are mostly bookkeeping and `system/` metrics are the machine's: both are one tick away. */
function isDefault(id: ColumnId, family: ColumnFamily, key: string, context: ColumnContext): boolean {
  switch (family) {
    case "attribute":
      return (
        id === ATTRIBUTE.name ||
        id === ATTRIBUTE.status ||
        id === ATTRIBUTE.start ||
        id === ATTRIBUTE.duration ||
        (id === ATTRIBUTE.experiment && context.severalExperiments) ||
        (id === ATTRIBUTE.store && context.severalStores)
      );
    case "metric":
      return !key.startsWith("system/");
    case "param":
      return true;
    case "tag":
      return false;
  }
}

function defaultWidth(id: ColumnId, kind: ColumnKind, family: ColumnFamily, sparklines: boolean): number {
  switch (kind) {
    case "status":
      return 116;
    case "time":
      return 140;
    case "duration":
      return 104;
    case "number":
      return sparklines ? 148 : 108;
    case "text":
      return id === ATTRIBUTE.name ? 240 : family === "attribute" ? 160 : 120;
  }
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b || a === undefined || b === undefined) {
    return 0;
  }
  return a < b ? -1 : 1;
}
