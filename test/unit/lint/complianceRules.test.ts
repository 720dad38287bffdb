import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import type { Finding } from "../../../src/core/lint/finding";
import type { KnownFacts } from "../../builders/lintFacts";
import { applyFix, lintCase } from "../../builders/lintCase";
import { loadRule, RULE_FILES } from "../../builders/lintRules";

const rules = (await Promise.all(RULE_FILES.map(loadRule)))
  .filter((rule) => rule !== undefined)
  .filter(({ meta }) => meta.code.startsWith("COMP"));
const read = (name: string): string => readFileSync(join(import.meta.dirname, "../../fixtures/lint", name), "utf8");
const complete = read("complete.yaml");

function lint(
  text: string,
  stage: string,
  { today = "2026-11-24", facts = {} }: { today?: string; facts?: KnownFacts } = {},
): readonly Finding[] {
  const header = new Map([
    ["stage", stage],
    ["today", today],
  ]);
  return lintCase({ text, header, facts, markers: [], file: "", policy: "" }, rules).findings.filter(({ code }) => code.startsWith("COMP"));
}

const codes = (findings: readonly Finding[]): readonly string[] => [...new Set(findings.map(({ code }) => code))].sort();

/** The complete file without one of its blocks. */
function without(key: string): string {
  const document = parseDocument(complete);
  document.delete(key);
  return document.toString();
}

const credit = (extra: string, purpose = "Score the credit of people who ask for a loan."): string =>
  `version: 1\nname: m\npurpose: ${purpose}\nrisk: minimal\npersonal_data: no\nbase_model: none\nai_act:\n  role: provider\n  prohibited_check: no\n  annex_i: none\n${extra}`;

describe("the fixes where a block of the complete file lacks", () => {
  it.each(
    "ai_act gdpr docs risks oversight robustness logging conformity incidents deployer_duties fria transparency risk personal_data".split(
      " ",
    ),
  )("change nothing the second time and leave the file readable without %s", (key) => {
    const text = without(key);
    const fixes = lint(text, "staging").flatMap((finding) => finding.fixes);
    expect(fixes).not.toEqual([]);
    for (const fix of fixes) {
      const once = applyFix(text, fix);
      expect(applyFix(once, fix), fix.title).toBe(once);
      expect(parseDocument(once).errors, fix.title).toEqual([]);
    }
  });

  it("are never safe: each names a person, answers a legal question or holds a place", () => {
    const fixes = lint("version: 1\nrisk: high\npersonal_data: yes\n", "production").flatMap((finding) => finding.fixes);
    expect(fixes.filter(({ safe }) => safe)).toEqual([]);
  });
});

describe("the weight of what nobody has answered", () => {
  const severities = (text: string, stage: string, code: string): readonly string[] =>
    lint(text, stage)
      .filter((finding) => finding.code === code)
      .map(({ severity }) => severity);

  it.each([
    ["COMP01", "risk: unsure\npurpose: Rank job applications for a recruiter.\nai_act: {role: provider}\n", ["warning"], ["error"]],
    ["COMP02", "ai_act: {prohibited_check: unsure}\n", ["warning"], ["warning"]],
    ["COMP02", "ai_act: {prohibited_check: yes}\n", ["error"], ["error"]],
    ["COMP13", "personal_data: unsure\n", ["warning"], ["error"]],
    ["COMP17", "personal_data: yes\ngdpr: {automated_decision: {alone: no}, dpia: unsure}\n", [], ["error"]],
    ["COMP11", "risk: high\nai_act: {role: provider}\ndeployer_duties: not_applicable\nfria: unsure\n", [], ["error"]],
  ])("of %s is greater before a release: %s", (code, text, early, late) => {
    expect([severities(`version: 1\n${text}`, "development", code), severities(`version: 1\n${text}`, "production", code)]).toEqual([
      early,
      late,
    ]);
  });
});

describe("credit scoring", () => {
  const exception = "  exception: {ground: 6(3)(d), assessment: docs/a.md, registration: R-1}\n";

  it("is refused with an exception and profiling", () => {
    const found = lint(credit(`  annex_iii: ["5b"]\n  profiling: yes\n${exception}`), "development").filter(
      ({ code }) => code === "COMP03",
    );
    expect(found.map(({ severity, message }) => [severity, message.includes("profiling rules out")])).toEqual([["error", true]]);
  });

  it("is refused below high without an exception, and with a part of one", () => {
    expect(codes(lint(credit('  annex_iii: ["5b"]\n  profiling: no\n'), "development"))).toContain("COMP03");
    expect(
      codes(
        lint(
          credit('  annex_iii: ["5b"]\n  profiling: no\n  exception: {ground: 6(3)(d), assessment: TODO, registration: R-1}\n'),
          "development",
        ),
      ),
    ).toContain("COMP03");
  });

  it("is left alone with a full exception", () => {
    expect(codes(lint(credit(`  annex_iii: ["5b"]\n  profiling: no\n${exception}`), "staging"))).not.toContain("COMP03");
  });

  it("is not what finding fraud is called", () => {
    const fraud = lint(credit('  annex_iii: ["5b"]\n  profiling: no\n', "Find card fraud in payments."), "staging");
    expect(codes(fraud)).not.toContain("COMP03");
  });
});

describe("the calendar", () => {
  it("says on 24 November 2026 what applies and what comes", () => {
    expect(lint(without("oversight"), "staging")[0]?.message).toContain("from 2 Dec 2027");
    expect(lint(without("transparency"), "staging")[0]?.message).toContain("applies now");
  });

  it("raises the weight 90 days before a duty begins", () => {
    const weight = (today: string): readonly string[] =>
      lint(without("conformity"), "production", { today }).map(({ severity }) => severity);
    expect([weight("2027-09-02"), weight("2027-09-03")]).toEqual([["warning"], ["error"]]);
  });

  it("lets marking of older generative models be due later", () => {
    const text = "version: 1\ntags: [generated_content]\nai_act: {placed_on_market: 2026-01-15}\n";
    const weight = (today: string): unknown => lint(text, "production", { today }).find(({ code }) => code === "COMP12")?.severity;
    expect([weight("2026-12-01"), weight("2026-12-02")]).toEqual(["warning", "error"]);
  });
});

describe("columns and secrets", () => {
  it("speak against a no", () => {
    const text = "version: 1\npersonal_data: no\ndata: [{path: a.csv, use: train}]\n";
    const found = lint(text, "development", { facts: { columns: { "a.csv": ["email", "ip_ratio_shipment"] } } }).filter(
      ({ code }) => code === "COMP13",
    );
    expect(found.map(({ message }) => message.includes('"email"'))).toEqual([true]);
  });

  it("never repeats a secret, and lets nobody silence it", () => {
    const secret = `ghp_${"a1B2".repeat(10)}`;
    const text = `version: 1\ntrain: {params: {token: ${secret}}}\nlint: {ignore: [{rule: COMP19, why: we know about this one, until: 2027-01-31, by: a@x.org}]}\n`;
    const found = lint(text, "development").filter(({ severity }) => severity === "error");
    expect(found.filter(({ code }) => code === "COMP19")).toHaveLength(1);
    expect(JSON.stringify(lint(text, "development").map(({ message, fixes }) => [message, fixes]))).not.toContain(secret);
  });
});
