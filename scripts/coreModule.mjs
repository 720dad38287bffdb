import { createRequire } from "node:module";
import { join } from "node:path";

import { buildSync } from "esbuild";

import { root } from "./node.mjs";

/**
 * Loads a file of src/core, which is TypeScript without file endings in its imports, so that Node cannot read it by itself.
 *
 * @param {string} file from src/core, e.g. "config/product" @returns {any} what the file exports
 */
export function loadCore(file) {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, "src", "core", `${file}.ts`)],
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
