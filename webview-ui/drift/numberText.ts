import { formatDateTime, formatInteger, formatNumber } from "../shared/format";
import { t } from "../shared/l10n";

/** What stands where there is no number. */
export const NONE = "—";

/** A number with few digits, or a dash: a page of verdicts never shows the names that JavaScript has for broken numbers. */
export function numberText(value: number | null | undefined, digits = 3): string {
  return isNumber(value) ? formatNumber(value, digits) : NONE;
}

export function percentText(share: number | null | undefined, digits = 3): string {
  return isNumber(share) ? t("{0} %", formatNumber(share * 100, digits)) : NONE;
}

export function countText(value: number | null | undefined): string {
  return isNumber(value) ? formatInteger(value) : NONE;
}

export function timeText(value: number | null | undefined): string {
  return isNumber(value) ? formatDateTime(value) : NONE;
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** "1 window", "12 windows". The many have `{0}` where the number stands. */
export function countedText(count: number, one: string, many: string): string {
  return count === 1 ? one : many.replace("{0}", countText(count));
}
