import type { Product } from "../../config/product";
import type { RegisterWhen } from "./registerOutcome";

/** When a product's file wants a training's model to be registered: `train.register`. Never, where it does not say so. */
export function registerWhen({ train }: Product): RegisterWhen {
  return train?.register ?? "never";
}
