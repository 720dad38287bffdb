import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import { toTextEdits } from "../../../src/core/config/edit/toTextEdits";
import { readConfig } from "../../../src/core/config/readConfig";
import { AI_ACT_FIELD, ANNEX_III_POINTS, PROHIBITED_USES, RISK_FIELD } from "../../../src/core/config/schema/aiActFields";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import { runLint } from "../../../src/core/lint/runLint";
import { riskChanges } from "../../../src/core/riskCheck/riskChanges";
import { riskClassOf } from "../../../src/core/riskCheck/riskClass";
import { riskDraftOf } from "../../../src/core/riskCheck/riskDraft";
import type { RiskDraft } from "../../../src/core/riskCheck/riskQuestion";
import { riskQuestions, TOLD_USES } from "../../../src/core/riskCheck/riskQuestions";
import { lintContext } from "../../builders/lintContext";

const FIXTURES = join(import.meta.dirname, "../../fixtures/lint");
const START = readFileSync(join(FIXTURES, "start.yaml"), "utf8");
const COMPLETE = readFileSync(join(FIXTURES, "complete.yaml"), "utf8");
const TODAY = "2026-11-24";

/** The text with the answers in it. */
function answered(text: string, draft: RiskDraft): string {
  const result = toTextEdits(text, riskChanges(draft, readConfig(text).value, TODAY));
  if (!result.ok) {
    throw new Error(result.why);
  }
  return applyEdits(text, result.edits);
}

function codes(text: string, stage: "development" | "production" = "development"): readonly string[] {
  return runLint(lintContext(text, { stage }), ALL_RULES).findings.map(({ code }) => code);
}

const NOTHING: RiskDraft = { banned: [], areas: [], product: "no", told: [] };

describe("the class that follows", () => {
  it.each<readonly [string, RiskDraft, keyof typeof RISK_FIELD.choices]>([
    ["a ban weighs more than all else", { ...NOTHING, banned: ["social_scoring"], areas: null }, "prohibited"],
    ["an area", { ...NOTHING, areas: ["4a"] }, "high"],
    ["an area with an exception", { ...NOTHING, areas: ["4a"], profiling: "no", exception: "6(3)(d)" }, "minimal"],
    ["an exception of a model that profiles", { ...NOTHING, areas: ["5b"], profiling: "yes", exception: "6(3)(d)" }, "high"],
    ["an exception while profiling is open", { ...NOTHING, areas: ["5b"], profiling: null, exception: "6(3)(d)" }, "high"],
    ["a safety part that is assessed", { ...NOTHING, product: "yes", safety: "yes", assessed: "yes" }, "high"],
    ["a part that is not for safety", { ...NOTHING, product: "yes", safety: "no", assessed: null }, "minimal"],
    ["half of an answer", { ...NOTHING, product: "yes", safety: "yes", assessed: null }, "unsure"],
    ["an open answer", { ...NOTHING, banned: null }, "unsure"],
    ["no answer", {}, "unsure"],
    ["people who meet it", { ...NOTHING, told: ["chat"] }, "limited"],
    ["none of it", NOTHING, "minimal"],
  ])("%s: %j is %s", (_, draft, risk) => {
    expect(riskClassOf(draft)).toMatchObject({ risk, why: expect.stringMatching(/^[A-Z].*\.$/) as string });
  });
});

describe("the questions", () => {
  it("are eight, and the class at the end, which is never chosen beforehand", () => {
    const ids = riskQuestions({ areas: ["4a"] }, []).map(({ id }) => id);
    expect(ids).toEqual(["purpose", "role", "banned", "areas", "product", "profiling", "exception", "told", "risk"]);
    expect(riskQuestions(NOTHING, []).every(({ proposal }) => proposal === "")).toBe(true);
  });

  it("ask for a reason and a name where nothing banned is done, and for both halves where it is in a product", () => {
    const ids = riskQuestions({ banned: [], product: "yes", profiling: "yes", areas: ["4a"] }, []).map(({ id }) => id);
    expect(ids).toEqual([
      ...[
        "purpose",
        "role",
        "banned",
        "bannedWhy",
        "bannedBy",
        "areas",
        "product",
        "law",
        "safety",
        "assessed",
        "profiling",
        "told",
        "risk",
      ],
    ]);
  });

  it("let everything be open, and say none in an entry of its own", () => {
    for (const { id, many, choices, mayBeEmpty } of riskQuestions({ banned: [], areas: ["4a"], product: "yes" }, [])) {
      const values = choices?.map(({ value }) => value) ?? [];
      expect(mayBeEmpty || values.includes(null) || id === "risk", id).toBe(true);
      expect(values.includes("none"), id).toBe(many || id === "exception");
    }
  });

  it("know every ban and every point of Annex III, and hold no class back", () => {
    const questions = riskQuestions(NOTHING, []);
    const values = (id: string): readonly unknown[] => questions.find((one) => one.id === id)?.choices?.map(({ value }) => value) ?? [];
    expect(values("banned")).toEqual(expect.arrayContaining(Object.keys(PROHIBITED_USES)));
    expect(values("areas")).toEqual(expect.arrayContaining(Object.keys(ANNEX_III_POINTS)));
    expect(values("risk")[0]).toBe("minimal");
    expect([...values("risk")].sort()).toEqual(Object.keys(RISK_FIELD.choices).sort());
  });
});

