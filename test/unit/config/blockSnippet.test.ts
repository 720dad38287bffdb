import { describe, expect, it } from "vitest";

import { blockSnippet } from "../../../src/core/config/blockSnippet";
import { fieldAt } from "../../../src/core/config/configLookup";
import { POLICY_FIELDS } from "../../../src/core/config/policy";
import { PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readConfig, readPolicyFile } from "../../../src/core/config/readConfig";
import type { Field } from "../../../src/core/config/schema/field";

/** The text that VS Code writes when nobody fills anything in: choices take their first word, tabs become spaces. */
function untouched(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:\\.|[^|\\])*)\|\}/g, (_, words: string) => (words.split(/(?<!\\),/)[0] ?? "").replace(/\\(.)/g, "$1"))
    .replace(/\$\{\d+\}/g, "")
    .replaceAll("\t", "  ");
}

function snippet(...path: readonly string[]): string | null {
  const field = fieldAt(PRODUCT_FIELDS, path);
  return field === undefined ? null : blockSnippet(path.at(-1) ?? "", field);
}

const topLevel = (fields: Readonly<Record<string, Field>>): [string, string][] =>
  Object.entries(fields).flatMap(([key, field]): [string, string][] => {
    const text = blockSnippet(key, field);
    return text === null ? [] : [[key, text]];
  });

describe("blockSnippet", () => {
  it("writes each key of a block with a place to fill in", () => {
    expect(snippet("cost")).toMatch(/^cost:\n\tbudget: \$\{1\}\n\towner: \$\{2\}\n/);
  });

  it("writes a list as its first item", () => {
    expect(snippet("kpis")).toBe(
      'kpis:\n\t- name: ${1}\n\t  target: "${2}"\n\t  warn: "${3}"\n\t  by: ${4}\n\t  data: ${5}\n\t  why: ${6}',
    );
  });

  it("answers no question of the law: what is open stays open", () => {
    const text = snippet("ai_act") ?? "";
    expect(text).toContain("role: ${1|unsure,");
    expect(text).toContain("profiling: ${");
    expect(text).not.toMatch(/profiling: \$\{\d+\|/);
  });

  it("offers the choices of what the law does not ask for", () => {
    expect(snippet("train")).toContain("engine: ${1|local,dvc,ray,airflow,github_actions|}");
  });

  it("indents lines behind a dash as far as their key", () => {
    const field = fieldAt(PRODUCT_FIELDS, ["review"]);
    expect(field === undefined ? "" : blockSnippet("review", field, "  ")).toBe("review:\n  \tevery: ${1}\n  \tlast: ${2}\n  \tnext: ${3}");
  });

  it("is none for a value, and for keys of one's own", () => {
    expect(snippet("stage")).toBeNull();
    expect(snippet("train", "params")).toBeNull();
  });

  it.each(topLevel(PRODUCT_FIELDS.fields))("gives YAML without a fault for %s, also when nothing is filled in", (_, text) => {
    const { problems, source } = readConfig(`${untouched(text)}\n`);
    expect(problems).toEqual([]);
    expect(source.raw([])).not.toEqual({});
  });

  it.each(topLevel(POLICY_FIELDS.fields))("gives YAML without a fault for %s of a policy", (_, text) => {
    expect(readPolicyFile(`${untouched(text)}\n`).problems).toEqual([]);
  });
});
