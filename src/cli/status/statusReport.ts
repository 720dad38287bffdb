import type { Light, ProductHealth, StackRow } from "../../core/health/productHealth";

/** What `mlops status` tells. */
export interface StatusReport {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What happened since then is told as well; null where that was not asked for. */
  readonly since: number | null;
  readonly products: readonly ProductHealth[];
  readonly stack: readonly StackRow[];
  readonly problems: readonly string[];
}

export const LIGHT_WORDS: Readonly<Record<Light, string>> = { good: "good", attention: "look", trouble: "trouble", unknown: "not known" };

const ORDER: readonly Light[] = ["trouble", "attention", "unknown", "good"];

/** The worst light of a product. */
export function worstLight({ challenges }: Pick<ProductHealth, "challenges">): Light {
  return ORDER.find((light) => challenges.some((one) => one.light === light)) ?? "unknown";
}

/** "12 models: 2 in trouble, 3 to look at, 1 not known, 6 good." */
export function sayLights(products: readonly ProductHealth[]): string {
  const words: Readonly<Record<Light, string>> = { trouble: "in trouble", attention: "to look at", unknown: "not known", good: "good" };
  const counts = ORDER.map((light) => ({ light, count: products.filter((one) => worstLight(one) === light).length }));
  const parts = counts.filter(({ count }) => count > 0).map(({ light, count }) => `${count} ${words[light]}`);
  return products.length === 0
    ? "There is no product: no mlops.yaml and no registered model was found."
    : `${products.length} ${products.length === 1 ? "model" : "models"}: ${parts.join(", ")}.`;
}

/** What it cost this month, e.g. "12.30 EUR of 900.00 EUR"; empty where that is not known. */
export function sayCost({ cost }: Pick<ProductHealth, "cost">): string {
  if (cost === null || (cost.runs > 0 && cost.unpricedRuns === cost.runs)) {
    return "";
  }
  const say = (amount: number): string => `${amount.toFixed(2)} ${cost.currency ?? ""}`.trim();
  return `${say(cost.amount)}${cost.budget === null ? "" : ` of ${say(cost.budget)}`}`;
}
