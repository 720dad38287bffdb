import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployCheck, DeployPlan, DeployWish } from "../../../src/core/deployment/deployPlan";
import { deployPlanHash } from "../../../src/core/deployment/deployPlanHash";
import type { DeployTarget } from "../../../src/core/deployment/deployTarget";
import type { DeployWorld } from "../../../src/core/deployment/deployWorld";
import { DeployPlanner } from "../../../src/core/deployment/deployPlanner";
import { blockedBecause } from "../../../src/core/deployment/refuseDeployPlan";
import { deployPlanMarkdown, deployPlanText } from "../../../src/core/deployment/view/deployPlanText";
import { MLFLOW_TAG, type Run } from "../../../src/core/tracking/run";
import { aVersion, DEPLOY_CONFIG, DEPLOY_PRODUCT, deployWorld, sha256, writeProduct } from "../../builders/deployWorld";
import { fileTarget, holdAt } from "../../fakes/fileTarget";
import { aRun, MemoryStore } from "../../fakes/memoryStore";

const scratch = mkdtempSync(join(tmpdir(), "mlops-planner-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const KPIS = `${DEPLOY_PRODUCT}kpis:\n  - {name: f1, target: ">= 0.7"}\n  - {name: rmse, target: "<= 3"}\n  - {name: ece, target: "== 0"}\n`;

const PYTHON: Partial<DeployWorld> = { python: () => Promise.resolve("/usr/bin/python3") };

interface Case {
  readonly text?: string;
  readonly held?: string | null;
  readonly target?: DeployTarget;
  readonly world?: Partial<DeployWorld>;
  readonly wish?: Partial<DeployWish>;
}

function plan({ text = DEPLOY_PRODUCT, held = "1", target = fileTarget(), world = {}, wish = {} }: Case = {}): Promise<DeployPlan> {
  const root = mkdtempSync(join(scratch, "case-"));
  holdAt(dirname(writeProduct(root, text)), held);
  const planner = new DeployPlanner(deployWorld(root, target, world));
  return planner.plan({ config: DEPLOY_CONFIG, target: "staging", version: "2", intent: "deploy", reason: null, ...wish }, NEVER_CANCELLED);
}

function metrics(values: Readonly<Record<string, number>>): Run["metrics"] {
  return new Map(Object.entries(values).map(([name, value]) => [name, { value, timestamp: 1, step: 0 }]));
}

function checks(made: DeployPlan, result: DeployCheck["result"]): string {
  return made.checks
    .filter((one) => one.result === result)
    .map(({ message }) => message)
    .join(" ");
}

describe("a plan", () => {
  it("says what is done, how it goes back, and that nothing speaks against it", async () => {
    const made = await plan({ wish: { reason: "Better on new plans" } });
    expect(made).toMatchObject({ version: "2", previous: "1", source: "models:/m-2", previousSource: "models:/m-1", confirmBy: null });
    expect(made.steps.map(({ text }) => text)).toEqual(["Prepare version 2.", "Switch to version 2."]);
    expect(made.wayBack.map(({ text }) => text)).toEqual(["Prepare version 1.", "Switch to version 1."]);
    expect(blockedBecause(made)).toEqual([]);
    expect(made.expiresAt - made.createdAt).toBe(900_000);
    const { hash, ...content } = made;
    expect(hash).toBe(deployPlanHash(content, sha256));
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(deployPlanText(made)).toContain("If it fails\n  1. Prepare version 1.");
    expect(deployPlanMarkdown(made)).toContain("# Plan to release version 2 of churn at staging");
  });

  it("compares KPIs by their direction, and all else where it differs", async () => {
    const store = new MemoryStore();
    store.versions = [aVersion("1", { runId: "r1", userId: "ana" }), aVersion("2", { runId: "r2", userId: "leo" })];
    store.runs = [
      aRun("r1", {
        metrics: metrics({ f1: 0.8, rmse: 2, ece: 0.1 }),
        params: new Map(Object.entries({ lr: "0.1", depth: "6" })),
        tags: new Map([[MLFLOW_TAG.gitCommit, "a".repeat(40)]]),
      }),
      aRun("r2", {
        metrics: metrics({ f1: 0.85, rmse: 2.5, ece: Number.NaN }),
        params: new Map(Object.entries({ lr: "0.2", depth: "6" })),
        inputs: [{ name: "churn", digest: "d2", sourceType: "local", source: "{}", schema: null, profile: null, context: "training" }],
        tags: new Map([[MLFLOW_TAG.gitCommit, "b".repeat(40)]]),
      }),
    ];
    const made = await plan({ text: KPIS, world: { openStore: () => Promise.resolve(store) } });
    expect(made.differences.map(({ group, name, before, after, isBetter }) => [group, name, before, after, isBetter])).toEqual([
      ["kpi", "f1", "0.8", "0.85", true],
      ["kpi", "rmse", "2", "2.5", false],
      ["kpi", "ece", "0.1", null, null],
      ["param", "lr", "0.1", "0.2", null],
      ["data", "churn (training)", null, "d2", null],
      ["code", "commit", "aaaaaaaaaa", "bbbbbbbbbb", null],
      ["owner", "registered by", "ana", "leo", null],
    ]);
    expect(made.runId).toBe("r2");
    expect(store.calls.filter((call) => call === "dispose")).toHaveLength(1);
  });

  it.each([
    ["a version that the registry does not have", { wish: { version: "9" } }, "has no version 9"],
    ["a registry that cannot be asked", { text: aliasText(), world: awayStore() }, "The registry is away."],
    ["a target that fits nothing", { text: DEPLOY_PRODUCT.replace("command: [release]", "shell: true") }, "which command"],
    ["a target that is not to be had here", { world: { targets: { get: () => undefined } } }, "are not to be had here"],
    ["a place that cannot be asked", { target: gone() }, "The place is gone."],
  ] as const)("is blocked by %s", async (_what, about, wanted) => {
    const made = await plan(about);
    expect(checks(made, "block")).toContain(wanted);
    expect(blockedBecause(made).length).toBeGreaterThan(0);
  });

  it("is blocked by a version that is not ready", async () => {
    const store = new MemoryStore();
    store.versions = [aVersion("2", { status: "PENDING_REGISTRATION" })];
    expect(checks(await plan({ world: { openStore: () => Promise.resolve(store) } }), "block")).toContain("is not ready");
  });

  it("is blocked where the gate cannot be asked at all, also where the file asks for warnings only", async () => {
    const gate: DeployWorld["gate"] = {
      judge: () => Promise.reject(new AppError("file/unreadable", "The sign-offs cannot be read.")),
      record: () => Promise.resolve(),
    };
    const made = await plan({ text: DEPLOY_PRODUCT.replace("deploy:", "deploy:\n  gate: warn"), world: { gate } });
    expect(blockedBecause(made).map(({ message }) => message)).toEqual(["The gate could not judge: The sign-offs cannot be read."]);
  });

  it("warns where nothing would go back, and of a version that is there already", async () => {
    expect(checks(await plan({ held: "7" }), "warn")).toBe("");
    const store = new MemoryStore();
    store.versions = [aVersion("2")];
    const alias = await plan({ text: aliasText(), held: "7", world: { ...PYTHON, openStore: () => Promise.resolve(store) } });
    expect(alias.wayBack).toEqual([]);
    expect(checks(alias, "warn")).toContain("there is no way back to version 7: the registry has no version 7 any more.");
    expect(checks(await plan({ held: "2" }), "warn")).toContain("Version 2 is there already.");
  });

  it("takes a first release away again", async () => {
    const made = await plan({ held: null });
    expect(made.wayBack.map(({ id }) => id)).toEqual(["remove"]);
    expect(made.previousSource).toBeNull();
  });

  it.each([
    ["production: {type: command, command: [x]}", "production", "churn"],
    ["here: {type: mlflow_alias, alias: champion}", "here", "churn"],
    ["staging: {type: mlflow_alias, alias: champion}", "staging", "churn"],
    ["staging: {type: mlflow_alias, alias: live}", "staging", "churn"],
    ["staging: {type: mlflow_alias, alias: challenger, stage: Production}", "staging", "churn"],
    ["prod: {type: command, command: [x]}", "prod", "churn"],
    ["Live: {type: command, command: [x]}", "Live", "churn"],
    ["eu: {type: mlflow_alias, alias: challenger}", "eu", "churn"],
    ["staging: {type: mlflow_alias, alias: challenger}", "staging", null],
    ["dev: {type: command, command: [x]}", "dev", null],
  ])("asks for the model's name in production, as the gate sees it: %s", async (line, target, confirmBy) => {
    const text = DEPLOY_PRODUCT.replace(/staging: .*/, line);
    expect(await plan({ text, world: PYTHON, wish: { target } })).toMatchObject({ confirmBy });
  });

  it("cannot be made for a target or a version that nobody names", async () => {
    await expect(plan({ wish: { target: "stagin" } })).rejects.toThrow('no target "stagin"');
    await expect(plan({ wish: { version: null } })).rejects.toThrow("Nobody says which version is released");
    await expect(plan({ wish: { version: null, intent: "rollback" } })).rejects.toThrow("There is no version to go back to");
    await expect(plan({ wish: { config: "gone/mlops.yaml" } })).rejects.toThrow("There is no file gone/mlops.yaml.");
  });

  it("goes back to the version that the file names, where the log knows none", async () => {
    const text = DEPLOY_PRODUCT.replace("deploy:", 'deploy:\n  rollback: {to: "3"}');
    expect(await plan({ text, wish: { version: null, intent: "rollback" } })).toMatchObject({ version: "3", intent: "rollback" });
  });
});

function aliasText(): string {
  return DEPLOY_PRODUCT.replace("{type: command, command: [release]}", "{type: mlflow_alias, alias: challenger, python: python3}");
}

function awayStore(): Partial<DeployWorld> {
  return {
    openStore: () => Promise.reject(new AppError("store/unreachable", "The registry is away.")),
    ...PYTHON,
  };
}

function gone(): DeployTarget {
  const target = fileTarget();
  return {
    ...target,
    inspect: (spec, signal) => {
      writeFileSync(join(spec.folder, "gone"), "");
      return target.inspect(spec, signal);
    },
  };
}
