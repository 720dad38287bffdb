import type { Product } from "../../config/product";
import { indexed } from "../indexed";

/** The store of a product's runs and models, as its file writes it; null for the one that the folder holds. */
export function trackingUri({ tracking }: Product): string | null {
  return indexed(tracking).find(([, { uri }]) => uri !== undefined)?.[1].uri ?? null;
}
