import type { BulkRange } from "./bulkRange";
import { distinctTexts } from "./columnVerdict";
import type { ColumnDrift, MethodResult } from "./driftReport";
import type { ColumnFacts } from "./driftSide";
import { constantOf } from "./measure";
import { driftMethod } from "./methods";
import { countText, numberText, percentText } from "./numberText";
import type { ColumnSample } from "./sample";
import { usableRows } from "./usableRows";

/** An increase in the share of missing values that is worth a word. */
const NOTABLE_MISSING = 0.05;
/** From so many values on a p-value flags what nobody would call a difference. */
const HUGE = 5000;

/** What a person should know of a column beside its score, a sentence each. */
export function columnNotes(
  facts: { readonly reference: ColumnFacts; readonly current: ColumnFacts },
  samples: { readonly reference: ColumnSample; readonly current: ColumnSample } | null,
  bulk: BulkRange | null,
  column: Pick<ColumnDrift, "result" | "newCategories" | "newCategoryCount" | "lostCategories" | "lostCategoryCount" | "outOfRange">,
): readonly string[] {
  return [
    ...missingNotes(facts.reference, facts.current),
    ...kindNotes(facts.reference, facts.current),
    ...(samples === null ? [] : constantNotes(samples.reference, samples.current)),
    ...(samples === null ? [] : rangeNotes(samples.reference, samples.current)),
    ...(bulk === null ? [] : outlierNotes(bulk)),
    ...(column.result === null || samples === null ? [] : methodNotes(column.result, samples.reference, samples.current)),
  ];
}

export function missingShare({ rows, missing }: Pick<ColumnFacts, "rows" | "missing">): number {
  return rows === 0 ? 0 : missing / rows;
}

function missingNotes(reference: ColumnFacts, current: ColumnFacts): string[] {
  const [before, after] = [missingShare(reference), missingShare(current)];
  const notes: string[] = [];
  if (Math.abs(after - before) >= NOTABLE_MISSING) {
    const word = after > before ? "rose" : "fell";
    notes.push(
      `The share of missing values ${word} from ${percentText(before)} to ${percentText(after)}. Missing values do not count in the score.`,
    );
  }
  const infinite = [
    reference.infinite === 0 ? [] : [`${reference.infinite.toLocaleString("en-US")} in the reference`],
    current.infinite === 0 ? [] : [`${current.infinite.toLocaleString("en-US")} in the current data`],
  ].flat();
  if (infinite.length > 0) {
    notes.push(`Infinite values are left out: ${infinite.join(", ")}.`);
  }
  return notes;
}

function kindNotes(reference: ColumnFacts, current: ColumnFacts): string[] {
  const isBroken = (side: ColumnFacts, other: ColumnFacts): boolean =>
    side.kind === "integer" && other.kind === "float" && other.missing === 0 && other.infinite === 0 && other.rows > 0;
  if (isBroken(reference, current)) {
    return ["Whole numbers in the reference, fractions in the current data."];
  }
  return isBroken(current, reference) ? ["Fractions in the reference, whole numbers in the current data."] : [];
}

function constantNotes(reference: ColumnSample, current: ColumnSample): string[] {
  if (usableRows(reference) === 0 || usableRows(current) === 0) {
    return [];
  }
  const [before, after] = [constantOf(reference), constantOf(current)];
  const text = (value: string | number): string => (typeof value === "number" ? numberText(value, 12) : `"${value.slice(0, 60)}"`);
  if (before !== null && before === after) {
    return [`It is constant: every value is ${text(before)} on both sides.`];
  }
  if (before !== null && after !== null) {
    return [`It is constant on both sides, at different values: ${text(before)} in the reference, ${text(after)} in the current data.`];
  }
  if (after !== null && usableRows(current) > 1) {
    return [`It became constant: every current value is ${text(after)}.`];
  }
  return before !== null && usableRows(reference) > 1 ? [`It is no longer constant: every value of the reference is ${text(before)}.`] : [];
}

function rangeNotes(reference: ColumnSample, current: ColumnSample): string[] {
  if (usableRows(reference) === 0 || usableRows(current) === 0) {
    return [];
  }
  if (reference.kind === "categorical" || current.kind === "categorical") {
    const isShared =
      reference.kind === "categorical" &&
      current.kind === "categorical" &&
      [...current.counts.keys()].some((key) => reference.counts.has(key));
    return isShared ? [] : ["The two sides have no value in common."];
  }
  const [a, b] = [reference.sorted, current.sorted];
  const ends = (sorted: Float64Array): readonly [number, number] => [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const [before, after] = [ends(a), ends(b)];
  const isApart = before[1] < after[0] || after[1] < before[0];
  if (!isApart || (before[0] === before[1] && after[0] === after[1])) {
    return [];
  }
  const span = ([low, high]: readonly [number, number]): string =>
    low === high ? numberText(low, 12) : distinctTexts(low, high).join(" to ");
  return [`The ranges do not overlap: ${span(before)} in the reference, ${span(after)} in the current data.`];
}

function outlierNotes({ low, high, min, max, below, above }: BulkRange): string[] {
  const word = (count: number): string => countText(count, "value");
  const notes: string[] = [];
  const ends = [
    { ...above, side: "above", limit: high, extreme: max, how: "largest" },
    { ...below, side: "below", limit: low, extreme: min, how: "smallest" },
  ];
  for (const { reference, current, side, limit, extreme, how } of ends) {
    const count = reference + current;
    if (count > 0) {
      const where = reference === 0 ? "in the current data" : current === 0 ? "in the reference" : "on both sides";
      const subject = count === 1 ? "An outlier stretched" : "Outliers stretched";
      notes.push(
        `${subject} the range: ${word(count)} ${where} ${count === 1 ? "lies" : "lie"} far ${side} ${numberText(limit)}, the ${how} is ${numberText(extreme)}. ` +
          "Methods with bins of equal width hardly see drift behind it.",
      );
    }
  }
  return notes;
}

function methodNotes(result: MethodResult, reference: ColumnSample, current: ColumnSample): string[] {
  const method = driftMethod(result.method);
  const notes: string[] = [];
  const rows = Math.min(usableRows(reference), usableRows(current));
  if (method.result === "p-value" && result.score !== null && rows > HUGE) {
    notes.push(
      `With ${rows.toLocaleString("en-US")} values a side a p-value flags differences that do not matter; look at the effect size.`,
    );
  }
  if (result.method === "mannw") {
    notes.push("Mann–Whitney as Evidently runs it is one-sided: it sees only moves upwards.");
  }
  if (result.method === "chisquare" && reference.kind === "categorical" && current.kind === "categorical") {
    const isNew = [...current.counts.keys()].some((key) => !reference.counts.has(key));
    if (isNew) {
      notes.push("A value that the reference lacks makes Evidently's chi-squared p-value 0, however rare it is.");
    }
  }
  return notes;
}
