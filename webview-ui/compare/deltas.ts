import type { CompareRow } from "../../src/protocol/compare";
import { formatDuration, formatNumber, localNumber } from "../shared/format";
import { t } from "../shared/l10n";
import { judgedNumber } from "./cellValues";

export interface Delta {
  readonly absolute: number;
  /** 0.1 is 10 % more; null where the baseline is 0. */
  readonly relative: number | null;
}

/** How far a column lies from the baseline; null where one of them has no finite number. Times have no delta that means something. */
export function deltaOf(row: CompareRow, column: number, baseline: number): Delta | null {
  if (row.kind !== "number" && row.kind !== "duration") {
    return null;
  }
  const value = judgedNumber(row, column);
  const base = judgedNumber(row, baseline);
  if (value === null || base === null || !Number.isFinite(value - base)) {
    return null;
  }
  const absolute = value - base;
  const relative = base === 0 ? null : absolute / Math.abs(base);
  return { absolute, relative: relative !== null && Number.isFinite(relative) ? relative : null };
}

export function absoluteText(row: CompareRow, { absolute }: Delta): string {
  const size = row.kind === "duration" ? formatDuration(Math.abs(absolute)) : formatNumber(Math.abs(absolute), 3);
  return `${absolute > 0 ? "+" : absolute < 0 ? "−" : "±"}${size}`;
}

/** "+2.1 %", or null where the baseline is 0. */
export function relativeText({ relative }: Delta): string | null {
  if (relative === null) {
    return null;
  }
  const percent = Math.abs(relative * 100);
  const rounded = percent >= 1000 ? formatNumber(percent, 3) : localNumber(String(Number(percent.toPrecision(percent >= 100 ? 4 : 2))));
  return `${relative > 0 ? "+" : relative < 0 ? "−" : "±"}${rounded} %`;
}

/** "Better than the baseline: +0.02 (+2.1 %)". */
export function deltaSentence(row: CompareRow, column: number, delta: Delta): string {
  const relative = relativeText(delta);
  const amount = relative === null ? absoluteText(row, delta) : `${absoluteText(row, delta)} (${relative})`;
  switch (row.verdicts[column]) {
    case "+":
      return t("Better than the baseline: {0}", amount);
    case "-":
      return t("Worse than the baseline: {0}", amount);
    case "=":
      return t("Equal to the baseline");
    default:
      return t("Against the baseline: {0}", amount);
  }
}
