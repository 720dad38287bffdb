import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";

import { readCommitState } from "../adapters/git/readCommitState";
import { readOrigin } from "../adapters/git/readOrigin";
import { openTree } from "../adapters/git/openTree";
import { openRepositories } from "../adapters/git/repositories";
import { whoAsks } from "../adapters/git/whoAsks";
import { GithubApprovals } from "../adapters/githubActions/githubApprovals";
import type { RestConnection } from "../adapters/mlflowRest/restConnection";
import { openDeploymentFolders } from "../adapters/node/deploymentFolders";
import { openGateLogs } from "../adapters/node/gateLogs";
import { openGateRegistry } from "../adapters/node/gateRegistry";
import { findPython } from "../adapters/node/jobs/choosePython";
import { openLintRegistry } from "../adapters/node/lintRegistry";
import { pause } from "../adapters/node/pause";
import { storeOf } from "../adapters/node/planTracking";
import { openResultFiles } from "../adapters/node/resultFiles";
import { withinTime } from "../adapters/node/timeLimit";
import { openWorkspaceFiles } from "../adapters/node/workspaceFiles";
import { readColumnNames } from "../adapters/tabular/readColumnNames";
import { gateMarkdown } from "../cli/gate/formats/gateMarkdown";
import { localDay } from "../cli/localDay";
import type { CancelSignal } from "../core/base/cancel";
import { lazyOnes } from "../core/base/lazyOnes";
import type { RegulationCalendar } from "../core/config/regulationCalendar";
import { makeGateWorld } from "../core/deployment/gate/makeGateWorld";
import { openGate } from "../core/deployment/gate/openGate";
import { openDeployments } from "../core/deployment/openDeployments";
import { deployPlanMarkdown } from "../core/deployment/view/deployPlanText";
import { readDeployProduct } from "../core/deployment/readDeployProduct";
import { registryWriter } from "../core/deployment/registryWriter";
import type { DeployTarget, TargetSource } from "../core/deployment/deployTarget";
import type { TargetType } from "../core/deployment/targetSpec";
import { configKindOf } from "../core/lint/workspace/lintTarget";
import { memoFiles } from "../core/lint/workspace/memoFiles";
import { folderOf } from "../core/lint/workspace/workspacePath";
import { latestDriftState } from "../core/monitoring/latestDriftState";
import { holdStores } from "../core/tracking/heldStores";
import type { Store, StoreOpener } from "../core/tracking/store";
import type { StoreLocation } from "../core/tracking/storeLocation";
import type { DeploymentFolder, GateEvidencePage } from "../editor/deployment/deploymentServices";
import { deployChoices } from "../core/deployment/deployChoices";
import type { Logins } from "./logins";

/** What deployments of a folder need of the editor. */
export interface DeploymentWorld {
  /** Absolute path of `jobRunner.cjs`. */
  readonly runner: string;
  readonly isTrusted: () => boolean;
  readonly stores: StoreOpener;
  readonly connection: (url: string) => Promise<RestConnection>;
  readonly logins: Logins;
  /** The interpreter that is chosen in the editor for a folder. */
  readonly pythonHint: (folder: string, signal: CancelSignal) => Promise<string | null>;
  /** @param isAsked whether a person may be asked to sign in. */
  readonly githubToken: (host: string, isAsked: boolean) => Promise<string | null>;
  readonly calendar: RegulationCalendar;
  readonly now: () => number;
}

