import { isNumberColumn, type Column } from "../tabular/column";
import type { BinaryRows } from "./confusion";

/** Classes of the rows of several columns that speak of the same classes. */
export interface Classes {
  /** Names of the classes; numbers as they are written. */
  readonly keys: readonly string[];
  /** In the order of the columns: a row each, index into `keys`, -1 for missing. */
  readonly codes: readonly Int32Array[];
}

/** More than so many are no classes but values. */
const MOST_CLASSES = 1000;

/**
 * Classes that columns hold. True and false are the same as 1 and 0 where another column holds numbers, and "true" the same as "True".
 * @returns Null where there are too many.
 */
export function classesOf(columns: readonly Column[]): Classes | null {
  const numeric = columns.some(isNumberColumn);
  const places = new Map<string, number>();
  const place = (key: string): number => {
    const truth = /^(?:true|false)$/i.test(key) ? key.toLowerCase() === "true" : null;
    const same = truth === null ? key : numeric ? (truth ? "1" : "0") : truth ? "True" : "False";
    const found = places.get(same) ?? places.size;
    places.set(same, found);
    return found;
  };
  const codes: Int32Array[] = [];
  for (const column of columns) {
    if (isNumberColumn(column)) {
      const known = new Map<number, number>();
      const rows = new Int32Array(column.values.length);
      for (let i = 0; i < rows.length; i++) {
        const value = column.values[i] ?? NaN;
        let code = Number.isFinite(value) ? known.get(value) : -1;
        if (code === undefined) {
          code = place(String(value));
          known.set(value, code);
          if (known.size > MOST_CLASSES) {
            return null;
          }
        }
        rows[i] = code;
      }
      codes.push(rows);
    } else {
      // Labels that no row has are no classes.
      const map = new Map<number, number>();
      codes.push(
        column.codes.map((code) => {
          if (code < 0) {
            return -1;
          }
          const known = map.get(code) ?? place(column.labels[code] ?? "");
          map.set(code, known);
          return known;
        }),
      );
    }
  }
  return places.size > MOST_CLASSES ? null : { keys: [...places.keys()], codes };
}

const POSITIVE = ["1", "true", "yes", "y", "positive", "pos", "t"];
const NEGATIVE = ["0", "-1", "false", "no", "n", "negative", "neg", "f"];

/** The class of at most two that people would call positive: by its name, else the last one by the alphabet, as scikit-learn orders them. */
export function guessPositive(keys: readonly string[]): string | null {
  if (keys.length === 0 || keys.length > 2) {
    return null;
  }
  const byName = POSITIVE.map((name) => keys.find((key) => key.toLowerCase() === name)).find((key) => key !== undefined);
  if (byName !== undefined) {
    return byName;
  }
  const others = keys.filter((key) => !NEGATIVE.includes(key.toLowerCase()));
  return others.sort((a, b) => (a < b ? -1 : 1)).at(-1) ?? null;
}

/** 1 for the class, 0 for the others, -1 for missing. */
export function against(codes: Int32Array, positive: number): BinaryRows {
  return Int8Array.from(codes, (code) => (code < 0 ? -1 : code === positive ? 1 : 0));
}

/** Whether text or a true value of a column counts as "yes" where nobody said what counts. */
export function isYes(label: string): boolean {
  return POSITIVE.includes(label.trim().toLowerCase());
}
