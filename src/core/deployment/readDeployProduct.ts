import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import { readConfigText } from "../lint/workspace/readConfigText";
import { readProduct } from "../lint/workspace/readProduct";
import type { DeployWorld } from "./deployWorld";
import { readTargetSpec, type TargetReading } from "./readTargetSpec";

/** A product's file as deployments read it. */
export interface DeployProduct {
  readonly config: string;
  readonly text: string;
  readonly value: Product;
  /** As people call it. */
  readonly name: string;
}

type Reader = Pick<DeployWorld, "files" | "storeOf" | "python" | "toAbsolute" | "isTrusted">;

/** @throws AppError `usage` where the file cannot be read at all. */
export async function readDeployProduct(config: string, { files }: Pick<Reader, "files">, signal: CancelSignal): Promise<DeployProduct> {
  const text = await readConfigText(config, files, signal);
  const { value } = await readProduct(config, text, files, signal);
  return { config, text, value, name: value.name ?? config };
}

/** One target of a product. In a folder that is not trusted no Python is looked for, because nothing of it may be run. */
export function readTarget({ config, value }: DeployProduct, target: string, world: Reader, signal: CancelSignal): Promise<TargetReading> {
  return readTargetSpec(value, target, {
    config,
    toAbsolute: world.toAbsolute,
    storeOf: world.storeOf,
    python: async (folder, configured) => (world.isTrusted() ? world.python(folder, configured, signal) : null),
  });
}
