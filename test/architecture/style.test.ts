import { join } from "node:path";

import { ESLint } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

import { root } from "../../scripts/node.mjs";

/** Real files, so that ESLint finds their project; the texts below stand in for what they hold. */
const FILES = {
  protocol: "src/protocol/rpc.ts",
  core: "src/core/base/assertNever.ts",
  adapter: "src/adapters/mlflowRest/openRestStore.ts",
  editor: "src/editor/app.ts",
  cli: "src/cli/main.ts",
  page: "webview-ui/runs/main.ts",
} as const;

/** A rule, where it holds, and a text that breaks it. */
const BREAKING: readonly (readonly [rule: string, file: keyof typeof FILES, text: string])[] = [
  ["no-restricted-syntax", "core", "export default function f(): void {}"],
  ["no-console", "editor", 'console.log("x");'],
  ["max-lines", "core", "export const a = 1;\n".repeat(401)],
  ["eqeqeq", "core", "export const f = (a: number, b: number): boolean => a == b;"],
  ["no-restricted-globals", "core", "export const f = (): unknown => setTimeout(() => undefined, 1);"],
  ["@typescript-eslint/no-explicit-any", "core", "export type A = any;"],
  ["@typescript-eslint/no-floating-promises", "editor", "export function f(p: Promise<void>): void { p; }"],
  ["@typescript-eslint/no-misused-promises", "editor", "export const f = (p: Promise<boolean>): number => (p ? 1 : 2);"],
  ["@typescript-eslint/consistent-type-imports", "core", 'import { Page } from "../tracking/page"; export type A = Page<string>;'],
  ["@typescript-eslint/switch-exhaustiveness-check", "core", 'export function f(a: "x" | "y"): void { switch (a) { case "x": break; } }'],
  ["@typescript-eslint/no-restricted-imports", "protocol", 'import { x } from "../core/x"; export const a = x;'],
  ["@typescript-eslint/no-restricted-imports", "core", 'import { join } from "node:path"; export const a = join;'],
  ["@typescript-eslint/no-restricted-imports", "core", 'import * as vscode from "vscode"; export const a = vscode;'],
  ["@typescript-eslint/no-restricted-imports", "adapter", 'import * as vscode from "vscode"; export const a = vscode;'],
  ["@typescript-eslint/no-restricted-imports", "editor", 'import { x } from "../adapters/x"; export const a = x;'],
  ["@typescript-eslint/no-restricted-imports", "cli", 'import { x } from "../editor/x"; export const a = x;'],
  ["@typescript-eslint/no-restricted-imports", "page", 'import { x } from "../../src/core/x"; export const a = x;'],
  ["@typescript-eslint/no-restricted-imports", "page", 'import { x } from "@vscode/webview-ui-toolkit"; export const a = x;'],
  ["lit/no-duplicate-template-bindings", "page", 'import { html } from "lit"; export const a = html`<p id=${1} id=${2}></p>`;'],
];

describe("the rules about style", () => {
  let eslint: ESLint;

  beforeAll(() => {
    // In CI the parser would take a file's text from the disk, because it expects to see each file once.
    const parserOptions = { disallowAutomaticSingleRunInference: true };
    eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions } } });
  });

  async function rulesBrokenBy(file: keyof typeof FILES, text: string): Promise<(string | null)[]> {
    const results = await eslint.lintText(text, { filePath: join(root, FILES[file]) });
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
  }

  it.each(BREAKING)("%s holds in %s", async (rule, file, text) => {
    expect(await rulesBrokenBy(file, text)).toContain(rule);
  });

  it("let plain code be", async () => {
    const text = 'export function greet(name: string | undefined): string {\n  return name === undefined ? "Hello" : `Hello ${name}`;\n}\n';
    expect(await rulesBrokenBy("core", text)).toEqual([]);
  });
});
