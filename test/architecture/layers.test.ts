import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { cruise, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, describe, expect, it } from "vitest";

import { root } from "../../scripts/node.mjs";

interface Config {
  readonly forbidden: readonly { readonly name: string }[];
  readonly options: object;
}

const config = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")) as Config;
const folders: string[] = [];

/** Libraries that the trees below import, so that they resolve as in the project. */
const LIBRARIES = Object.fromEntries(
  ["vscode", "yaml", "lit", "chart.js", "@vscode/webview-ui-toolkit"].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" })],
    [`node_modules/${name}/index.js`, "export const it = 1;"],
  ]),
);

/** For each rule a small tree that breaks it, once or more. */
const BREAKING: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  "no-cycle": [
    { "src/core/a.ts": 'import { b } from "./b"; export const a = b;', "src/core/b.ts": 'import { a } from "./a"; export const b = a;' },
    {
      "src/core/a.ts": 'import type { B } from "./b"; export interface A { b: B }',
      "src/core/b.ts": 'import type { A } from "./a"; export interface B { a: A }',
    },
  ],
  "no-unresolved": [{ "src/core/a.ts": 'import { b } from "./gone"; export const a = b;' }],
  "nothing-imports-test": [
    { "src/core/a.ts": 'import { b } from "../../test/b"; export const a = b;', "test/b.ts": "export const b = 1;" },
    { "webview-ui/a.ts": 'import { b } from "../test/b"; export const a = b;', "test/b.ts": "export const b = 1;" },
  ],
  "protocol-imports-nothing": [
    { "src/protocol/a.ts": 'import { b } from "../core/b"; export const a = b;', "src/core/b.ts": "export const b = 1;" },
    { "src/protocol/a.ts": 'import type { it } from "yaml"; export type A = typeof it;' },
    { "src/protocol/a.ts": 'import { join } from "node:path"; export const a = join;' },
  ],
  "core-is-pure": [
    { "src/core/a.ts": 'import { readFileSync } from "node:fs"; export const a = readFileSync;' },
    { "src/core/a.ts": 'import * as vscode from "vscode"; export const a = vscode;' },
    { "src/core/a.ts": 'import { it } from "lit"; export const a = it;' },
    { "src/core/a.ts": 'import { b } from "../adapters/x/b"; export const a = b;', "src/adapters/x/b.ts": "export const b = 1;" },
    { "src/core/a.ts": 'import type { B } from "../editor/b"; export type A = B;', "src/editor/b.ts": "export type B = 1;" },
  ],
  "core-takes-only-types-of-protocol": [
    { "src/core/a.ts": 'import { b } from "../protocol/b"; export const a = b;', "src/protocol/b.ts": "export const b = 1;" },
  ],
  "adapter-alone": [
    { "src/adapters/x/a.ts": 'import { b } from "../y/b"; export const a = b;', "src/adapters/y/b.ts": "export const b = 1;" },
    { "src/adapters/node/a.ts": 'import type { B } from "../y/b"; export type A = B;', "src/adapters/y/b.ts": "export type B = 1;" },
  ],
  "adapter-below-the-rest": [
    { "src/adapters/x/a.ts": 'import { b } from "../../editor/b"; export const a = b;', "src/editor/b.ts": "export const b = 1;" },
    { "src/adapters/x/a.ts": 'import { b } from "../../container"; export const a = b;', "src/container.ts": "export const b = 1;" },
    { "src/adapters/x/a.ts": 'import * as vscode from "vscode"; export const a = vscode;' },
  ],
  "editor-knows-no-adapter": [
    { "src/editor/a.ts": 'import { b } from "../adapters/x/b"; export const a = b;', "src/adapters/x/b.ts": "export const b = 1;" },
    {
      "src/editor/a.ts": 'import type { B } from "../adapters/node/b"; export type A = B;',
      "src/adapters/node/b.ts": "export type B = 1;",
    },
  ],
  "only-the-editor-knows-vscode": [
    { "src/cli/a.ts": 'import * as vscode from "vscode"; export const a = vscode;' },
    { "src/worker.ts": 'import type { it } from "vscode"; export type A = typeof it;' },
  ],
  "cli-knows-no-editor": [
    { "src/cli/a.ts": 'import { b } from "../editor/b"; export const a = b;', "src/editor/b.ts": "export const b = 1;" },
    { "src/cli/a.ts": 'import { b } from "../container"; export const a = b;', "src/container.ts": "export const b = 1;" },
  ],
  "web-page-knows-protocol-only": [
    { "webview-ui/a.ts": 'import { b } from "../src/core/b"; export const a = b;', "src/core/b.ts": "export const b = 1;" },
    { "webview-ui/a.ts": 'import type { B } from "../src/editor/b"; export type A = B;', "src/editor/b.ts": "export type B = 1;" },
  ],
  "web-page-has-no-node": [{ "webview-ui/a.ts": 'import { join } from "node:path"; export const a = join;' }],
  "toolkit-behind-controls": [{ "webview-ui/runs/a.ts": 'import { it } from "@vscode/webview-ui-toolkit"; export const a = it;' }],
  "no-orphan": [{ "src/core/alone.ts": "export const alone = 1;" }],
};

/** A tree that uses everything that is allowed. */
const CLEAN = {
  "src/protocol/p.ts": 'import type { Q } from "./q"; export type P = Q; export const p = 1;',
  "src/protocol/q.ts": "export type Q = 1;",
  "src/core/c.ts": 'import { it } from "yaml"; import type { P } from "../protocol/p"; export const c: P = it;',
  "src/adapters/node/n.ts": 'import { join } from "node:path"; export const n = join;',
  "src/adapters/x/a.ts":
    'import { n } from "../node/n"; import { c } from "../../core/c"; import { p } from "../../protocol/p"; export const a = [n, c, p];',
  "src/editor/e.ts":
    'import * as vscode from "vscode"; import { c } from "../core/c"; import { p } from "../protocol/p"; export const e = [vscode, c, p];',
  "src/cli/main.ts": 'import { a } from "../adapters/x/a"; export const main = a;',
  "src/container.ts": 'import { a } from "./adapters/x/a"; import { e } from "./editor/e"; export const app = [a, e];',
  "webview-ui/shared/controls.ts": 'import { it } from "@vscode/webview-ui-toolkit"; export const controls = it;',
  "webview-ui/runs/main.ts":
    'import { it } from "lit"; import { p } from "../../src/protocol/p"; import { controls } from "../shared/controls"; export const main = [it, p, controls];',
};

/** Writes a tree into a folder of its own and returns the names of the rules it breaks. */
async function rulesBrokenBy(files: Readonly<Record<string, string>>): Promise<Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), "mlops-layers-"));
  folders.push(folder);
  for (const [path, text] of Object.entries({ ...LIBRARIES, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const tops = [...new Set(Object.keys(files).map((path) => path.split("/", 1).join("")))];
  const { output } = await cruise(tops, {
    ...config.options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: config.forbidden } as IFlattenedRuleSet,
  });
  return new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name));
}

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("the rules about imports", () => {
  it("all have an example that breaks them", () => {
    expect(config.forbidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(BREAKING).toSorted());
  });

  it.each(Object.entries(BREAKING).flatMap(([rule, trees]) => trees.map((tree) => [rule, tree] as const)))(
    "%s finds %j",
    async (rule, tree) => {
      expect(await rulesBrokenBy(tree)).toContain(rule);
    },
  );

  it("allow what the table of docs/architecture.md allows", async () => {
    expect(await rulesBrokenBy(CLEAN)).toEqual(new Set());
  });
});