describe("what is written", () => {
  it("ends the findings that ask for the class, with nobody's name and no reason made up", () => {
    const text = answered(START, {
      purpose: "Rank applications for a recruiter.",
      role: "provider",
      ...NOTHING,
      areas: ["4a"],
      profiling: "yes",
      risk: "high",
    });
    expect(codes(START)).toEqual(expect.arrayContaining(["COMP01", "COMP02"]));
    expect(codes(text).filter((code) => /COMP0[123]|EFF01/.test(code))).toEqual([]);
    const { value } = readConfig(text);
    expect(value.ai_act?.prohibited_check).toEqual({ answer: "no", reason: "TODO", by: "TODO", date: TODAY });
  });

  it("keeps what stands there where an answer is open", () => {
    expect(riskChanges({ role: null, banned: null, areas: null, product: null, profiling: null, told: null }, {}, TODAY)).toEqual([]);
    expect(answered(COMPLETE, riskDraftOf(readConfig(COMPLETE).value))).toBe(COMPLETE);
  });

  it("takes an exception back that is not open any more", () => {
    const text =
      "version: 1\nrisk: minimal\nai_act: {annex_iii: [5b], exception: {ground: 6(3)(d), assessment: a.md, registration: x}} # ours\n";
    const after = answered(text, { areas: ["5b"], profiling: "yes", risk: "high" });
    expect(readConfig(after).value.ai_act).toEqual({ annex_iii: ["5b"], exception: { ground: "none" }, profiling: true });
    expect(after).toContain("# ours");
  });

  it("is what was answered, for any answers on any file, without a value that the file may not have", () => {
    const some = (choices: object): fc.Arbitrary<readonly string[] | null> => fc.option(fc.subarray(Object.keys(choices)));
    const answer = fc.option(fc.constantFrom("yes", "no"));
    const drafts = fc.record({
      purpose: fc.option(fc.constantFrom("Rank applications for a recruiter.", "Say: who leaves? # soon")),
      role: fc.option(fc.constantFrom(...Object.keys(AI_ACT_FIELD.fields.role.choices).filter((role) => role !== "unsure"))),
      banned: some(PROHIBITED_USES),
      bannedWhy: fc.option(fc.constantFrom("It does nothing of that kind.")),
      bannedBy: fc.option(fc.constantFrom("ines@example.org")),
      areas: some(ANNEX_III_POINTS),
      product: answer,
      law: fc.option(fc.constantFrom("Regulation (EU) 2017/745")),
      safety: answer,
      assessed: answer,
      profiling: answer,
      exception: fc.option(fc.constantFrom(...Object.keys(AI_ACT_FIELD.fields.exception.fields.ground.choices))),
      told: some(TOLD_USES),
      risk: fc.constantFrom(...Object.keys(RISK_FIELD.choices)),
    });
    fc.assert(
      fc.property(
        drafts,
        fc.constantFrom(START, COMPLETE, START.replaceAll("\n", "\r\n"), "version: 1\nai_act:\n  # later\n  role: unsure\n"),
        (draft, text) => {
          const once = answered(text, draft);
          const { value, problems } = readConfig(once);
          expect(problems).toEqual([]);
          expect(answered(once, draft)).toBe(once);
          const read = riskDraftOf(value);
          for (const id of ["purpose", "role", "areas", "risk"] as const) {
            expect(draft[id] === null ? null : read[id]).toEqual(draft[id]);
          }
          if (draft.banned !== null) {
            expect(read.banned).toEqual(draft.banned);
          }
          expect(/[^\r]\n/.test(once)).toBe(/[^\r]\n/.test(text));
        },
      ),
      { numRuns: 25 },
    );
  });
});