/** Plans, gate, targets and history of one folder of the workspace; `cli/deploy/openCliDeployments` is its twin. */
export function openDeploymentFolder(root: string, world: DeploymentWorld): DeploymentFolder {
  const { now, isTrusted } = world;
  const files = openWorkspaceFiles(root, readColumnNames);
  const toAbsolute = (path: string): string => join(root, path);
  const results = openResultFiles(root);
  const stores = holdStores(world.stores);
  const lintRegistry = openLintRegistry(root, stores, true);
  const registry = openGateRegistry(root, stores);
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const openStore = (location: StoreLocation, signal: CancelSignal): Promise<Store> => world.stores.open(location, signal);
  const gate = openGate(
    makeGateWorld({
      files: memoFiles(files),
      repositories: openRepositories(root),
      tree: openTree(root),
      logs: openGateLogs(root),
      ...{ stores, lintRegistry, registry, results, calendar: world.calendar, now, sha256 },
      today: () => localDay(now()),
    }),
  );
  const places = {
    storeOf: (config: string, uri: string | null): StoreLocation | null =>
      storeOf({ root, folder: toAbsolute(folderOf(config)), config, tracking: { uri, experiment: null } }),
    python: async (folder: string, configured: string | null, signal: CancelSignal): Promise<string | null> =>
      findPython({ folder, root, configured, hint: await world.pythonHint(folder, signal), env: process.env })?.path ?? null,
  };
  const opened = openDeployments({
    ...{ files, gate, openStore, toAbsolute, sha256, now, isTrusted, pause, ...places },
    journal: openDeploymentFolders(root),
    targets: openTargets(world, openStore),
    drift: (config, product, configSha256, signal) =>
      latestDriftState({ name: product.name ?? config, config }, product, results, { now: now(), configSha256 }, signal),
    // Git reads the repository's configuration, which can name programs to run.
    commit: async (config, signal) => (isTrusted() ? readCommitState(root, config, signal) : null),
    who: (signal) => whoAsks(root, signal),
    randomId: () => randomBytes(3).toString("hex"),
    within: withinTime,
  });
  const approvals = new GithubApprovals({ root, origin: readOrigin, token: world.githubToken });
  return {
    ...{ root, files, approvals, planning: opened.planning, deployments: opened.deployments, read: opened.read },
    planText: deployPlanMarkdown,
    choices: (config, signal) => deployChoices(config, { files, openStore, ...places }, signal),
    controlsOf: (config, target, signal) => opened.controls.of(config, target, signal),
    control: (config, target, what, signal) => opened.controls.run(config, target, what, signal),
    evidenceFor: async (target, signal) => {
      const pages: GateEvidencePage[] = [];
      for (const config of (await files.list(signal)).filter((path) => configKindOf(path) === "product")) {
        const { value } = await readDeployProduct(config, { files }, signal);
        const name = Object.keys(value.deploy?.targets ?? {}).find((key) => key.toLowerCase() === target.toLowerCase());
        if (name !== undefined) {
          const result = await gate.judge({ config, target: name, version: null, isRollback: false }, signal);
          pages.push({ markdown: gateMarkdown(result), commit: result.commit });
        }
      }
      return pages;
    },
    dispose: () => {
      lintRegistry.dispose();
      registry.dispose();
      stores.dispose();
    },
  };
}

/** Each kind of target is loaded when it is first asked for. */
function openTargets(world: DeploymentWorld, open: (location: StoreLocation, signal: CancelSignal) => Promise<Store>): TargetSource {
  const { env, execPath } = process;
  return lazyOnes<TargetType, DeployTarget>({
    mlflow_alias: async () => {
      const { createMlflowAliasTarget } = await import("../adapters/mlflowAlias/mlflowAliasTarget");
      const writer = registryWriter(
        async () => (await import("../adapters/mlflowRest/registryByRest")).createRegistryByRest(world.connection),
        async () => (await import("../adapters/mlflowPython/registryByPython")).createRegistryByPython(env),
      );
      return createMlflowAliasTarget({ open, writer });
    },
    command: async () => (await import("../adapters/command/commandTarget")).createCommandTarget({ env }),
    mlflow_serve: async () => {
      const { createMlflowServeTarget } = await import("../adapters/mlflowServe/mlflowServeTarget");
      const secrets = ({ store }: { readonly store: StoreLocation | null }): Promise<Readonly<Record<string, string>>> =>
        world.logins.trackerEnv(store?.kind === "rest" ? store.url : null);
      return createMlflowServeTarget({ runner: world.runner, execPath, env, secrets });
    },
    ray_serve: async () => {
      const { createRayServeTarget } = await import("../adapters/ray/rayServeTarget");
      return createRayServeTarget({ secrets: (address) => world.logins.ofServer("RAY", address) });
    },
  });
}
