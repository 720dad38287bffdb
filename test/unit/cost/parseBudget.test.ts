import { describe, expect, it } from "vitest";
import { parseBudget } from "../../../src/core/cost/parseBudget";

describe("a budget", () => {
  it.each([
    ["900 EUR/month", 900, "EUR"],
    ["900EUR / month", 900, "EUR"],
    ["€1,200 per quarter", 400, "EUR"],
    ["$ 12'000 a year", 1000, "USD"],
    ["1.234,50 eur per month", 1234.5, "EUR"],
    ["1 000 CHF/month", 1000, "CHF"],
    ["12.50 GBP each month", 12.5, "GBP"],
    ["487 EUR/week", (487 * 365.25) / 84, "EUR"],
  ])("%s", (text, amount, currency) => {
    expect(parseBudget(text)?.currency).toBe(currency);
    expect(parseBudget(text)?.amount).toBeCloseTo(amount, 9);
  });

  it.each([
    "",
    "900",
    "900 EUR",
    "EUR/month",
    "900/month",
    "-5 EUR/month",
    "9,00,0 EUR/month",
    "1e3 EUR/month",
    "lots of EUR/month",
    "EUR 9 USD/month",
  ])("is not guessed from %s", (text) => {
    expect(parseBudget(text)).toBeNull();
  });
});
