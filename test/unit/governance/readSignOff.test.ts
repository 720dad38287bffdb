import { describe, expect, it } from "vitest";

import { readSignOff } from "../../../src/core/governance/readSignOff";

describe("readSignOff", () => {
  it("reads what a person wrote", () => {
    const signOff = readSignOff(`subject: launch
who: {name: Mia Berg, email: Mia@Example.org, role: requirements}
when: 2026-11-10T09:00:00Z
commit: 3f2c1ab
model: {name: churn, version: 14, digest: "sha256:ab"}
config_sha256: cd
decision: approve
conditions:
  - run the bias test again
  - {what: tell support, answer: done}
  - {answer: ""}
evidence: [{path: reports/eval.json, sha256: "sha256:AB"}, docs/notes.md, {sha256: x}]
asked: {role: requirements, people: [Mia@Example.org]}
statement: The scores hold for each group; I checked the report.
expires: 2027-05-10
`);
    expect(signOff).toEqual({
      subject: "launch",
      name: "Mia Berg",
      email: "mia@example.org",
      role: "requirements",
      when: "2026-11-10T09:00:00Z",
      commit: "3f2c1ab",
      model: { name: "churn", version: "14", digest: "sha256:ab" },
      configSha256: "cd",
      decision: "approve",
      conditions: [
        { text: "run the bias test again", isAnswered: false },
        { text: "tell support", isAnswered: true },
        { text: "a condition without words", isAnswered: false },
      ],
      evidence: [
        { path: "reports/eval.json", sha256: "ab" },
        { path: "docs/notes.md", sha256: null },
      ],
      asked: { role: "requirements", people: ["mia@example.org"] },
      statement: "The scores hold for each group; I checked the report.",
      expires: "2027-05-10",
      supersedes: null,
    });
  });

  it("leaves open what a draft leaves open", () => {
    const draft = readSignOff("subject: data\nwho: {name: , email: , role: data_steward}\ndecision:\nstatement: ''\n");
    expect([draft.email, draft.decision, draft.statement]).toEqual([null, null, null]);
    expect(draft.role).toBe("data_steward");
  });

  it.each([
    ["subject: [", /cannot be read/],
    ["- a", /no YAML mapping/],
    ["", /no YAML mapping/],
    [`statement: ${"x".repeat(300_000)}`, /larger/],
    [`a: &a [x, x]\n${Array.from({ length: 40 }, (_, n) => `k${n}: [${"*a, ".repeat(30)}]`).join("\n")}`, /alias/i],
  ])("refuses %.20s", (text, reason) => {
    expect(() => readSignOff(text)).toThrow(reason);
  });
});
