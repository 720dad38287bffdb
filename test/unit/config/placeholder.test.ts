import { describe, expect, it } from "vitest";
import { isMissing, isMissingSentence, isPlaceholder } from "../../../src/core/config/placeholder";

const PLACEHOLDERS = [
  ...[
    "",
    "   ",
    "\n",
    "-",
    "--",
    "...",
    "…",
    "?",
    "???",
    "_",
    "TODO",
    "todo",
    "To-do",
    "TODO: ask Ana",
    "TODO(ana)",
    "todo@example.org",
    "tbd",
  ],
  ...["TBD.", "TBA", "tbc", "FIXME", "xxx", "XXXX", "n/a", "N/A", "n.a.", "<owner>", "<your e-mail>", "{{ owner }}", "[name]", "${OWNER}"],
  ...["change me", "Changeme", "to be defined", "To be determined", "your name", "placeholder", "Lorem ipsum"],
];

const ANSWERS = [
  ...[
    "none",
    "no",
    "not_applicable",
    "not applicable",
    "ana@example.org",
    "Todorov",
    "todo-app",
    "todo/list.md",
    "Nadia",
    "NA",
    "n/a-report.md",
  ],
  ...["xx", "xxxl", "1", "0", "≥ 1", "日本", "Æ", "pending", "<a> and <b>", "tbdata", "TODOIST import", "__proto__", "team-b"],
];

describe("isPlaceholder", () => {
  it.each(PLACEHOLDERS)("takes %j for a placeholder", (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each(ANSWERS)("takes %j for an answer", (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it("is done at once with a very long text", () => {
    expect(isPlaceholder("<".repeat(1_000_000))).toBe(true);
    expect(isPlaceholder(`${" ".repeat(1_000_000)}a`)).toBe(false);
  });
});

describe("isMissing", () => {
  it("lets people be unsure until staging", () => {
    for (const word of ["unsure", "Team", "unknown", " the team "]) {
      expect(isMissing(word, "development"), word).toBe(false);
      expect(isMissing(word, "staging"), word).toBe(true);
      expect(isMissing(word, "production"), word).toBe(true);
    }
  });

  it("finds what is not written missing in each stage", () => {
    expect(isMissing(undefined, "development")).toBe(true);
    expect(isMissing("TODO", "development")).toBe(true);
    expect(isMissing("ana@example.org", "production")).toBe(false);
  });
});

describe("isMissingSentence", () => {
  it.each([
    ["Predict churn", true],
    ["Predict - churn", true],
    ["Predict which customers leave", false],
    ["TODO say what it is for", true],
    ["離職しそうな顧客を予測する", false],
    ["予測", true],
    ["a b c", false],
    [undefined, true],
  ])("judges %j", (text, missing) => {
    expect(isMissingSentence(text, "development")).toBe(missing);
  });
});
