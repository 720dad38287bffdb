import type { CompareCell, CompareRow, CompareView } from "../../../src/protocol/compare";

/** What one mark of a chart stands for: a run, or a group of runs as one. */
export interface ChartItem {
  readonly name: string;
  /** Indexes into the view's runs. */
  readonly runs: readonly number[];
  /** Picks colour, dash and marker. */
  readonly style: number;
}

/** A number (NaN and the infinities as such), a category, or null where the item has no value. */
export type DimensionValue = number | string | null;

/** A parameter or metric that can be an axis. */
export interface Dimension {
  readonly id: string;
  readonly section: "params" | "metrics";
  readonly key: string;
  readonly kind: "number" | "category";
  /** One an item, in order. */
  readonly values: readonly DimensionValue[];
  readonly varies: boolean;
}

export interface Relations {
  readonly items: readonly ChartItem[];
  readonly dimensions: readonly Dimension[];
}

/** The columns of the comparison as points, and what they can be placed by. */
export function toRelations(view: CompareView, groupName: (label: string | null) => string): Relations {
  const items = view.columns.map((column, index): ChartItem =>
    column.kind === "run"
      ? { name: column.name, runs: [index], style: column.style }
      : { name: groupName(column.label), runs: column.runs, style: column.style },
  );
  return { items, dimensions: view.rows.flatMap((row) => toDimension(row)) };
}

function toDimension(row: CompareRow): readonly Dimension[] {
  if (row.section !== "params" && row.section !== "metrics") {
    return [];
  }
  const values = row.cells.map((cell) => toValue(cell, row.kind));
  const present = values.filter((value) => value !== null);
  // One "None" among numbers must not turn the numbers into names: what most values are decides, the others are counted.
  const numbers = present.map((value) => asNumber(value)).filter((value) => value !== null);
  const kind = numbers.length > 0 && numbers.length * 2 >= present.length ? "number" : "category";
  return [
    {
      id: `${row.section}/${row.address}`,
      section: row.section,
      key: row.key,
      kind,
      values: kind === "number" ? values.map((value) => (value === null ? null : (asNumber(value) ?? value))) : values,
      varies: row.differs,
    },
  ];
}

function toValue(cell: CompareCell, kind: CompareRow["kind"]): DimensionValue {
  if (cell === null || typeof cell === "number") {
    return cell;
  }
  if (typeof cell === "string") {
    return kind === "text" ? cell : Number(cell);
  }
  // Texts of one beginning and different lengths are different values.
  // Equal means of different runs may differ in their last digits, which must not make them two categories.
  return "mean" in cell ? Number(Number(cell.mean).toPrecision(12)) : `${cell.text}… (${cell.length})`;
}

/** Decimal numbers only: "0x10" and "" are texts in a store. */
function asNumber(value: number | string): number | null {
  if (typeof value === "number") {
    return value;
  }
  const text = value.trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}
