import type { ColumnKind } from "../tabular/column";

interface NamedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** From what people call the time of a row to what may be another time. */
const NAMES: readonly RegExp[] = [
  /^(?:timestamp|ts)$/,
  /^(?:event|prediction|scoring|inference|request)_?(?:time|timestamp|at|date|ts)$/,
  /^(?:scored|predicted|requested|logged|served)_?(?:at|on|time)$/,
  /^(?:datetime|date_?time|time)$/,
  /^date$/,
  /^(?:created|inserted|recorded|updated)_?(?:at|on|time|date)$/,
  /(?:^|_)(?:timestamp|datetime|time|date|at)$/,
];

/**
 * The column that holds the time of each row, guessed from names among the columns that hold times; the only such column whatever
 * its name. Null where nothing tells.
 */
export function guessTimeColumn(columns: readonly NamedColumn[]): string | null {
  const times = columns.filter(({ kind }) => kind === "time");
  const words = times.map(({ name }) => ({
    name,
    word: name
      .trim()
      .toLowerCase()
      .replace(/[\s.-]+/g, "_"),
  }));
  for (const pattern of NAMES) {
    const found = words.find(({ word }) => pattern.test(word));
    if (found !== undefined) {
      return found.name;
    }
  }
  return times.length === 1 ? (times[0]?.name ?? null) : null;
}
