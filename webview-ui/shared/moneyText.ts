import { t } from "./l10n";

const formats = new Map<string, Intl.NumberFormat>();

/** Money in the policy's currency. A currency that nobody knows, or none, stands as it is written. */
export function moneyText(amount: number, currency: string | null): string {
  const key = currency ?? "";
  let format = formats.get(key);
  if (format === undefined) {
    const language = document.documentElement.lang || undefined;
    const isKnown = /^[A-Z]{3}$/.test(key);
    format = new Intl.NumberFormat(language, isKnown ? { style: "currency", currency: key } : { maximumFractionDigits: 2 });
    formats.set(key, format);
  }
  // What rounds to nothing is not nothing: a zero would look like a fact.
  const isTiny = amount > 0 && amount < 0.005;
  const text = isTiny ? t("< {0}", format.format(0.01)) : format.format(amount);
  return currency === null || /^[A-Z]{3}$/.test(currency) ? text : `${text} ${currency}`;
}
