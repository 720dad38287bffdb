import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import { configChanges } from "../../../src/core/governance/report/configChanges";

const changes = (before: string, after: string): readonly (readonly (string | null)[])[] =>
  configChanges(readConfig(before).value, readConfig(after).value).map(({ field, before: was, after: now }) => [field, was, now]);

describe("changes between two states of a file", () => {
  it("are told by value, not by layout, comments or short forms", () => {
    expect(changes("owner: ana@example.org\n", "# x\nroles: {owner: {email: ana@example.org}}\n")).toEqual([]);
    expect(changes('kpis: [{name: f1, target: ">= 0.8"}]\n', 'kpis:\n  - name: f1\n    target: ">= 0.7"\n')).toEqual([
      ["kpis[0].target", ">= 0.8", ">= 0.7"],
    ]);
  });

  it("name what came and what went", () => {
    expect(changes("risk: high\n", "purpose: Rank the applications fairly.\n")).toEqual([
      ["purpose", null, "Rank the applications fairly."],
      ["risk", "high", null],
    ]);
  });

  it("read words in a row as one answer, and an empty list as none", () => {
    expect(changes("not_for: [a, b]\n", "not_for: [a, c]\n")).toEqual([["not_for", "a, b", "a, c"]]);
    expect(changes("gdpr: {transfers: []}\n", "gdpr: {transfers: [{to: US}]}\n")).toEqual([
      ["gdpr.transfers[0].to", null, "US"],
      ["gdpr.transfers", "none", null],
    ]);
  });
});
