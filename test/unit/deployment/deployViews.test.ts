import { describe, expect, it } from "vitest";

import type { Deployment } from "../../../src/core/deployment/deployment";
import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import type { GateCheck, GateDecision } from "../../../src/core/deployment/gate/gate";
import { toDeployChoices } from "../../../src/core/deployment/view/toDeployChoices";
import { toDeploymentView } from "../../../src/core/deployment/view/toDeploymentView";
import { gateVerdict, toDeployPlanView } from "../../../src/core/deployment/view/toDeployPlanView";
import { aVersion, gateResult } from "../../builders/deployWorld";
import { targetSpec } from "../../builders/targetSpec";

const WISH = { config: "mlops.yaml", target: "staging", version: "2", isRollback: false } as const;

function check(result: GateDecision, id: string = result): GateCheck {
  return { id, result, message: `It is ${result}.`, evidence: [], remedy: null };
}

function planOf(changes: Partial<DeployPlan> = {}): DeployPlan {
  return {
    schema: 1,
    intent: "deploy",
    deploymentId: "churn-20261130-100000-abcdef",
    product: "churn",
    config: "mlops.yaml",
    configHash: "c".repeat(64),
    spec: targetSpec({ alias: "challenger" }),
    version: "2",
    digest: null,
    runId: null,
    source: null,
    previous: "1",
    facts: {
      health: { ok: true, message: "There." },
      version: "1",
      canTell: true,
      since: 0,
      state: "1",
      warnings: [],
      blockers: [],
      webUrl: null,
    },
    gate: gateResult(WISH),
    differences: [],
    steps: [
      { id: "set-alias", text: "Move it.", risk: null, action: { kind: "request", method: "POST", url: "http://x/alias", body: { a: 1 } } },
    ],
    wayBack: [],
    input: null,
    checks: [],
    confirmBy: null,
    commit: null,
    reason: null,
    createdAt: 0,
    expiresAt: 1,
    hash: "a".repeat(64),
    ...changes,
  } as DeployPlan;
}

describe("a plan on its page", () => {
  it.each([
    [[check("pass")], "pass", "Passed: its only check is fine."],
    [[check("pass", "a"), check("pass", "b")], "pass", "Passed: all 2 checks are fine."],
    [[check("warn", "a"), check("warn", "b"), check("pass")], "warn", "Passed with warnings: 2 checks should be looked at."],
    [[check("block"), check("pass")], "block", "Blocked by 1 check."],
    [[check("could_not_judge")], "could_not_judge", "Could not judge 1 check, so that it does not pass."],
  ] as const)("says the gate's answer in a sentence (%#)", (checks, decision, sentence) => {
    expect(gateVerdict(gateResult(WISH, { checks, decision }))).toBe(sentence);
  });

  it("shows the exact request, and the command as a shell would need it", () => {
    const { steps } = toDeployPlanView(planOf());
    expect(steps[0]?.action).toBe('POST http://x/alias\n{\n  "a": 1\n}');
    const action = { kind: "command", argv: ["./release.sh", "a b; rm", "$(x)"], shell: false, cwd: "/" } as const;
    const shown = toDeployPlanView(planOf({ steps: [{ id: "run", text: "Run it.", risk: null, action }] }));
    expect(shown.steps[0]?.action).toBe("./release.sh 'a b; rm' '$(x)'");
  });

  it("shows evidence with its place, so that a click opens it", () => {
    const evidence = [
      { file: "reports/eval.json", line: 3, value: "0.7", sha256: "b".repeat(64) },
      { file: null, source: "registry" },
    ];
    const one: GateCheck = { ...check("block"), evidence };
    const { gate, blocked } = toDeployPlanView(planOf({ gate: gateResult(WISH, { decision: "block", checks: [one] }) }));
    expect(gate.checks[0]?.evidence).toEqual([
      { text: "reports/eval.json:3 · 0.7 · sha256 bbbbbbbbbbbb", file: "reports/eval.json", line: 3 },
      { text: "registry", file: null, line: null },
    ]);
    expect(blocked).toEqual(["It is block."]);
  });

  it("lets a gate that only warns through, and says so", () => {
    const gate = gateResult(WISH, { decision: "block", mode: "warn", checks: [check("block")] });
    expect(toDeployPlanView(planOf({ gate }))).toMatchObject({ blocked: [], gate: { onlyWarns: true } });
  });

  it("names an exception with its people and its end", () => {
    const exception = { file: ".mlops/signoffs/x.yaml", until: "2026-12-01T00:00:00Z", by: ["ana@example.org", "leo@example.org"] };
    expect(toDeployPlanView(planOf({ gate: gateResult(WISH, { exception }) })).gate.exception).toBe(
      "Let through by the emergency exception .mlops/signoffs/x.yaml of ana@example.org and leo@example.org, until 2026-12-01T00:00:00Z.",
    );
  });

  it("says that a target cannot tell what it has", () => {
    const facts = { ...planOf().facts, canTell: false, version: null };
    const there = toDeployPlanView(planOf({ previous: null, facts })).facts.find(({ label }) => label === "There now");
    expect(there?.value).toBe("the target cannot tell which version it has");
  });
});

describe("a deployment on its page", () => {
  const ended: Deployment = {
    schema: 1,
    id: "churn-20261130-100000-abcdef",
    intent: "deploy",
    product: "churn",
    config: "mlops.yaml",
    target: "staging",
    type: "mlflow_alias",
    model: "churn",
    version: "2",
    previous: "1",
    planHash: "a".repeat(64),
    state: "succeeded",
    message: null,
    steps: [],
    health: null,
    scoring: null,
    serves: "2",
    who: "Ana",
    startedAt: 0,
    endedAt: 5,
  };

  it.each([
    [{}, true],
    [{ endedAt: null, state: "running" }, false],
    [{ previous: null }, false],
    [{ state: "rolled_back" }, false],
    [{ intent: "rollback" }, false],
  ] as const)("offers the way back only where there is one: %j", (changes, can) => {
    expect(toDeploymentView({ ...ended, ...changes }).canRollBack).toBe(can);
  });

  it("says health as icon and word", () => {
    const health = { state: "unhealthy", message: "HTTP 500.", version: "2", requests: null, replicas: null, since: null } as const;
    expect(toDeploymentView({ ...ended, health }).health).toEqual({ result: "block", message: "Unhealthy: HTTP 500." });
  });
});

describe("what may be chosen", () => {
  it("names aliases, stages and what is not ready", () => {
    const versions = [
      aVersion("3", { status: "PENDING_REGISTRATION" }),
      aVersion("2", { aliases: ["champion"], stage: "Production", creationTime: Date.UTC(2026, 10, 30) }),
    ];
    const { targets, versions: shown } = toDeployChoices([{ name: "production", type: "mlflow_alias", version: "2" }], versions, []);
    expect(targets).toEqual([{ value: "production", label: "production · MLflow alias · now version 2" }]);
    expect(shown.map(({ label }) => label)).toEqual([
      "Version 3 · pending registration",
      "Version 2 · @champion · Production · 2026-11-30",
    ]);
  });
});
