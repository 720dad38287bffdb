import type { CostDimension, CostReport } from "../../core/cost/costReport";
import type { CostSum, WasteGroup } from "../../core/cost/costSummary";
import type { IdleReport } from "../../core/cost/idleReport";
import { money } from "../../core/training/view/trainingWords";

/** What is shown of a report. */
export interface ShownCost {
  readonly report: CostReport;
  readonly by: CostDimension;
  /** YYYY-MM. */
  readonly month: string;
  /** Whether waste and idle processors are those of the month only. */
  readonly isMonthAsked: boolean;
}

/** One row of the month, as texts. */
export interface CostRow {
  readonly label: string;
  readonly cost: string;
  readonly hours: string;
  readonly runs: string;
  /** Empty where there is none. */
  readonly budget: string;
  readonly forecast: string;
}

export const ROW_TITLES: Readonly<Record<Exclude<keyof CostRow, "label">, string>> = {
  ...{ cost: "cost", hours: "hours", runs: "runs", budget: "budget", forecast: "forecast" },
};

/** Those with a run in the month, the dearest first, and all together. */
export function monthRows({ report, by, month }: ShownCost): readonly CostRow[] {
  const rows = [...report.by[by], ...(report.by[by].length > 1 ? [{ ...report.all, label: "All" }] : [])];
  return rows
    .flatMap(({ label, months }) => months.filter((one) => one.month === month).map((one) => ({ label, one })))
    .map(({ label, one }) => ({
      label,
      cost: sayMoney(one),
      hours: one.hours.toFixed(1),
      runs: String(one.runs),
      budget: one.budget === null ? "" : money({ amount: one.budget, currency: one.currency ?? "" }),
      forecast: one.forecast === null ? "" : money({ amount: one.forecast, currency: one.currency ?? "" }),
    }));
}

/** "12.30 EUR", "no price known", or both where only a part has a price. */
function sayMoney({ amount, currency, runs, unpricedRuns }: CostSum): string {
  if (runs > 0 && unpricedRuns === runs) {
    return "no price known";
  }
  const sum = currency === null ? "no price known" : money({ amount, currency });
  return unpricedRuns === 0 ? sum : `${sum} + ${unpricedRuns} without a price`;
}

/** What of the month was spent on runs that were deleted since; null where nothing was. */
export function sayDeleted({ report: { all }, month }: ShownCost): string | null {
  const sum = all.months.find((one) => one.month === month);
  if (sum === undefined || sum.deletedRuns === 0) {
    return null;
  }
  const price =
    sum.currency === null || sum.deletedAmount === 0 ? "no price known" : money({ amount: sum.deletedAmount, currency: sum.currency });
  return `Of it ${sum.deletedRuns === 1 ? "one deleted run" : `${sum.deletedRuns} deleted runs`}: ${sum.deletedHours.toFixed(1)} hours, ${price}.`;
}

/** One sentence on all that was wasted. */
export function sayWaste({ report: { waste }, month, isMonthAsked }: ShownCost): string {
  const { runs, hours } = waste.total;
  const when = isMonthAsked ? ` that began in ${month}` : "";
  return runs === 0
    ? `No waste was found in runs${when}.`
    : `${runs} ${runs === 1 ? "run" : "runs"}${when} brought nothing: ${hours.toFixed(1)} hours, ${sayMoney(waste.total)}.`;
}

/** What nobody can tell of repeats; empty where all is told. */
export function sayCannotTell({ waste: { cannotTell } }: CostReport): readonly string[] {
  return cannotTell.map(({ why, runs }) => `Whether ${runs === 1 ? "one run" : `${runs} runs`} repeated another cannot be told. ${why}`);
}

export function sayGroup({ reason, remedy, waste }: WasteGroup): string {
  return `${reason} ${waste.hours.toFixed(1)} hours, ${sayMoney(waste)}. ${remedy}`;
}

/** Null where no run logged the use of a processor. */
export function sayIdle(idle: IdleReport): string | null {
  if (idle.share === null) {
    return null;
  }
  const price =
    idle.currency === null || idle.unpricedHours === idle.idleHours ? "" : `, ${money({ amount: idle.amount, currency: idle.currency })}`;
  const parked = idle.parkedHours === 0 ? "" : `; ${idle.parkedHours.toFixed(1)} of them with memory held`;
  const unpriced = idle.unpricedHours > 0 ? `, ${idle.unpricedHours.toFixed(1)} of them without a price` : "";
  const runs = idle.measuredRuns === 1 ? "one run that logged it" : `${idle.measuredRuns} runs that logged it`;
  return `Graphics processors stood idle ${Math.round(idle.share * 100)} % of ${idle.hours.toFixed(1)} hours in ${runs}: ${idle.idleHours.toFixed(1)} hours${price}${unpriced}${parked}.`;
}
