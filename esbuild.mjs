import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { build, context } from "esbuild";

/**
 * Builds all bundles into dist/:
 *   extension.js      the activation bundle: CommonJS, tiny, registers and loads the rest on first use
 *   main.mjs + chunks the extension proper: ESM with code splitting, so that each feature loads when it is first needed
 *   worker.js         reads databases and folders in a thread of its own
 *   liveWorker.js     looks into live data for a check, in a thread of its own
 *   driftWorker.js    compares tables, in two threads of its own
 *   jobRunner.cjs     starts one training on this machine and sees to its end, in a process of its own
 *   cli.js            `mlops …`
 *   cliLint.js        what `mlops lint`, `rules` and `explain` do, loaded by them alone; cliDrift.js, cliMonitor.js and cliDataCheck.js likewise
 *   mlops.cjs         all of it in one file, which the editor copies into repositories whose CI lints
 *   webview/<view>.js one entry a view, code that views share split into chunks
 */
const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");
const watch = flags.has("--watch");
const version = createRequire(import.meta.url)("./package.json").version;

/** In an ES module the host's `vscode` is only to be had through `require`, which VS Code intercepts. */
const vscodeInEsm = {
  name: "vscode-in-esm",
  setup(builder) {
    builder.onResolve({ filter: /^vscode$/ }, () => ({ path: "vscode", namespace: "host" }));
    builder.onLoad({ filter: /.*/, namespace: "host" }, () => ({
      contents: `module.exports = __hostRequire("vscode");`,
      loader: "js",
    }));
  },
};

/** The activation bundle reaches the extension proper by a file that is built beside it. */
const lazyMain = {
  name: "lazy-main",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/container$/ }, () => ({ path: "./main.mjs", external: true }));
  },
};

/** What a group of commands does is a file of its own, so that the other commands start without it. */
const PROGRAMS = {
  lint: "cliLint",
  drift: "cliDrift",
  monitor: "cliMonitor",
  retrain: "cliRetrain",
  dataCheck: "cliDataCheck",
  gate: "cliGate",
  deploy: "cliDeploy",
  report: "cliReport",
  verify: "cliVerify",
  status: "cliStatus",
};
const lazyPrograms = {
  name: "lazy-programs",
  setup(builder) {
    for (const [group, name] of Object.entries(PROGRAMS)) {
      builder.onResolve({ filter: new RegExp(`/${group}/${group}Programs$`) }, () => ({ path: `./${name}.js`, external: true }));
    }
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  metafile: true,
  logLevel: "warning",
  define: { __VERSION__: JSON.stringify(version) },
  legalComments: "none",
};
const node = { ...common, platform: "node", target: "node20" };

const commandLine = { ...node, entryPoints: ["src/cli/main.ts"], format: "cjs", banner: { js: "#!/usr/bin/env node" } };

const builds = {
  extension: {
    ...node,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    format: "cjs",
    external: ["vscode"],
    plugins: [lazyMain],
  },
  main: {
    ...node,
    entryPoints: { main: "src/container.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    splitting: true,
    plugins: [vscodeInEsm],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const __hostRequire = __createRequire(import.meta.url); const require = __hostRequire;',
    },
  },
  worker: { ...node, entryPoints: ["src/worker.ts"], outfile: "dist/worker.js", format: "cjs" },
  driftWorker: { ...node, entryPoints: ["src/driftWorker.ts"], outfile: "dist/driftWorker.js", format: "cjs" },
  liveWorker: { ...node, entryPoints: ["src/liveWorker.ts"], outfile: "dist/liveWorker.js", format: "cjs" },
  jobRunner: { ...node, entryPoints: ["src/jobRunner.ts"], outfile: "dist/jobRunner.cjs", format: "cjs", sourcemap: false },
  cli: { ...commandLine, outfile: "dist/cli.js", plugins: [lazyPrograms] },
  ...Object.fromEntries(
    Object.entries(PROGRAMS).map(([group, name]) => [
      name,
      { ...node, entryPoints: [`src/cli/${group}/${group}Programs.ts`], outfile: `dist/${name}.js`, format: "cjs" },
    ]),
  ),
  mlops: { ...commandLine, outfile: "dist/mlops.cjs", sourcemap: false },
  webview: {
    ...common,
    platform: "browser",
    target: "es2022",
    entryPoints: {
      runs: "webview-ui/runs/main.ts",
      run: "webview-ui/run/main.ts",
      compare: "webview-ui/compare/main.ts",
      drift: "webview-ui/drift/main.ts",
      retrain: "webview-ui/retrain/main.ts",
      compliance: "webview-ui/compliance/main.ts",
      overview: "webview-ui/overview/main.ts",
      deploy: "webview-ui/deploy/main.ts",
    },
    outdir: "dist/webview",
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    splitting: true,
    tsconfig: "webview-ui/tsconfig.json",
    loader: { ".svg": "text" },
  },
};

if (watch) {
  for (const options of Object.values(builds)) {
    await (await context(options)).watch();
  }
} else {
  rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist", { recursive: true });
  const results = await Promise.all(Object.entries(builds).map(async ([name, options]) => [name, (await build(options)).metafile]));
  mkdirSync("out", { recursive: true });
  writeFileSync("out/metafiles.json", JSON.stringify(Object.fromEntries(results)));
}
