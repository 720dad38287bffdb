import { createRequire } from "node:module";
import { join } from "node:path";

import { buildSync } from "esbuild";

import { root } from "./node.mjs";

/**
 * Loads a TypeScript file of the project, whose imports have no file endings, so that Node cannot read it by itself.
 *
 * @param {string} file from the project's root, e.g. "src/core/config/product.ts" @returns {any} what the file exports
 */
export function loadModule(file) {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, file)],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    logLevel: "silent",
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0]?.text ?? "")(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}

/** @param {string} file from src/core without its ending, e.g. "config/product" @returns {any} what the file exports */
export function loadCore(file) {
  return loadModule(`src/core/${file}.ts`);
}
