import type { CostReport } from "../../core/cost/costReport";

/** The report as JSON. Names are a promise to scripts; there may be more of them later. */
export function costJson(report: CostReport): string {
  return `${JSON.stringify(withSnakeKeys(report))}\n`;
}

/** Keys of this report are our own words, never names from data: those are values. */
function withSnakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withSnakeKeys);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), withSnakeKeys(item)]),
      )
    : value;
}
