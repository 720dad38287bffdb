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

/** Names that a column of anything else can have as well are taken for times only where the values are. */
const PLAIN_NAMES = NAMES.slice(0, -1);

/**
 * The column that holds the time of each row, guessed from names: first among the columns that hold times, then among texts and numbers, which
 * text files write times as. The only column of times whatever its name. Null where nothing tells.
 */
export function guessTimeColumn(columns: readonly NamedColumn[]): string | null {
  const words = columns.map(({ name, kind }) => ({
    name,
    kind,
    word: name
      .trim()
      .toLowerCase()
      .replace(/[\s.-]+/g, "_"),
  }));
  const times = words.filter(({ kind }) => kind === "time");
  const others = words.filter(({ kind }) => kind === "text" || kind === "integer");
  const named = (some: typeof words, patterns: readonly RegExp[]): string | null =>
    patterns.flatMap((pattern) => some.find(({ word }) => pattern.test(word)) ?? [])[0]?.name ?? null;
  const only = times.length === 1 ? times[0]?.name : undefined;
  return named(times, NAMES) ?? only ?? named(others, PLAIN_NAMES);
}
