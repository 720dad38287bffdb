import type { ColumnKind } from "../tabular/column";
import type { DriftMode } from "./driftReport";
import type { ColumnFacts } from "./driftSide";
import type { CategoricalSample, ColumnSample, DriftType } from "./sample";

/** Both sides of a column as samples of one kind, or why they cannot be compared. */
export type TypedSamples =
  | { readonly type: "num" | "cat"; readonly reference: ColumnSample; readonly current: ColumnSample }
  | { readonly type: DriftType; readonly reference: null; readonly current: null; readonly reason: string };

const WORDS: Readonly<Record<ColumnKind, string>> = {
  float: "numbers",
  integer: "whole numbers",
  time: "times",
  text: "texts",
  boolean: "true and false",
};

/**
 * @param wanted the type that somebody set; undefined for what Evidently takes the reference for. Times are numbers here: somebody asked for
 * them by name.
 * @param mode Evidently takes dates that are texts for categories; later days are new ones, so that they always drift.
 */
export function typedSamples(reference: ColumnFacts, current: ColumnFacts, wanted: DriftType | undefined, mode: DriftMode): TypedSamples {
  // A side without values says nothing about its kind: readers take it for numbers.
  const known = isBlank(reference) && !isBlank(current) ? current : reference;
  const type = wanted ?? known.guess ?? (known.kind === "text" ? "cat" : "num");
  const refuse = (reason: string): TypedSamples => ({ type, reference: null, current: null, reason });
  if (wanted === undefined && (type === "text" || mode === "own") && holdsTimes(known)) {
    return refuse("It holds times, which are not judged.");
  }
  if (type === "text") {
    const share = known.distinct / Math.max(1, known.rows - known.missing);
    return refuse(
      wanted === undefined
        ? `It holds free text (${Math.round(share * 100)} of 100 values differ), which is not judged. Set its type to categories if it is none.`
        : "Free text is not judged.",
    );
  }
  const changed = !isBlank(reference) && !isBlank(current) && familyOf(reference.kind) !== familyOf(current.kind);
  if (changed && wanted !== "cat") {
    return refuse(`Its type changed: ${WORDS[reference.kind]} in the reference, ${WORDS[current.kind]} in the current data.`);
  }
  const [first, second] = [reference.sample, current.sample];
  if (first === null || second === null) {
    return refuse("Nearly every row has a text of its own, which cannot be compared.");
  }
  if (type === "cat") {
    return { type, reference: toCategories(first, changed), current: toCategories(second, changed) };
  }
  const numeric = [first, second].map((sample) => (sample.kind === "numeric" ? sample : isBlank(sample) ? noNumbers(sample) : null));
  const [left, right] = numeric;
  return left == null || right == null
    ? refuse(`It was set to be judged as numbers, and it holds ${WORDS[first.kind === "numeric" ? current.kind : reference.kind]}.`)
    : { type, reference: left, current: right };
}

function holdsTimes({ sample }: ColumnFacts): boolean {
  return sample?.kind === "categorical" && areTimes([...sample.counts.keys()].map(String));
}

/** Whether texts are dates, by the first of them: who writes dates writes them in every row. */
export function areTimes(texts: readonly string[]): boolean {
  const first = texts.slice(0, 20);
  return first.length > 0 && first.every((text) => /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(text));
}

function isBlank(side: Pick<ColumnFacts, "rows" | "missing" | "infinite">): boolean {
  return side.rows - side.missing - side.infinite <= 0;
}

function familyOf(kind: ColumnKind): string {
  return kind === "integer" ? "float" : kind;
}

function noNumbers({ rows, missing, infinite }: ColumnSample): ColumnSample {
  return { kind: "numeric", sorted: new Float64Array(0), integer: false, rows, missing, infinite };
}

/** @param asText also numbers, so that they meet the texts of the other side. */
function toCategories(sample: ColumnSample, asText: boolean): CategoricalSample {
  if (sample.kind === "categorical") {
    return sample;
  }
  const { sorted, rows, missing, infinite } = sample;
  const counts = new Map<string | number, number>();
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from] ?? 0;
    let to = from + 1;
    while (to < sorted.length && sorted[to] === value) {
      to++;
    }
    counts.set(asText ? String(value) : value, to - from);
    from = to;
  }
  return { kind: "categorical", counts, rows, missing, infinite };
}
