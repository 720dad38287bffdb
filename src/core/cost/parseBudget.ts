/** What may be spent in a month. */
export interface MonthBudget {
  readonly amount: number;
  /** Three letters, as a policy names its currency. */
  readonly currency: string;
}

const SIGNS: Readonly<Record<string, string>> = { "€": "EUR", $: "USD", "£": "GBP" };
/** Of an average year. */
const MONTHS: Readonly<Record<string, number>> = { day: 12 / 365.25, week: 84 / 365.25, month: 1, quarter: 3, year: 12 };
const CURRENCY = "[a-z]{3}|[€$£]";
const BUDGET = new RegExp(
  `^(?:(${CURRENCY}) ?)?(\\d[\\d.,' \\u00a0\\u202f]*?) ?(${CURRENCY})? ?(?:/|per|a|an|each) ?(day|week|month|quarter|year)s?$`,
  "i",
);

/**
 * Reads `cost.budget`, e.g. "900 EUR/month", "€1,200 per quarter".
 * @returns null where it names no amount, no currency or no time: what is not said is not guessed.
 */
export function parseBudget(text: string | undefined): MonthBudget | null {
  const [, before, digits, after, per = ""] = BUDGET.exec((text ?? "").trim().slice(0, 100)) ?? [];
  const sign = before ?? after;
  const amount = digits === undefined ? null : readAmount(digits);
  const months = MONTHS[per.toLowerCase()];
  if (sign === undefined || amount === null || months === undefined || (before !== undefined && after !== undefined)) {
    return null;
  }
  return { amount: amount / months, currency: SIGNS[sign] ?? sign.toUpperCase() };
}

/** "1,200", "1.200", "1 200" and "1'200" are 1200, "12.50" and "12,50" are 12.5: three digits behind a separator are thousands. */
function readAmount(text: string): number | null {
  const plain = text.replace(/[' \u00a0\u202f]/g, "");
  const decimals = /^(.*)[.,](\d{1,2})$/.exec(plain);
  const [whole, rest] = decimals === null ? [plain, "0"] : [decimals[1] ?? "", decimals[2] ?? "0"];
  return /^\d{1,15}$/.test(whole) || /^\d{1,3}(?:[.,]\d{3}){1,4}$/.test(whole) ? Number(`${whole.replace(/[.,]/g, "")}.${rest}`) : null;
}
