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

function without(...path: string[]): string {
  const document = parseDocument(complete);
  document.deleteIn(path);
  return document.toString();
}

const credit = (extra: string, purpose = "Score the credit of people who ask for a loan."): string =>
  `version: 1\nname: m\npurpose: ${purpose}\nrisk: minimal\npersonal_data: no\nbase_model: none\nai_act:\n  role: provider\n  prohibited_check: no\n  annex_i: none\n${extra}`;

describe("the complete file", () => {
  it("has no finding in staging", () => {
    expect(lint(complete, "staging")).toEqual([]);
  });

  it.each([
    ["purpose", "COMP01"],
    ["risk", "COMP01"],
    ["ai_act.role", "COMP01"],
    ["ai_act.prohibited_check", "COMP02"],
    ["ai_act.annex_iii", "COMP03"],
    ["ai_act.annex_i", "COMP03"],
    ["ai_act.profiling", "COMP03"],
    ["docs", "COMP04"],
    ["docs.annex_iv", "COMP04"],
    ["docs.instructions_for_use", "COMP04"],
    ["evaluation.signed_by", "COMP04"],
    ["risks", "COMP05"],
    ["data", "COMP06"],
    ["logging", "COMP07"],
    ["oversight", "COMP08"],
    ["robustness", "COMP09"],
    ["conformity", "COMP10"],
    ["incidents", "COMP10"],
    ["deployer_duties", "COMP11"],
    ["fria", "COMP11"],
    ["transparency", "COMP12"],
    ["personal_data", "COMP13"],
    ["gdpr.special_categories", "COMP13"],
    ["gdpr.legal_basis", "COMP14"],
    ["gdpr.purpose", "COMP15"],
    ["gdpr.controller", "COMP16"],
    ["gdpr.people", "COMP16"],
    ["gdpr.categories", "COMP16"],
    ["gdpr.recipients", "COMP16"],
    ["gdpr.retention", "COMP16"],
    ["gdpr.erasure", "COMP16"],
    ["gdpr.notice", "COMP16"],
    ["gdpr.rights_contact", "COMP16"],
    ["gdpr.security", "COMP16"],
    ["gdpr.automated_decision", "COMP17"],
    ["gdpr.dpia", "COMP17"],
    ["gdpr.processors", "COMP18"],
    ["gdpr.transfers", "COMP18"],
    ["base_model", "COMP19"],
  ])("without %s raises %s alone", (path, code) => {
    expect(codes(lint(without(...path.split(".")), "staging"))).toEqual([code]);
  });

  it.each([
    "ai_act",
    "gdpr",
    "docs",
    "risks",
    "oversight",
    "robustness",
    "logging",
    "conformity",
    "incidents",
    "fria",
    "risk",
    "personal_data",
  ])("without %s has fixes that change nothing the second time and leave the file readable", (key) => {
    const text = without(key);
    for (const fix of lint(text, "staging").flatMap(({ fixes }) => fixes)) {
      const once = applyFix(text, fix);
      expect(applyFix(once, fix), fix.title).toBe(once);
      expect(parseDocument(once).errors, fix.title).toEqual([]);
    }
  });

  it("never says compliant", () => {
    const texts = ["development", "staging", "production"]
      .flatMap((stage) => lint("version: 1\nrisk: high\npersonal_data: yes\n", stage))
      .flatMap(({ message, noFix, meta, fixes }) => [message, noFix ?? "", meta.why, meta.summary, ...fixes.map(({ title }) => title)]);
    expect(texts.filter((text) => /compliant/i.test(text))).toEqual([]);
  });
});

describe("the 12-line file", () => {
  it("has no error in development", () => {
    expect(lint(read("start.yaml"), "development").filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("is stopped in production by what is unsure", () => {
    const errors = lint(read("start.yaml"), "production").filter(({ severity }) => severity === "error");
    expect(codes(errors)).toEqual(["COMP01", "COMP13"]);
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
