import type { Product } from "./product";
import { readConfig } from "./readConfig";

/** A product's file as a commit left it, without what it included then. Never throws. */
export function readOldProduct(text: string): Product {
  return readConfig(text, () => ({ error: "it is not read for an old version" })).value;
}
