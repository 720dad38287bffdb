import { describe, expect, it } from "vitest";

import { dueReminders } from "../../../src/core/governance/dueReminders";
import type { NeededSignOff, SignOffRegister, SignOffStanding } from "../../../src/core/governance/signOffStanding";
import { waitsForMe } from "../../../src/core/governance/waitsForMe";
import { signOffStanding } from "../../builders/signOffStandings";

const NEEDED: NeededSignOff = {
  ...{ subject: "launch", role: "requirements", ask: ["mia@example.org"], why: "It is needed.", blocks: true, isDue: true },
  ...{ standing: null, isMet: false, problem: "It is missing." },
};
const self = (email: string): string => email;

describe("waitsForMe", () => {
  it.each<readonly [string, Partial<NeededSignOff>, boolean]>([
    ["nobody decided", {}, true],
    ["it holds", { isMet: true }, false],
    ["it is not due", { isDue: false }, false],
    ["others are asked", { ask: ["leo@example.org"] }, false],
    ["there is a draft", { standing: signOffStanding({ state: "draft" }) }, true],
    ["it is stale", { standing: signOffStanding({ state: "stale" }) }, true],
    ["I said no", { standing: signOffStanding({ state: "rejected" }) }, false],
    ["my own change is not mine to approve", { standing: signOffStanding({ state: "refused", cause: "own_change" }) }, false],
    ["conditions are open", { standing: signOffStanding({ openConditions: ["test again"] }) }, true],
  ])("when %s", (_, said, expected) => {
    expect(waitsForMe({ ...NEEDED, ...said }, "mia@example.org", self)).toBe(expected);
  });
});

describe("dueReminders", () => {
  const register = (...all: readonly SignOffStanding[]): SignOffRegister => ({
    ...{ product: "churn", config: "mlops.yaml", needed: [], all, problems: [], binding: null },
  });
  const ending = (expires: string, said: Partial<SignOffStanding> = {}): SignOffStanding =>
    signOffStanding({ state: "expiring", expires, reason: `It ends on ${expires}.`, ...said });

  it("reminds once from 30 days and once from 7 days before the end", () => {
    const keys = (today: string): readonly string[] =>
      dueReminders([register(ending("2026-12-24"))], today).map(({ key }) => key.split("\n").at(-1) ?? "");
    expect(keys("2026-11-24")).toEqual(["30"]);
    expect(keys("2026-12-16")).toEqual(["30"]);
    expect(keys("2026-12-17")).toEqual(["7"]);
    expect(keys("2026-12-24")).toEqual(["7"]);
    expect(keys("2026-11-23")).toEqual([]);
  });

  it("reminds of none that does not hold, and of no exception", () => {
    const all = [ending("2026-11-25", { state: "stale" }), ending("2026-11-25", { subject: "exception" }), signOffStanding()];
    expect(dueReminders([register(...all)], "2026-11-24")).toEqual([]);
  });
});
