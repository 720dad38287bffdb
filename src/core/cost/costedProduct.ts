import type { Product } from "../config/product";
import { type MonthBudget, parseBudget } from "./parseBudget";

/** A product as far as cost needs it; plain data, so that a worker can take it. */
export interface CostedProduct {
  /** Its file, relative to the workspace. */
  readonly config: string;
  readonly name: string;
  /** Where its runs are; null where that is not known. */
  readonly storeId: string | null;
  /** `tracking.experiment`; null for all of the store but MLflow's own "Default". */
  readonly experiment: string | null;
  /** `model.name`. */
  readonly model: string | null;
  /** `train.resources.instance`. */
  readonly instance: string | null;
  readonly budget: MonthBudget | null;
}

/** @param config its file, relative to the workspace. @param storeId where `tracking.uri` leads, or the store that its folder holds. */
export function toCostedProduct(product: Product, config: string, storeId: string | null): CostedProduct {
  const experiment = product.tracking?.find((one) => one?.experiment !== undefined)?.experiment ?? null;
  return {
    ...{ config, storeId, experiment },
    name: product.name ?? config,
    model: product.model?.name ?? null,
    instance: product.train?.resources?.instance ?? null,
    budget: parseBudget(product.cost?.budget),
  };
}
