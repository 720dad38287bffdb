import { AppError } from "../core/base/appError";
import type { Product } from "../core/config/product";
import { printable } from "./printable";

/** The target of a product that has one only. @param path of its file, for the message. @throws AppError `usage` where there is none, or more. */
export function onlyTarget(product: Product | null, path: string): string {
  const names = Object.keys(product?.deploy?.targets ?? {});
  const [only] = names;
  if (only === undefined || names.length > 1) {
    const message = only === undefined ? `${printable(path)} has no target.` : `${printable(path)} has ${names.length} targets.`;
    const remedy =
      only === undefined ? "Add one under deploy.targets." : `Name one with --target: ${names.slice(0, 10).map(printable).join(", ")}.`;
    throw new AppError("usage", message, { remedy });
  }
  return only;
}
