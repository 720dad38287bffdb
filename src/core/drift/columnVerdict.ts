import { oneLine } from "../base/oneLine";
import type { ColumnDrift, DriftStatus, MethodResult, SharedBins } from "./driftReport";
import { driftMethod } from "./methods";
import { countText, numberText } from "./numberText";

type Judged = Pick<
  ColumnDrift,
  "name" | "type" | "status" | "reason" | "result" | "direction" | "psiBins" | "psiContributions" | "newCategoryCount" | "lostCategoryCount"
>;

/** A name as sentences show it. */
export function columnText(name: string): string {
  return `\`${oneLine(name, 60).replaceAll("`", "'")}\``;
}

/** One plain sentence: "`age` moved up: PSI 0.19, limit 0.1; most of it in 37–42." */
export function columnVerdict(column: Judged): string {
  const { name, status, reason, result } = column;
  // A score between its limits does not make a column fail: then missing values do.
  const failsByMissing =
    status === "fail" && result?.score != null && result.failThreshold !== null && !isReached(result, result.failThreshold);
  const score = result?.score == null ? null : scoreText(result, failsByMissing ? "warn" : status);
  if (status === "unjudged") {
    return `${columnText(name)} is not judged: ${lowerFirst(reason ?? "nothing is known of it.")}`;
  }
  if (score === null) {
    return `${columnText(name)} has not drifted: ${lowerFirst(result?.reason ?? "all values are the same on both sides.")}`;
  }
  if (result?.drifted !== true) {
    return status === "fail"
      ? `${columnText(name)} lacks more values than allowed; what is there has not drifted: ${score}.`
      : `${columnText(name)} has not drifted: ${score}.`;
  }
  const place = mostOfIt(column.psiBins, column.psiContributions);
  const changes = `${column.type === "cat" ? categoriesText(column) : ""}${failsByMissing ? "; more values are missing than allowed" : ""}`;
  return `${columnText(name)} ${movement(column)}: ${score}${place === null ? "" : `; most of it in ${place}`}${changes}.`;
}

function isReached({ method, score }: MethodResult, limit: number): boolean {
  return score !== null && (driftMethod(method).result === "p-value" ? score <= limit : score >= limit);
}

function movement({ direction }: Judged): string {
  switch (direction) {
    case "up":
    case "down":
      return `moved ${direction}`;
    case "wider":
    case "narrower":
      return `became ${direction}`;
    case null:
      return "changed";
  }
}

function categoriesText({ newCategoryCount, lostCategoryCount }: Judged): string {
  const parts = [
    newCategoryCount === 0 ? [] : [countText(newCategoryCount, "new value")],
    lostCategoryCount === 0 ? [] : [`${countText(lostCategoryCount, "value")} gone`],
  ].flat();
  return parts.length === 0 ? "" : `; ${parts.join(", ")}`;
}

/** "PSI 0.19, limit 0.1"; the limit is the highest that was reached, or the first that was not. */
function scoreText(result: MethodResult, status: DriftStatus): string {
  const limit = status === "fail" && result.failThreshold !== null ? result.failThreshold : result.threshold;
  const effect =
    result.effect === null
      ? ""
      : `, effect ${methodWord(result.effect.method)} ${numberText(result.effect.score)}${unitOf(result.effect.method)}`;
  return `${measuredText(result)}, limit ${numberText(limit)}${effect}`;
}

function measuredText({ method, score }: MethodResult): string {
  const value = score ?? 0;
  if (driftMethod(method).result === "p-value") {
    return `${methodWord(method)} p ${value === 0 || value < 1e-300 ? "under 1e-300" : numberText(value)}`;
  }
  return `${methodWord(method)} ${numberText(value)}${unitOf(method)}`;
}

function methodWord(method: MethodResult["method"]): string {
  return method === "psi" || method === "psi_quantile" ? "PSI" : method === "wasserstein" ? "W1" : driftMethod(method).label;
}

function unitOf(method: MethodResult["method"]): string {
  return method === "wasserstein" ? " of a standard deviation" : "";
}

/** The neighbours, or up to three values, that make up at least half of the PSI; null where it is spread out. */
function mostOfIt(bins: SharedBins | null, contributions: readonly number[]): string | null {
  const total = contributions.reduce((sum, each) => sum + each, 0);
  if (bins === null || !(total > 0) || contributions.length < 2) {
    return null;
  }
  return bins.kind === "values" ? mostValues(bins, contributions, total) : mostRange(bins.edges, contributions, total);
}

function mostValues(bins: Extract<SharedBins, { kind: "values" }>, contributions: readonly number[], total: number): string | null {
  const order = [...contributions.keys()].sort((a, b) => (contributions[b] ?? 0) - (contributions[a] ?? 0));
  const named: string[] = [];
  let sum = 0;
  for (const place of order.slice(0, 3)) {
    const isRest = bins.others > 0 && place === bins.keys.length - 1;
    const key = bins.keys[place] ?? "";
    named.push(isRest ? countText(bins.others, "other value") : typeof key === "number" ? numberText(key, 12) : `"${oneLine(key, 40)}"`);
    sum += contributions[place] ?? 0;
    if (sum >= total / 2) {
      return named.length === 1 ? (named[0] ?? null) : `${named.slice(0, -1).join(", ")} and ${named.at(-1) ?? ""}`;
    }
  }
  return null;
}

function mostRange(edges: readonly number[], contributions: readonly number[], total: number): string | null {
  let from = contributions.reduce((best, each, index) => (each > (contributions[best] ?? 0) ? index : best), 0);
  let to = from;
  let sum = contributions[from] ?? 0;
  while (sum < total / 2) {
    const [left, right] = [contributions[from - 1] ?? -1, contributions[to + 1] ?? -1];
    if (left > right) {
      from--;
      sum += left;
    } else {
      to++;
      sum += right;
    }
  }
  if (to - from + 1 > contributions.length / 2) {
    return null;
  }
  const [low, high] = [edges[from] ?? 0, edges[to + 1] ?? 0];
  const [lowText, highText] = distinctTexts(low, high);
  if (from === 0) {
    return `values below ${highText}`;
  }
  if (to === contributions.length - 1) {
    return `values from ${lowText} on`;
  }
  return low < 0 ? `${lowText} to ${highText}` : `${lowText}–${highText}`;
}

/** Two numbers with as many digits as tell them apart. */
export function distinctTexts(low: number, high: number): readonly [string, string] {
  for (let digits = 3; digits < 16; digits++) {
    const texts = [numberText(low, digits), numberText(high, digits)] as const;
    if (texts[0] !== texts[1]) {
      return texts;
    }
  }
  return [String(low), String(high)];
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
