import { describe, expect, it } from "vitest";

import type { DeploymentEntry } from "../../../../src/core/deployment/deployment";
import type { DriftFact, GateFacts } from "../../../../src/core/deployment/gate/gateFacts";
import type { GateCheck } from "../../../../src/core/deployment/gate/gate";
import { judged, NOW } from "../../../builders/gateFacts";

const known = <T>(value: T): { readonly known: true; readonly value: T } => ({ known: true, value });

/** What was at work misses a target; the data are as the reference. */
const MISSED: DriftFact = {
  status: "fail",
  verdict: "f1 0.24 misses the target >= 0.85.",
  checkedAt: NOW - 3_600_000,
  isOld: false,
  file: ".mlops/monitoring/applicant-ranking/a.json",
  withoutScores: { status: "ok", verdict: "No drift in 4 columns." },
};

const released = (serves: string): DeploymentEntry => ({
  ...{
    at: "2026-11-20T10:00:00Z",
    deployment: "d",
    intent: "deploy",
    product: "applicant-ranking",
    target: "production",
    type: "mlflow_alias",
  },
  ...{ model: "applicant-ranking", version: serves, previous: null, digest: null, commit: null, plan: "", state: "succeeded", serves },
  ...{ gate: { decision: "pass", hash: "" }, who: null, reason: null, message: null },
});

function driftOf(changes: Partial<GateFacts>): GateCheck | undefined {
  return judged({ drift: known(MISSED), ...changes }).checks.find(({ id }) => id === "drift");
}

describe("a check that fails by what the version at work said", () => {
  it("does not hold back another version, where the data are as its reference, and is told", () => {
    // Without a line of the log the alias tells, which is at 13 while 14 is judged.
    for (const deployments of [known([]), known([released("12"), released("13")])]) {
      const check = driftOf({ deployments });
      expect(check?.result).toBe("warn");
      expect(check?.message).toContain("f1 0.24 misses the target");
      expect(check?.message).toContain("Version 13 is at work, and this is 14");
    }
  });

  it("does not hold back another version on its way to a target that has none yet, where another target has one", () => {
    const wish = { config: "mlops.yaml", target: "staging", version: null, isRollback: false };
    const check = driftOf({ wish, deployments: known([released("12"), released("13")]) });
    expect(check).toMatchObject({ result: "warn", message: expect.stringContaining("Version 13 is at work, and this is 14") as string });
    expect(driftOf({ wish, deployments: known([released("13"), released("14")]) })?.message).not.toContain("is at work, and this is");
  });

  it("holds back the version that is at work itself", () => {
    expect(driftOf({ deployments: known([released("14")]) })?.result).toBe("block");
  });

  it("holds back another version where the data drifted too", () => {
    const drift = known({ ...MISSED, withoutScores: { status: "fail" as const, verdict: "3 of 4 columns drifted: a, b, c." } });
    expect(driftOf({ drift })).toMatchObject({ result: "block", message: expect.stringContaining("misses the target") as string });
  });

  it("holds back any version where the data could not be judged, or nobody can tell what is at work", () => {
    const drift = known({ ...MISSED, withoutScores: { status: "unjudged" as const, verdict: "Drift could not be judged." } });
    expect(driftOf({ drift })?.result).toBe("block");
    const away = { known: false, why: "the store is away" } as const;
    expect(driftOf({ registry: away, deployments: known([]) })?.result).not.toBe("warn");
  });

  it("holds back another version where the check is too old to tell of the data", () => {
    expect(driftOf({ drift: known({ ...MISSED, isOld: true }) })?.result).toBe("block");
  });

  it("passes on a warning of the data beside it", () => {
    const drift = known({ ...MISSED, withoutScores: { status: "warn" as const, verdict: "1 of 4 columns drifted: minutes." } });
    expect(driftOf({ drift })?.result).toBe("warn");
  });
});
