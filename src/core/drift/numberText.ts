/** A number for a sentence: three digits, or more where they are whole; "12,345", "1959", "0.0123", "1.2e-7". */
export function numberText(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size === 0) {
    return "0";
  }
  if (size < 1e-4 || size >= 1e15) {
    return value
      .toExponential(Math.max(0, digits - 1))
      .replace(/\.?0+e/, "e")
      .replace("e+", "e");
  }
  // Four digits may be a year.
  const useGrouping = size >= 10_000;
  if (size < 1) {
    return format(value, { maximumSignificantDigits: digits });
  }
  const fractions = Math.max(0, digits - Math.ceil(Math.log10(size + 1)));
  return format(value, { maximumFractionDigits: fractions, useGrouping });
}

/** To make a format takes far longer than to use it, and there are few. */
const formats = new Map<string, Intl.NumberFormat>();

function format(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat("en-US", options);
  formats.set(key, known);
  return known.format(value);
}

/** "3 %", "0.4 %"; never "0 %" for something, nor "100 %" for nearly all. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) {
    return "under 0.1 %";
  }
  if (percent < 100 && percent > 99.95) {
    return "over 99.9 %";
  }
  return `${numberText(percent < 10 || percent > 99 ? Math.round(percent * 10) / 10 : Math.round(percent))} %`;
}

/** "1 row", "1,200 rows". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
