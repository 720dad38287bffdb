import type { CancelSignal } from "../base/cancel";
import type { ConfigFile } from "../config/configFile";
import type { Product } from "../config/product";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { readConfigText } from "../lint/workspace/readConfigText";
import { readProduct } from "../lint/workspace/readProduct";
import { reasonOf } from "../lint/workspace/reasonOf";
import { folderOf } from "../lint/workspace/workspacePath";
import { paramsFileOf } from "./gatherParams";
import { type MlprojectEntry, mlprojectEntry } from "./paramSources/mlprojectFields";
import { mlprojectPath, readTrainSpec, type SpecReading } from "./readTrainSpec";
import type { EngineId } from "./trainSpec";

/** What a product's own files say of its training. */
export interface ProductFacts extends SpecReading {
  readonly text: string;
  readonly file: ConfigFile<Product>;
  readonly project: MlprojectEntry | string | null;
}

type Files = Pick<WorkspaceFiles, "readText" | "look">;

/** @throws AppError `usage` where the product's file cannot be read at all. */
export async function readProductFacts(
  config: string,
  engine: EngineId | null,
  files: Files,
  toAbsolute: (path: string) => string,
  signal: CancelSignal,
): Promise<ProductFacts> {
  const text = await readConfigText(config, files, signal);
  const file = await readProduct(config, text, files, signal);
  const project = await readProject(file.value, config, files, signal);
  const places = { config, root: toAbsolute(""), folder: toAbsolute(folderOf(config)) };
  const reading = readTrainSpec(file.value, places, engine, project);
  const spec = { ...reading.spec, paramsFile: await paramsFileOf(reading.spec, files, signal) };
  return { ...reading, spec, text, file, project };
}

async function readProject(product: Product, config: string, files: Files, signal: CancelSignal): Promise<MlprojectEntry | string | null> {
  const path = mlprojectPath(product, config);
  if (path === null) {
    return null;
  }
  try {
    const text = await files.readText(path, signal);
    return text === null ? `There is no ${path}.` : mlprojectEntry(text, path);
  } catch (error) {
    signal.throwIfAborted();
    return `${path} cannot be read: ${reasonOf(error)}.`;
  }
}
