import type { ConfigPath } from "../../config/configPath";
import type { Product } from "../../config/product";
import { valueAt } from "../../lint/lacks";
import type { FieldRequirement } from "./documentationItems";

/** The paths that a requirement means in this product; the list itself where it has no items. */
export function expandField(product: Product, { field, uses }: Pick<FieldRequirement, "field" | "uses">): readonly ConfigPath[] {
  const [list, rest] = field.split("[].");
  const base = keysOf(list ?? "");
  if (rest === undefined) {
    return [base];
  }
  const items = valueAt(product, base);
  const paths = (Array.isArray(items) ? (items as readonly unknown[]) : []).flatMap((item, index): readonly ConfigPath[] =>
    isMeant(item, uses) ? [[...base, index, ...keysOf(rest)]] : [],
  );
  return paths.length === 0 ? [base] : paths;
}

export function keysOf(field: string): readonly string[] {
  return field.split(".");
}

/** A set of data that does not say what it is for may be meant. */
function isMeant(item: unknown, uses: readonly string[] | null): boolean {
  const use = typeof item === "object" && item !== null ? (item as { readonly use?: unknown }).use : undefined;
  return item !== undefined && (uses === null || typeof use !== "string" || uses.includes(use));
}
