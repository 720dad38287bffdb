import type { CompareDirection } from "../../protocol/compare";
import { pricePerGain } from "../cost/pricePerGain";
import type { ComparedRow, RunComparison } from "./runComparison";

/** A comparison has a few KPIs; more rows would push everything else off the screen. */
const MOST_KPIS = 5;

/**
 * Adds what each run cost more than the baseline for each 0.01 of a KPI, below its price. Nothing is added without a baseline, without
 * prices in one currency, and for metrics that no mlops.yaml names as a KPI.
 * @param baseline index into the runs. @param kpis metrics that an mlops.yaml names, with what is better.
 */
export function withGainPrices(
  comparison: RunComparison,
  baseline: number | null,
  kpis: ReadonlyMap<string, CompareDirection>,
): RunComparison {
  const currencies = new Set(comparison.runs.flatMap(({ price }) => price?.currency ?? []));
  const [currency] = currencies;
  const base = baseline === null ? undefined : comparison.runs[baseline];
  if (base === undefined || currency === undefined || currencies.size > 1) {
    return comparison;
  }
  const rows = comparison.rows
    .filter(({ section, key }) => section === "metrics" && kpis.has(key))
    .slice(0, MOST_KPIS)
    .flatMap((row) => gainRow(row, comparison, baseline ?? 0, kpis.get(row.key) ?? "up", currency) ?? []);
  const at = comparison.rows.findLastIndex(({ section, key }) => section === "summary" && key.startsWith("price (")) + 1;
  return rows.length === 0 ? comparison : { ...comparison, rows: [...comparison.rows.slice(0, at), ...rows, ...comparison.rows.slice(at)] };
}

function gainRow(
  { key, label, values }: ComparedRow,
  { runs }: RunComparison,
  baseline: number,
  direction: CompareDirection,
  currency: string,
): ComparedRow | null {
  const pricedAt = (index: number): { amount: number | null; value: number | null } => {
    const value = values[index];
    return { amount: runs[index]?.price?.amount ?? null, value: typeof value === "number" && Number.isFinite(value) ? value : null };
  };
  const base = pricedAt(baseline);
  const prices = runs.map((_, index) => (index === baseline ? null : pricePerGain(pricedAt(index), base, direction)));
  const known = [...new Set(prices.filter((price) => price !== null))];
  if (known.length === 0) {
    return null;
  }
  const step = direction === "up" ? "+0.01" : "−0.01";
  const classes = prices.map((price) => (price === null ? 0 : known.indexOf(price) + 1));
  return {
    ...{ section: "summary", key: `price per ${step} of ${key} (${currency})`, label: `price per ${step} of ${label} (${currency})` },
    ...{ kind: "number", values: prices, classes, distinct: new Set(classes).size },
  };
}
