import { ATTRIBUTE, parseColumnId } from "../../core/table/columnId";
import type { RunTable } from "../../core/table/runTable";
import { TextColumn } from "../../core/table/textColumn";
import { completeFilter } from "../../core/tracking/filter/completeFilter";
import type { FilterField } from "../../core/tracking/filter/runFilter";
import type { FilterCompletion } from "../../protocol/runsTable";

const MAX_ITEMS = 50;
const MAX_VALUES = 100;

/** What can follow in the filter box, from the names and values that the table's runs really have. */
export function completeTableFilter(table: RunTable, text: string, caret: number): readonly FilterCompletion[] {
  const keys = { param: [] as string[], metric: [] as string[], tag: [] as string[], attribute: [] as string[] };
  for (const id of table.columnIds()) {
    const parsed = parseColumnId(id);
    if (parsed !== null) {
      keys[parsed.family].push(parsed.key);
    }
  }
  const { from, to, items } = completeFilter(text, caret, {
    params: keys.param,
    metrics: keys.metric,
    tags: keys.tag,
    values: (field) => valuesOf(table, field),
  });
  return items.slice(0, MAX_ITEMS).map((item) => ({
    label: item.label,
    detail: item.detail,
    text: text.slice(0, from) + item.insertText + text.slice(to),
    caret: from + item.insertText.length,
  }));
}

function valuesOf(table: RunTable, field: FilterField): readonly string[] | undefined {
  const attributes: Readonly<Record<string, string>> = { run_name: ATTRIBUTE.name, status: ATTRIBUTE.status, user_id: ATTRIBUTE.user };
  const id = field.entity === "attribute" ? attributes[field.key] : `${field.entity}:${field.key}`;
  const column = id === undefined ? undefined : table.column(id);
  return column instanceof TextColumn ? column.distinctTexts(MAX_VALUES) : undefined;
}
