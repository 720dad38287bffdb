import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";

import { readCommitState } from "../../adapters/git/readCommitState";
import { whoAsks } from "../../adapters/git/whoAsks";
import { openDeploymentFolders } from "../../adapters/node/deploymentFolders";
import { findPython } from "../../adapters/node/jobs/choosePython";
import { pause } from "../../adapters/node/pause";
import { storeOf } from "../../adapters/node/planTracking";
import { openResultFiles } from "../../adapters/node/resultFiles";
import { withinTime } from "../../adapters/node/timeLimit";
import { openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { lazyOnes } from "../../core/base/lazyOnes";
import { type OpenedDeployments, openDeployments } from "../../core/deployment/openDeployments";
import { registryWriter } from "../../core/deployment/registryWriter";
import type { DeployTarget, TargetSource } from "../../core/deployment/deployTarget";
import type { TargetType } from "../../core/deployment/targetSpec";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import { latestDriftState } from "../../core/monitoring/latestDriftState";
import type { Store } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import type { CommandContext } from "../command";
import { openCliGate } from "../gate/openCliGate";
import { localDay } from "../localDay";
import { openChosenStore, toConnection } from "../openChosenStore";
import { serverSecrets } from "../retrain/serverSecrets";
import { runnerOf } from "../runnerOf";
import { readDotEnv } from "../storeChoice";

export type CliDeployments = OpenedDeployments & Disposable;

/** Deployments of one workspace for the command line: whoever types a command trusts the folder. @param root absolute path. */
export function openCliDeployments(root: string, context: CommandContext): CliDeployments {
  const { host } = context;
  // A login goes only to the server that its own environment names; a file of the repository cannot have it sent elsewhere.
  const openStore = async (location: StoreLocation, signal: CancelSignal): Promise<Store> =>
    openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal);
  const toAbsolute = (path: string): string => join(root, path);
  const results = openResultFiles(root);
  const gate = openCliGate(root, context, { now: host.now(), today: localDay(host.now()) });
  const opened = openDeployments({
    files: openWorkspaceFiles(root, readColumnNames),
    journal: openDeploymentFolders(root),
    targets: openTargets(context, openStore),
    openStore,
    storeOf: (config, uri) => storeOf({ root, folder: toAbsolute(folderOf(config)), config, tracking: { uri, experiment: null } }),
    python: (folder, configured) => Promise.resolve(findPython({ folder, root, configured, hint: null, env: host.env })?.path ?? null),
    gate: gate.gate,
    drift: (config, product, configSha256, signal) =>
      latestDriftState({ name: product.name ?? config, config }, product, results, { now: host.now(), configSha256 }, signal),
    commit: (config, signal) => readCommitState(root, config, signal),
    who: (signal) => whoAsks(root, signal),
    toAbsolute,
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    now: host.now,
    randomId: () => randomBytes(3).toString("hex"),
    isTrusted: () => true,
    pause,
    within: withinTime,
  });
  return { ...opened, dispose: () => gate.dispose() };
}

function openTargets({ host }: CommandContext, open: (location: StoreLocation, signal: CancelSignal) => Promise<Store>): TargetSource {
  const { env } = host;
  return lazyOnes<TargetType, DeployTarget>({
    mlflow_alias: async () => {
      const { createMlflowAliasTarget } = await import("../../adapters/mlflowAlias/mlflowAliasTarget");
      const writer = registryWriter(
        async () => {
          const { createRegistryByRest } = await import("../../adapters/mlflowRest/registryByRest");
          return createRegistryByRest(async (url) => toConnection(url, "", env, await readDotEnv(host.cwd)));
        },
        async () => (await import("../../adapters/mlflowPython/registryByPython")).createRegistryByPython(env),
      );
      return createMlflowAliasTarget({ open, writer });
    },
    command: async () => (await import("../../adapters/command/commandTarget")).createCommandTarget({ env }),
    mlflow_serve: async () => {
      const { createMlflowServeTarget } = await import("../../adapters/mlflowServe/mlflowServeTarget");
      // Logins of the registry are in the environment already, which the server inherits.
      return createMlflowServeTarget({ ...runnerOf(host.program, env), execPath: process.execPath, secrets: () => Promise.resolve({}) });
    },
    ray_serve: async () => {
      const { createRayServeTarget } = await import("../../adapters/ray/rayServeTarget");
      return createRayServeTarget({ secrets: (address) => Promise.resolve(serverSecrets(env, "RAY", address)) });
    },
  });
}
