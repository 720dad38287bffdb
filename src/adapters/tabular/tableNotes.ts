import type { Column, ColumnKind } from "../../core/tabular/column";
import type { RowFilter } from "../../core/tabular/rowFilter";

/** Texts that often stand for a missing value. None is taken for one unless a user says so: "NA" can be Namibia. */
const LIKELY_MARKERS: ReadonlySet<string> = new Set([
  "na",
  "n/a",
  "nan",
  "null",
  "none",
  "nil",
  "-",
  "--",
  "?",
  ".",
  "#n/a",
  "#na",
  "missing",
  "unknown",
  "(null)",
  "\\n",
]);
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const DECIMAL_COMMA = /^\s*[+-]?\d{1,3}(\.?\d{3})*,\d+\s*$/;

const MISFIT: Readonly<Record<ColumnKind, string>> = {
  float: "not a number",
  integer: "not a whole number",
  time: "not a time",
  boolean: "neither true nor false",
  text: "not a text",
};
const MISFITS: Readonly<Record<ColumnKind, string>> = {
  float: "not numbers",
  integer: "not whole numbers",
  time: "not times",
  boolean: "neither true nor false",
  text: "not texts",
};

/** Says what a column's texts are likely to be instead, so that nobody wonders why there is no histogram; null where nothing strikes. */
export function noteText(column: Column): string | null {
  if (column.kind !== "text") {
    return null;
  }
  const markers = new Set<string>();
  let numbers = 0;
  let commas = 0;
  for (const label of column.labels) {
    if (NUMBER.test(label)) {
      numbers++;
    } else if (DECIMAL_COMMA.test(label)) {
      commas++;
    } else if (label.trim() === "" || LIKELY_MARKERS.has(label.trim().toLowerCase())) {
      markers.add(label);
    } else {
      return null;
    }
  }
  if (commas > 0) {
    return `Column ${column.name} is text: its numbers are written with a decimal comma.`;
  }
  if (numbers === 0 || markers.size === 0) {
    return null;
  }
  const quoted = [...markers].slice(0, 5).map((marker) => JSON.stringify(marker));
  return `Column ${column.name} is text because ${quoted.join(", ")} stands among its numbers. If that means missing, say so under missing.`;
}

/** That bytes of a text column were no UTF-8. */
export function noteEncoding(columns: readonly Column[]): string | null {
  const broken = columns.filter((column) => column.kind === "text" && column.labels.some((label) => label.includes("\uFFFD")));
  return broken.length === 0
    ? null
    : `Texts of ${broken.map(({ name }) => name).join(", ")} hold bytes that do not fit the encoding; say the right one, such as windows-1252.`;
}

/** Why a column is left out whose texts do not fit into memory. */
export const TOO_MUCH_TEXT = "It holds more than 256 MB of different texts.";

export function noteMisfits(name: string, kind: ColumnKind, misfits: number): string {
  const isOne = misfits === 1;
  const count = isOne ? "1 value is" : `${misfits.toLocaleString("en-US")} values are`;
  return `Column ${name}: ${count} ${(isOne ? MISFIT : MISFITS)[kind]} and taken as missing.`;
}

export function noteNested(name: string, nested: number): string {
  return `Column ${name}: ${nested === 1 ? "1 value is an object or a list" : `${nested.toLocaleString("en-US")} values are objects or lists`} and taken as missing.`;
}

export function noteRounded(name: string): string {
  return `Column ${name} has whole numbers beyond 9,007,199,254,740,991; they are rounded as floats.`;
}

export function noteZone(name: string): string {
  return `Column ${name}: times without a time zone are taken as UTC.`;
}

/** What the window left out for want of a time. */
export function filterNotes(filter: RowFilter): string[] {
  const notes: string[] = [];
  const { windowColumn, withoutTime } = filter;
  if (windowColumn !== null && withoutTime > 0) {
    const rows = withoutTime === 1 ? "1 row has" : `${withoutTime.toLocaleString("en-US")} rows have`;
    notes.push(`${rows} no time in column ${windowColumn} and ${withoutTime === 1 ? "is" : "are"} left out.`);
  }
  if (windowColumn !== null && filter.flags.zoneAssumed) {
    notes.push(noteZone(windowColumn));
  }
  return notes;
}

/** Columns that some of several files lack. */
export function absentNotes(
  files: readonly { readonly path: string; readonly names: Iterable<string> }[],
  names: readonly string[],
): string[] {
  const sets = files.map(({ path, names: all }) => ({ path, names: new Set(all) }));
  return names.flatMap((name) => {
    const without = sets.filter((file) => !file.names.has(name));
    if (without.length === 0) {
      return [];
    }
    const more = without.length > 1 ? ` and ${without.length - 1} more of ${files.length} files` : "";
    return [`Column ${name} is not in ${without[0]?.path ?? ""}${more}; its rows are missing there.`];
  });
}
