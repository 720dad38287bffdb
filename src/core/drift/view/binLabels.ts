import type { SharedBins } from "../driftReport";

const FEWEST_DIGITS = 3;
const MOST_DIGITS = 15;

/** What each bin is called: "37 to 42", "green", "below 20", "above 120". Edges that differ are written so that they differ. */
export function binLabels(bins: SharedBins): readonly string[] {
  if (bins.kind === "values") {
    return bins.keys.map((key, index) =>
      bins.others > 0 && index === bins.keys.length - 1
        ? `${bins.others.toLocaleString("en-US")} other ${bins.others === 1 ? "value" : "values"}`
        : labelOf(key),
    );
  }
  const edges = edgeTexts(bins.edges);
  const last = edges.length - 2;
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? "";
    if (bins.open && last > 0 && index === 0) {
      return `below ${to}`;
    }
    if (bins.open && last > 0 && index === last) {
      return `above ${from}`;
    }
    return bins.open && last === 0 ? "all values" : from === to ? from : `${from} to ${to}`;
  });
}

/** A category as people read it; an empty text would be an empty label. */
function labelOf(key: string | number): string {
  return typeof key === "number" ? plain(key, MOST_DIGITS) : key.trim() === "" ? `"${key}"` : key;
}

/** Numbers with as few digits as tell them apart. */
function edgeTexts(edges: readonly number[]): readonly string[] {
  const distinct = new Set(edges).size;
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
    const texts = edges.map((edge) => plain(edge, digits));
    if (new Set(texts).size === distinct) {
      return texts;
    }
  }
  return edges.map((edge) => plain(edge, MOST_DIGITS));
}

function plain(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  return (size !== 0 && size < 1e-4) || size >= 1e9 ? rounded.toExponential() : String(rounded);
}
