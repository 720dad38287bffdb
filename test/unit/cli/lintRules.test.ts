import { describe, expect, it } from "vitest";
import { dutiesOf } from "../../../src/cli/lint/ruleArticles";
import { RULE_METAS } from "../../../src/core/lint/allRules";
import { lintCalendar } from "../../../src/cli/lint/lintCalendar";
import { mlops } from "../../builders/memoryHost";

describe("mlops rules", () => {
  it("lists every rule once, by code and name", async () => {
    const { code, stdout, stderr } = await mlops(["rules"]);
    expect(code).toBe(0);
    expect(stderr).toContain("mlops explain RULE");
    const lines = stdout.trimEnd().split("\n").slice(1);
    expect(lines.map((line) => line.split(/ +/).slice(0, 2))).toEqual(RULE_METAS.map((meta) => [meta.code, meta.name]));
    expect(new Set(lines.map((line) => line.split(" ")[0])).size).toBe(lines.length);
  });

  it("gives the same as JSON", async () => {
    const { rules } = JSON.parse((await mlops(["rules", "--json"])).stdout) as { rules: Record<string, unknown>[] };
    expect(rules).toHaveLength(RULE_METAS.length);
    expect(rules.find((rule) => rule["code"] === "RESP01")).toEqual({
      code: "RESP01",
      name: "owner-missing",
      challenge: "responsibility",
      severity: { development: "error", staging: "error", production: "error" },
      article: null,
      fixable: false,
      no_fix: "CODEOWNERS and git name nobody; only you know who is responsible.",
      suppressible: false,
      summary: "A person or team with an address owns the model.",
      docs: "docs/rules/owner-missing.md",
    });
  });
});

describe("mlops explain", () => {
  it.each(["owner-missing", "Owner-Missing", "RESP01", "resp01"])("finds %s", async (word) => {
    const { code, stdout, stderr } = await mlops(["explain", word]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^owner-missing \(RESP01\), responsibility\n/);
    expect(stdout).toContain("It may not be left as it is, and no policy can make it weigh less.");
  });

  it("names the law and the day from which it asks for something", async () => {
    const { stdout } = await mlops(["explain", "nobody-can-stop"]);
    expect(stdout).toContain("AI Act Art. 14.");
    expect(stdout).toContain("From 2 Dec 2027:");
    expect(stdout).toContain("This is no legal advice.");
    expect((await mlops(["explain", "legal-basis-missing"])).stdout).toContain("From 25 May 2018:");
    expect((await mlops(["explain", "budget-missing"])).stdout).not.toContain("The law");
  });

  it.each([
    [["explain", "owner-mising"], 'There is no rule "owner-mising". Did you mean owner-missing?'],
    [["explain", "\x1b[31m"], 'There is no rule "\\u001b[31m".'],
    [["explain"], "mlops explain needs RULE."],
    [["explain", "RESP01", "RESP02"], '"RESP02" belongs to no option.'],
    [["rules", "RESP01"], '"RESP01" belongs to no option.'],
  ])("%j ends with 2 and one sentence", async (args, sentence) => {
    const { code, stdout, stderr } = await mlops(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^mlops: .*\n$/);
  });

  it("has a page for every rule that fits a terminal and never says compliant", async () => {
    for (const { name, suppressible } of RULE_METAS) {
      const { stdout } = await mlops(["explain", name], { columns: 70 });
      expect(stdout).toContain(`${name} (`);
      expect(stdout.includes(`rule: ${name}`)).toBe(suppressible);
      expect(stdout.split("\n").filter((line) => line.length > 70 && line.trim().includes(" "))).toEqual([]);
      expect(stdout).not.toMatch(/\bcompliant\b/i);
    }
  });
});

describe("the days of a rule's articles", () => {
  const days = (article: string): readonly string[] => dutiesOf(article, lintCalendar()).map(({ id }) => id);

  it.each([
    ["AI Act Art. 14", ["high-risk-annex-iii"]],
    ["AI Act Art. 5", ["prohibited", "prohibited-2026"]],
    ["AI Act Art. 50(1)", ["transparency"]],
    ["AI Act Art. 50(2)", ["transparency", "marking-older-systems"]],
    ["AI Act Art. 4a", ["bias-special-data"]],
    ["AI Act Art. 43, Art. 47-49", ["framework"]],
    ["GDPR Art. 5(1)(b); AI Act Art. 53", ["gdpr", "gpai"]],
    ["AI Act Art. 500", []],
  ])("%s", (article, ids) => {
    expect(days(article)).toEqual(ids);
  });
});
