export interface Delta {
  readonly absolute: number;
  /** 0.1 is 10 % more; null where the baseline is 0, so that no part of it can be told. */
  readonly relative: number | null;
}

/** How far a value lies from the baseline; null where one of them is missing or not finite. */
export function deltaOf(value: number | null, baseline: number | null): Delta | null {
  if (value === null || baseline === null || !Number.isFinite(value) || !Number.isFinite(baseline)) {
    return null;
  }
  const absolute = value - baseline;
  const relative = baseline === 0 ? null : absolute / Math.abs(baseline);
  // Numbers near the largest that there are leave the range when they are subtracted.
  return Number.isFinite(absolute) ? { absolute, relative: relative !== null && Number.isFinite(relative) ? relative : null } : null;
}

/** "+0.02 (+2.1 %)". */
export function deltaText({ absolute, relative }: Delta): string {
  const percent = relative === null ? "" : ` (${signed(rounded(relative * 100, 2))} %)`;
  return `${signed(rounded(absolute, 3))}${percent}`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${Math.abs(value)}` : "±0";
}
