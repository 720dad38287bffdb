import { globSync } from "node:fs";
import { join, resolve, dirname, basename } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

import { root } from "../../scripts/node.mjs";

const output = join(root, "dist-test");

/** Code that specs share with the plain scripts of the harness is loaded from there, once, instead of copied into each bundle. */
export const harnessStaysOutside = {
  name: "harness-stays-outside",
  /** @param {import("esbuild").PluginBuild} builder */
  setup(builder) {
    builder.onResolve({ filter: /\/(harness|scripts)\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};

/** Bundles all test/e2e/*.e2e.ts and returns their bundles. */
export async function bundleE2e() {
  const specs = globSync("test/e2e/*.e2e.ts", { cwd: root }).sort();
  await build({
    absWorkingDir: root,
    entryPoints: specs,
    outdir: join(output, "e2e"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
    plugins: [harnessStaysOutside],
  });
  return specs.map((spec) => join(output, "e2e", `${basename(spec, ".ts")}.mjs`));
}

/** Bundles all test/host/*.hosttest.ts with their runner and returns the bundle, as VS Code's `extensionTestsPath` wants it. */
export async function bundleHostTests() {
  const suites = globSync("test/host/*.hosttest.ts", { cwd: root }).sort();
  const outfile = join(output, "host", "index.js");
  await build({
    absWorkingDir: root,
    stdin: {
      // Suites load inside `run`, once mocha has put `describe` and `it` in place.
      contents: `
        import { runMocha } from "./test/host/runMocha";
        export const run = () => runMocha({ ${suites.map((suite) => `${JSON.stringify(basename(suite))}: () => import("./${suite}")`).join(", ")} });
      `,
      resolveDir: root,
      loader: "ts",
    },
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node22",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return dirname(outfile);
}
