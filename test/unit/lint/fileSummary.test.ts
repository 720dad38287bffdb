import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import { readCalendar } from "../../../src/core/config/regulationCalendar";
import { fileSummary, findingsPart } from "../../../src/core/lint/fileSummary";

const calendar = readCalendar(JSON.parse(readFileSync(join(import.meta.dirname, "../../../schemas/regulation-calendar.json"), "utf8")));

function summary(text: string, today = "2026-11-10", findings: { errors: number; warnings: number } | null = { errors: 0, warnings: 0 }) {
  return fileSummary({ config: readConfig(text), findings, calendar, today });
}
const texts = (text: string, today?: string): readonly string[] => summary(text, today).map((part) => part.text);
const next = (text: string, today?: string): string | undefined => summary(text, today).find(({ kind }) => kind === "next")?.text;

describe("fileSummary", () => {
  it("names stage, owner, findings and the next day, in this order", () => {
    expect(texts("stage: production\nowner: ana@example.org\nreview: {next: 2027-05-10}")).toEqual([
      "production",
      "ana@example.org",
      "no errors or warnings",
      "next: review 10 May 2027",
    ]);
  });

  it("leads to where each part stands", () => {
    const text = "stage: production\nroles:\n  owner: {email: ana@example.org}\nreview: {next: 2027-05-10}";
    const at = summary(text).map(({ range }) => (range === null ? null : text.slice(range.start, range.end)));
    expect(at).toEqual(["production", "{email: ana@example.org}", null, "2027-05-10"]);
  });

  it.each([
    [0, 0, "no errors or warnings"],
    [1, 0, "1 error"],
    [2, 1, "2 errors, 1 warning"],
    [0, 7, "7 warnings"],
  ])("counts %i errors and %i warnings", (errors, warnings, text) => {
    expect(findingsPart({ errors, warnings }).text).toBe(text);
  });

  it("says nothing of findings before anybody judged the file", () => {
    expect(summary("stage: staging", "2026-11-10", null).map(({ kind }) => kind)).toEqual(["stage", "owner"]);
  });

  it.each(["", "owner: TODO", "owner: <name>", "roles: {owner: {}}"])("takes no placeholder for an owner: %j", (text) => {
    expect(texts(`stage: staging\n${text}`)[1]).toBe("no owner");
  });

  it("names a team where there is no address", () => {
    expect(texts('roles: {owner: {team: "@org/ml-ops"}}')).toEqual(["no stage", "@org/ml-ops", "no errors or warnings"]);
  });

  it("keeps a long or broken owner on one short line", () => {
    const [, owner = ""] = texts(`roles: {owner: {name: "Ana\\n${"x".repeat(10_000)}"}}`);
    expect(owner.length).toBe(60);
    expect(owner).toMatch(/^Ana x+…$/);
  });

  it("says that a file could not be read, and why", () => {
    const [part, ...others] = summary("- a list\n- of things");
    expect(others).toEqual([]);
    expect(part).toMatchObject({ kind: "unreadable", text: "could not read this file" });
    expect(part?.tooltip).not.toBe("");
    expect(texts(`a: ${"x".repeat(1_100_000)}`)).toEqual(["could not read this file"]);
  });

  it("reads what it can of a file with a fault", () => {
    expect(texts("stage: production\nowner: ana@example.org\nkpis: [{").slice(0, 2)).toEqual(["production", "ana@example.org"]);
  });
});

describe("the next day", () => {
  it("is reckoned from the last review", () => {
    expect(next("review: {every: 6 months, last: 2026-11-10}")).toBe("next: review 10 May 2027");
    expect(next("review: {every: 6 months}")).toBeUndefined();
  });

  it("is an overdue review before all others", () => {
    expect(next("risk: high\nreview: {next: 2026-11-09}")).toBe("review was due on 9 Nov 2026");
    expect(next("risk: high\nreview: {next: 2026-11-10}")).toBe("next: review 10 Nov 2026");
  });

  it("is the day on which duties for high risk begin, until they do", () => {
    expect(next("risk: high")).toBe("high-risk duties from 2 Dec 2027");
    expect(next("risk: high", "2027-12-01")).toBe("high-risk duties from 2 Dec 2027");
    expect(next("risk: high", "2027-12-02")).toBeUndefined();
    const product = "{law: MDR, safety_component: yes, third_party_assessment: yes}";
    expect(next(`risk: high\nai_act: {annex_i: ${product}}`)).toBe("high-risk duties from 2 Aug 2028");
  });

  it("is the day from which older systems mark what they generate", () => {
    expect(next("tags: [generated_content]\nai_act: {placed_on_market: 2026-01-01}")).toBe("marking of generated content from 2 Dec 2026");
    expect(next("tags: [generated_content]\nai_act: {placed_on_market: 2026-08-02}")).toBeUndefined();
  });

  it("is the end of a suppression", () => {
    const ignored = "lint: {ignore: [{rule: COST03, why: budget year ends, until: 2027-01-31, by: ana@example.org}]}";
    expect(next(ignored)).toBe("next: silence of COST03 ends on 31 Jan 2027");
    expect(next(ignored, "2027-02-01")).toBeUndefined();
  });

  it("is followed by the others in the tooltip", () => {
    const part = summary("risk: high\nreview: {next: 2027-05-10}").find(({ kind }) => kind === "next");
    expect(part?.tooltip).toContain("high-risk duties from 2 Dec 2027");
  });

  it("is none for a retired model, and for days that do not exist", () => {
    expect(next("stage: retired\nrisk: high\nreview: {next: 2027-05-10}")).toBeUndefined();
    expect(next("review: {next: 2027-02-30}")).toBeUndefined();
  });
});
