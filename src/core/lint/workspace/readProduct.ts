import type { CancelSignal } from "../../base/cancel";
import type { ConfigFile } from "../../config/configFile";
import type { Product } from "../../config/product";
import { readConfig } from "../../config/readConfig";
import type { WorkspaceFiles } from "./lintPorts";
import { parseOnce } from "./readParsed";
import { readWithIncludes } from "./readWithIncludes";

type Include = NonNullable<Parameters<typeof readConfig>[1]>;

/** A reading of a text with what it asked to include. */
interface Reading {
  readonly config: ConfigFile<Product>;
  readonly includes: boolean;
}

/** Reads a product's file; a text without includes is read once, however many files ask for it. */
export async function readProduct(
  path: string,
  text: string,
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<ConfigFile<Product>> {
  const { config, includes } = parseOnce(text, readAlone);
  return includes ? readWithIncludes(path, (include: Include) => readConfig(text, include), files, signal) : config;
}

/** A product's file as a commit left it, without what it included then. Never throws. Most are as they were, and then nothing is read anew. */
export function readOldProduct(text: string): Product {
  const { config, includes } = parseOnce(text, readAlone);
  return includes ? parseOnce(text, readWithoutIncludes) : config.value;
}

function readWithoutIncludes(text: string): Product {
  return readConfig(text, () => ({ error: "it is not read for an old version" })).value;
}

function readAlone(text: string): Reading {
  let includes = false;
  const config = readConfig(text, () => {
    includes = true;
    return "";
  });
  return { config, includes };
}

/** The product of a file of the workspace; null where the file is gone or cannot be read. */
export async function readProductAt(path: string, files: Pick<WorkspaceFiles, "readText">, signal: CancelSignal): Promise<Product | null> {
  try {
    const text = await files.readText(path, signal);
    return text === null ? null : (await readProduct(path, text, files, signal)).value;
  } catch {
    signal.throwIfAborted();
    return null; // The lint of that file says why it cannot be read.
  }
}
