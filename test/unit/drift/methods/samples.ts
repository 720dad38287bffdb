import type { Column } from "../../../../src/core/tabular/column";
import type { ColumnSample } from "../../../../src/core/drift/sample";
import { toSample } from "../../../../src/core/drift/toSample";

export function numbers(values: ArrayLike<number>, kind: "float" | "integer" = "float"): ColumnSample {
  return toSample({ name: "x", kind, values: Float64Array.from(values) }, "num");
}

export function categories(texts: readonly (string | null)[]): ColumnSample {
  const labels = [...new Set(texts.filter((text) => text !== null))];
  const column: Column = {
    name: "x",
    kind: "text",
    labels,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : labels.indexOf(text))),
  };
  return toSample(column, "cat");
}

/** Numbers that look random and are the same for a seed: standard normal ones. */
export function normals(count: number, seed: number): Float64Array {
  let state = seed >>> 0;
  const uniform = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float64Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
}
