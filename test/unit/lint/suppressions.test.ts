import { describe, expect, it } from "vitest";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import { runLint } from "../../../src/core/lint/runLint";
import { readSuppressions } from "../../../src/core/lint/suppressions";
import { lintContext } from "../../builders/lintContext";

const METAS = ALL_RULES.map(({ meta }) => meta);
const GOOD = { rule: "COST01", why: "The budget is set in spring.", until: "2027-03-31", by: "ana@example.org" };

const fileWith = (...entries: readonly object[]): string =>
  `version: 1\npersonal_data: yes\nrisk: minimal\nlint:\n  ignore: ${JSON.stringify(entries)}\n`;

function read(entry: object, today = "2026-11-24"): ReturnType<typeof readSuppressions> {
  return readSuppressions(lintContext(fileWith(entry), { today }), METAS);
}

describe("an entry of lint.ignore", () => {
  it.each(["COST01", "cost01", "budget-missing", " Budget-Missing "])("silences the rule that it names %j", (rule) => {
    const { active, expired, problems } = read({ ...GOOD, rule });
    expect([...active]).toEqual([["budget-missing", { ...GOOD, rule: "budget-missing" }]]);
    expect([expired.size, problems]).toEqual([0, []]);
  });

  it("holds on its last day and ends the day after", () => {
    expect([...read(GOOD, "2027-03-31").active.keys()]).toEqual(["budget-missing"]);
    const { active, expired } = read(GOOD, "2027-04-01");
    expect([[...active.keys()], [...expired.keys()]]).toEqual([[], ["budget-missing"]]);
  });

  it.each([
    [{ ...GOOD, by: undefined }, "by is missing."],
    [{ ...GOOD, until: "" }, "until is missing."],
    [{ ...GOOD, why: "TODO" }, "why is missing; the reason is a sentence"],
    [{ ...GOOD, why: "legacy" }, "why is missing; the reason is a sentence"],
    [{}, "rule and why and until and by are missing"],
  ])("is a finding while it is incomplete: %j", (entry, message) => {
    const { active, problems } = read(entry);
    expect(active.size).toBe(0);
    expect(problems).toMatchObject([{ rule: "config-invalid", severity: "error", suppressible: false, fixes: [] }]);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.noFix).not.toBe("");
  });

  it("silences nothing with a day that does not exist, which is told once, where the file is read", () => {
    const text = fileWith({ ...GOOD, until: "2027-02-30" });
    const { active, expired, problems } = readSuppressions(lintContext(text), METAS);
    expect([active.size, expired.size, problems.length]).toEqual([0, 0, 0]);
    const told = runLint(lintContext(text), ALL_RULES).findings.filter(({ rule }) => rule === "config-invalid");
    expect(told.map(({ message }) => message.includes("2027-02-30"))).toEqual([true]);
  });

  it("must name a rule that there is", () => {
    const { active, problems } = read({ ...GOOD, rule: "y".repeat(500) });
    expect(active.size).toBe(0);
    expect(problems[0]?.message).toBe(`There is no rule "${"y".repeat(100)}".`);
  });

  it.each(["RESP01", "COMP02", "COMP03", "EFF01"])("cannot silence %s", (rule) => {
    const { active, problems } = read({ ...GOOD, rule });
    expect(active.size).toBe(0);
    expect(problems[0]?.message).toContain(`(${rule}) may not be left as it is`);
  });

  it("may be renewed: the one that still holds counts", () => {
    const text = fileWith({ ...GOOD, until: "2026-06-30" }, GOOD);
    const { active, expired } = readSuppressions(lintContext(text), METAS);
    expect([active.get("budget-missing")?.until, expired.size]).toEqual(["2027-03-31", 0]);
  });

  it("does no harm with names such as __proto__", () => {
    const { active, problems } = read({ ...GOOD, rule: "__proto__" });
    expect([active.size, problems.length]).toEqual([0, 1]);
  });
});

describe("a finding of a rule that is left as it is", () => {
  const lint = (today: string, entry: object = GOOD): ReturnType<typeof runLint> =>
    runLint(lintContext(fileWith(entry), { stage: "staging", today }), ALL_RULES);

  it("is kept apart with its reason", () => {
    const { findings, suppressed } = lint("2026-11-24");
    expect(findings.filter(({ code }) => code === "COST01")).toEqual([]);
    expect(suppressed.map(({ finding, suppression }) => [finding.code, suppression.by])).toEqual([["COST01", "ana@example.org"]]);
  });

  it("comes back after the last day and says so", () => {
    const { findings, suppressed } = lint("2027-04-01");
    expect(suppressed).toEqual([]);
    expect(findings.find(({ code }) => code === "COST01")?.message).toMatch(/\(It was left as it is until 2027-03-31\.\)$/);
  });

  it("is told when it is a secret", () => {
    const text = `${fileWith({ ...GOOD, rule: "COMP19" })}train: {params: {password: correct-horse-battery}}\n`;
    const { findings, suppressed } = runLint(lintContext(text, { stage: "staging" }), ALL_RULES);
    expect(findings.filter(({ code }) => code === "COMP19").map(({ severity }) => severity)).toEqual(["error"]);
    expect(suppressed.map(({ finding }) => finding.code)).toEqual(["COMP19"]);
  });
});
