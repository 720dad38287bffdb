import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DeploymentEntry } from "../../../src/core/deployment/deployment";
import { versionBefore, versionByLog } from "../../../src/core/deployment/versionBefore";

function entry(version: string, previous: string | null, more: Partial<DeploymentEntry> = {}): DeploymentEntry {
  return {
    at: "2026-11-30T12:00:00.000Z",
    deployment: "churn-20261130-120000-a1b2c3",
    intent: "deploy",
    product: "churn-model",
    target: "staging",
    type: "mlflow_alias",
    model: "churn",
    version,
    previous,
    digest: null,
    commit: null,
    plan: "p",
    gate: { decision: "pass", hash: "h" },
    state: "succeeded",
    serves: version,
    who: null,
    reason: null,
    message: null,
    ...more,
  };
}

const UNKNOWN_ENDS = ["failed", "cancelled", "interrupted"] as const;

describe("the version before", () => {
  it("is none where nothing was released", () => {
    expect(versionBefore([], null)).toBeNull();
    expect(versionBefore([entry("1", null)], "1")).toBeNull();
  });

  it("counts what was there before the first release that the log knows", () => {
    expect(versionBefore([entry("2", "1")], "2")).toBe("1");
  });

  it("passes over what failed and went back", () => {
    const failed = entry("3", "2", { state: "rolled_back", serves: "2" });
    expect(versionBefore([entry("1", null), entry("2", "1"), failed], "2")).toBe("1");
  });

  it("is what was there before a release that was interrupted", () => {
    const left = entry("3", "2", { state: "interrupted", serves: "3" });
    expect(versionBefore([entry("1", null), entry("2", "1"), left], "3")).toBe("2");
    expect(versionBefore([entry("1", null), entry("2", "1"), left], "2")).toBe("2");
  });

  it.each(UNKNOWN_ENDS)("is what was there before a release that ended as %s without knowing what is there", (state) => {
    const entries = [entry("1", null), entry("2", "1"), entry("3", "2", { state, serves: null })];
    expect(versionBefore(entries, null)).toBe("2");
    const again = [...entries, entry("4", null, { state, serves: null })];
    expect(versionBefore(again, null)).toBe("2");
    expect(versionBefore([...again, entry("5", null)], "5")).toBe("2");
    expect(versionBefore([entry("1", null, { state, serves: null })], null)).toBeNull();
  });

  it("is the newest of the log where somebody moved the place elsewhere", () => {
    expect(versionBefore([entry("1", null), entry("2", "1")], "7")).toBe("2");
  });

  it("goes down the releases one by one, whatever was released", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 12 }), (numbers) => {
        const versions = numbers.map(String);
        const entries = versions.map((version, index) => entry(version, versions[index - 1] ?? null));
        for (let current = versions.length - 1; current > 0; current -= 1) {
          const now = versions[current] ?? "";
          const before = versionBefore(entries, now);
          expect(before).toBe(versions[current - 1]);
          entries.push(entry(before ?? "", now, { intent: "rollback" }));
        }
        expect(versionBefore(entries, versions[0] ?? "")).toBeNull();
      }),
    );
  });

  it("never is the one that is there", () => {
    const states = fc.constantFrom("succeeded" as const, "failed" as const, "rolled_back" as const, "cancelled" as const);
    const one = fc.record({
      version: fc.constantFrom("1", "2", "3"),
      intent: fc.constantFrom("deploy" as const, "rollback" as const),
      state: states,
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 15 }), (all) => {
        const now: { held: string | null } = { held: null };
        const entries = all.map(({ version, intent, state }) => {
          const made = entry(version, now.held, { intent, state });
          now.held = state === "succeeded" ? version : now.held;
          return made;
        });
        const before = versionBefore(entries, now.held);
        expect(before === null || before !== now.held).toBe(true);
      }),
    );
  });
});

describe("the version by the log", () => {
  it("is the last that was released, or that was put back", () => {
    expect(versionByLog([])).toBeNull();
    expect(versionByLog([entry("1", null)])).toBe("1");
    expect(versionByLog([entry("1", null), entry("2", "1", { state: "rolled_back", serves: null })])).toBe("1");
  });

  it("is what the target told at the end of a release that failed", () => {
    expect(versionByLog([entry("1", null), entry("2", "1", { state: "failed", serves: "2" })])).toBe("2");
    expect(versionByLog([entry("1", null), entry("2", "1", { state: "failed", serves: "1" })])).toBe("1");
    expect(versionByLog([entry("1", null), entry("2", "1", { state: "interrupted", serves: "3" })])).toBe("3");
  });

  it.each(UNKNOWN_ENDS)("is not known after one that ended as %s without knowing what is there, until the next that works", (state) => {
    const entries = [entry("1", null), entry("2", "1", { state, serves: null })];
    expect(versionByLog(entries)).toBeNull();
    expect(versionByLog([...entries, entry("3", null, { serves: null })])).toBe("3");
  });
});
