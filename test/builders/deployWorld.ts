import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { openDeploymentFolders } from "../../src/adapters/node/deploymentFolders";
import { pause } from "../../src/adapters/node/pause";
import { withinTime } from "../../src/adapters/node/timeLimit";
import { openWorkspaceFiles } from "../../src/adapters/node/workspaceFiles";
import { canonicalJson } from "../../src/core/base/canonicalJson";
import type { DeployTarget } from "../../src/core/deployment/deployTarget";
import type { DeployWorld } from "../../src/core/deployment/deployWorld";
import type { GateResult, GateWish } from "../../src/core/deployment/gate/gate";
import type { ModelVersion } from "../../src/core/tracking/registeredModel";
import { MemoryStore } from "../fakes/memoryStore";

export const DEPLOY_CONFIG = "churn/mlops.yaml";

/** A product with one target that is no production. */
export const DEPLOY_PRODUCT = `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
owner: ana@example.org
model: {name: churn}
deploy:
  targets:
    staging: {type: command, command: [release]}
`;

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A gate's answer without any check; its hash is that of its content. */
export function gateResult(wish: GateWish, changes: Partial<GateResult> = {}): GateResult {
  const result: Omit<GateResult, "hash"> = {
    schema: 1,
    decision: "pass",
    mode: "block",
    product: "churn-model",
    config: wish.config,
    config_sha256: "c".repeat(64),
    target: wish.target,
    model: "churn",
    version: wish.version,
    digest: `sha256:${"d".repeat(64)}`,
    commit: null,
    today: "2026-11-30",
    is_rollback: wish.isRollback,
    exception: null,
    checks: [],
    ...changes,
  };
  return { ...result, hash: sha256(canonicalJson(result)) };
}

export function aVersion(version: string, changes: Partial<ModelVersion> = {}): ModelVersion {
  return {
    modelName: "churn",
    version,
    stage: "None",
    status: "READY",
    statusMessage: "",
    runId: null,
    source: `models:/m-${version}`,
    storageLocation: null,
    userId: "",
    description: "",
    creationTime: null,
    lastUpdatedTime: null,
    aliases: [],
    tags: new Map(),
    ...changes,
  };
}

/** Writes a product into a folder. @returns its absolute path. */
export function writeProduct(root: string, text = DEPLOY_PRODUCT, config = DEPLOY_CONFIG): string {
  const path = join(root, config);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The world of a real folder, with its own journal: everything but gate, git and registry is as it is outside of tests. */
export function deployWorld(root: string, target: DeployTarget, changes: Partial<DeployWorld> = {}): DeployWorld {
  const store = new MemoryStore();
  store.versions = ["1", "2", "3", "4"].map((version) => aVersion(version));
  return {
    files: openWorkspaceFiles(root, () => Promise.resolve(null)),
    journal: openDeploymentFolders(root),
    targets: { get: () => target },
    openStore: () => Promise.resolve(store),
    storeOf: () => ({ kind: "sqlite", path: join(root, "mlflow.db") }),
    python: () => Promise.resolve(null),
    gate: { judge: (wish) => Promise.resolve(gateResult(wish)), record: () => Promise.resolve() },
    drift: () => Promise.resolve(null),
    commit: () => Promise.resolve(null),
    who: () => Promise.resolve("Ana"),
    toAbsolute: (path) => join(root, path),
    sha256,
    now: () => Date.now(),
    randomId: () => randomBytes(3).toString("hex"),
    isTrusted: () => true,
    pause,
    within: withinTime,
    ...changes,
  };
}
