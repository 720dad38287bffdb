import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import { readConfig } from "../../../src/core/config/readConfig";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../../fixtures/lint", name), "utf8");

/** Problems as people see them: what is marked, and what is said. */
function told(text: string): string[] {
  return readConfig(text).problems.map(({ range, message }) => `${JSON.stringify(text.slice(range.start, range.end))}: ${message}`);
}

/** The text after the first fix of the first problem. */
function mended(text: string): string {
  const fix = readConfig(text).problems[0]?.fixes[0];
  return fix === undefined ? "no fix" : applyEdits(text, fix.edits);
}

describe("the example files", () => {
  it.each(["complete.yaml", "start.yaml"])("%s has no problem", (name) => {
    expect(told(fixture(name))).toEqual([]);
  });
});

void mended;
describe("x", () => {
  it("prints", () => {
    for (const text of [
      "purpose: Rank: jobs\nrisk: high",
      "kpis:\n  - target: >= 0.8\n    name: f1\nrisk: high",
      "kpis: [{target: >= 0.80, name: f1}]\nrisk: high",
      "owner: @org/t\nrisk: high",
      "roles:\n\towner: a@b\n",
      "onwer: a@b",
      "roles: {owner: {name: Ana, Ruiz, Dr, email: a@b}}",
      "model: {version: 1.10}",
      "gdpr: {processors: [{country: NO}]}",
      "risk: hgih",
      "data: [{path: a\\b}]",
      "owner: a@b\nroles: {owner: c@d}",
      "name: a\nname: b\nrisk: high",
      "a",
      "",
      "# x\n",
      "- a",
      "name: a\n---\nname: b",
      "x: &a [1]\nname: *b",
      "<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> x\nrisk: high\n",
      "kpis: [{target: 0.8}]",
      "review: {last: 2026-02-30}",
      "review: {every: soon}",
      "not_for: {a: 1}",
      'version: "1"',
      "version: 2",
      "gdpr: {automated_decision: {alone: No}}",
      "roles:\n  owner: x@y\n operator: a@b\nrisk: high",
      'name: "x\nrisk: high',
      "data: [{path: x}\nrisk: high",
      "train: {params: {on: 1, a: b, c}}",
    ]) {
      const r = readConfig(text);
      console.log(
        JSON.stringify(text),
        "\n ",
        told(text).join("\n  "),
        "\n  →",
        JSON.stringify(mended(text)),
        "\n  =",
        JSON.stringify(r.value),
      );
    }
  });
});
