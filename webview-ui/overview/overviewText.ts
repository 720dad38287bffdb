import type { OverviewMonth, OverviewRow, OverviewSum, OverviewVersion } from "../../src/protocol/overview";
import { formatInteger, formatNumber } from "../shared/format";
import { t } from "../shared/l10n";
import { moneyText } from "../shared/moneyText";
import { KPI_WORDS } from "./lights";

const DAY_MS = 86_400_000;

/** What runs cost, or that nobody knows: a run without a price is never free. */
export function sumText(sum: OverviewSum): string {
  return sum.runs === 0 ? t("no runs") : hasPrice(sum) ? moneyText(sum.amount, sum.currency) : t("no price known");
}

/** Whether a sum is known at least in part. */
export function hasPrice({ amount, runs, unpricedRuns }: OverviewSum): boolean {
  return unpricedRuns < runs && (amount > 0 || unpricedRuns === 0);
}

/** What is left out of a sum; empty for nothing. */
export function unpricedText({ runs, unpricedRuns, unpricedHours }: OverviewSum): string {
  if (unpricedRuns === 0) {
    return "";
  }
  const which = t("{0} of {1}, {2} h", formatInteger(unpricedRuns), runsText(runs), hoursText(unpricedHours));
  return t("Without a known price: {0}.", which);
}

/** What of a sum was spent on runs that were deleted since; empty for nothing. */
export function deletedText({ deletedRuns, deletedHours, deletedAmount, currency }: OverviewSum): string {
  if (deletedRuns === 0) {
    return "";
  }
  const price = deletedAmount > 0 ? moneyText(deletedAmount, currency) : t("no price known");
  return t("Of it deleted runs: {0}, {1} h, {2}.", formatInteger(deletedRuns), hoursText(deletedHours), price);
}

/** A month against its budget, in a sentence; empty where there is nothing to say. */
export function monthText({ budget, forecast, currency }: Pick<OverviewMonth, "budget" | "forecast" | "currency">): string {
  return [
    forecast === null ? "" : t("forecast {0}", moneyText(forecast, currency)),
    budget === null ? "" : t("budget {0}", moneyText(budget, currency)),
  ]
    .filter(Boolean)
    .join(", ");
}

export function runsText(runs: number): string {
  return runs === 1 ? t("1 run") : t("{0} runs", formatInteger(runs));
}

export function hoursText(hours: number): string {
  return hours > 0 && hours < 0.05 ? t("< {0}", formatNumber(0.1)) : formatNumber(Number(hours.toFixed(hours < 10 ? 1 : 0)));
}

/** A table's name, with its folder where there are several. */
export function named(label: string, folder: string | null): string {
  return folder === null ? label : `${label}, ${folder}`;
}

export function percentText(share: number): string {
  return t("{0} %", Math.round(share * 100));
}

/** "today", "3 d", "5 months": how old something is, as far as people care. */
function ageText(since: number, now: number): string {
  const days = Math.max(0, Math.floor((now - since) / DAY_MS));
  if (days === 0) {
    return t("today");
  }
  return days < 60 ? t("{0} d", days) : days < 730 ? t("{0} months", Math.round(days / 30.4)) : t("{0} years", Math.floor(days / 365));
}

/** How old a version at work is: since it is there, else since it was registered; empty where nobody tells. */
export function versionAge({ since, made }: OverviewVersion, now: number): string {
  return since !== null ? ageText(since, now) : made !== null ? t("made {0} ago", ageText(made, now)) : "";
}

let dayFormat: Intl.DateTimeFormat | undefined;

/** @param day YYYY-MM-DD, which is a day everywhere and no moment. */
export function dayText(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  dayFormat ??= new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "medium", timeZone: "UTC" });
  return Number.isNaN(time) ? day : dayFormat.format(time);
}

/** @param month YYYY-MM. */
export function monthName(month: string): string {
  const time = Date.parse(`${month}-01T00:00:00Z`);
  const format = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { month: "long", year: "numeric", timeZone: "UTC" });
  return Number.isNaN(time) ? month : format.format(time);
}

/** A KPI and its curve in words, for whoever does not see it. */
export function kpiText({ name, values, status }: NonNullable<OverviewRow["kpi"]>): string {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) {
    return t("{0}: no value yet", name);
  }
  const trend =
    values.length === 1
      ? t("one value")
      : last > first
        ? t("up from {0} over {1} values", formatNumber(first, 4), values.length)
        : last < first
          ? t("down from {0} over {1} values", formatNumber(first, 4), values.length)
          : t("as at first, over {0} values", values.length);
  return t("{0}: {1}, {2}, {3}", name, formatNumber(last, 4), t(KPI_WORDS[status]), trend);
}
