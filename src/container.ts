import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { Worker } from "node:worker_threads";

import * as vscode from "vscode";

import { readEnvironment } from "./adapters/mlflowRest/environment";
import { openRestStore } from "./adapters/mlflowRest/openRestStore";
import type { RestConnection } from "./adapters/mlflowRest/restConnection";
import { findStores } from "./adapters/node/findStores";
import { WorkerStoreOpener } from "./adapters/node/workerStore";
import { StoreCatalog } from "./core/tracking/storeCatalog";
import type { StoreOpener } from "./core/tracking/store";
import { parseStoreUri } from "./core/tracking/storeLocation";
import type { CancelSignal } from "./core/base/cancel";
import type { Repositories } from "./core/lint/workspace/lintPorts";
import type { App, Lint, Shell } from "./editor/app";
import { runLink } from "./editor/browse/nodeCommands";
import { CredentialStore } from "./editor/platform/credentialStore";
import type { FolderPorts } from "./editor/lint/folderLint";
import { logError } from "./editor/platform/logger";
import { readSettings } from "./editor/platform/settings";
import { ArtifactFileSystem } from "./editor/runs/artifactFileSystem";
import { StoreDiscovery } from "./editor/stores/storeDiscovery";
import { Workbench } from "./editor/workbench";

const DEFAULT_TIMEOUT_SECONDS = 30;

/** The composition root: the only file that knows every adapter. */
export function createApp(shell: Shell): App {
  const { context, log } = shell;
  const report = (error: unknown): void => logError(log, error);
  const credentials = new CredentialStore(context.secrets);
  const workers = new WorkerStoreOpener(() => new Worker(join(context.extensionPath, "dist", "worker.js")));
  const opener: StoreOpener = {
    open: async (location, signal) =>
      location.kind === "rest" ? openRestStore(await restConnection(location.url, credentials), signal) : workers.open(location, signal),
  };
  const catalog = new StoreCatalog(opener, Date.now);
  const discovery = new StoreDiscovery(catalog, {
    findStores,
    environmentUri: async (folder) => (await environmentOf(folder))["MLFLOW_TRACKING_URI"],
    toAbsolute,
    settings: () => readSettings().stores,
    warn: (message) => log.warn(message),
  });
  const once = <T>(load: () => Promise<T>): (() => Promise<T>) => {
    let loaded: Promise<T> | undefined;
    return () => (loaded ??= load());
  };
  const commitDiff = once(async () => {
    const [{ CommitDiff }, { LocalGitHistory }] = await Promise.all([
      import("./editor/runs/commitDiff"),
      import("./adapters/git/localGitHistory"),
    ]);
    return new CommitDiff(new LocalGitHistory(), catalog, () => vscode.workspace.isTrusted);
  });
  return new Workbench({
    shell,
    readers: workers,
    catalog,
    discovery,
    credentials,
    commitDiff,
    artifacts: new ArtifactFileSystem(catalog),
    runsTable: once(async () => {
      const { RunsTablePanels } = await import("./editor/runs/runsTablePanels");
      return new RunsTablePanels(catalog, context.extensionUri, context.workspaceState, report);
    }),
    compare: once(async () => {
      const [{ ComparePanels }, { createPacer }, { readDirections }] = await Promise.all([
        import("./editor/compare/comparePanels"),
        import("./editor/compare/createPacer"),
        import("./editor/compare/readDirections"),
      ]);
      return new ComparePanels({
        catalog,
        extensionUri: context.extensionUri,
        logError: report,
        now: Date.now,
        pacer: createPacer,
        commits: commitDiff,
        directions: (storeIds, signal) => readDirections(catalog, storeIds, signal),
      });
    }),
    runPage: once(async () => {
      const [{ RunPagePanels }, commits] = await Promise.all([import("./editor/runs/runPagePanels"), commitDiff()]);
      return new RunPagePanels(catalog, context.extensionUri, report, {
        reveal: async (ref) => vscode.commands.executeCommand("mlops.run.reveal", ref),
        linkTo: (ref) => runLink(ref, context.extension.id),
        commits,
      });
    }),
  });
}

/** Lint, apart from the trees: who only edits a configuration opens no store and waits for none. */
export async function createLint(shell: Shell): Promise<Lint> {
  const [
    { LintWorkbench },
    { readCalendar },
    { memoFiles },
    { openWorkspaceFiles },
    { openLintRegistry },
    git,
    { runGit },
    { readColumnNames },
    json,
  ] = await Promise.all([
    import("./editor/lint/lintWorkbench"),
    import("./core/config/regulationCalendar"),
    import("./core/lint/workspace/memoFiles"),
    import("./adapters/node/workspaceFiles"),
    import("./adapters/node/lintRegistry"),
    import("./adapters/git/repositories"),
    import("./adapters/git/runGit"),
    import("./adapters/tabular/readColumnNames"),
    import("../schemas/regulation-calendar.json"),
  ]);
  const { unknownRepositories } = await import("./core/lint/workspace/unknownPorts");
  const untrusted = unknownRepositories("this folder is not trusted, so git is not run");
  const workers = new WorkerStoreOpener(() => new Worker(join(shell.context.extensionPath, "dist", "worker.js")));
  const portsOf = (root: string): FolderPorts => {
    const files = memoFiles(openWorkspaceFiles(root, readColumnNames));
    const repositories = git.openRepositories(root);
    const registry = openLintRegistry(root, workers);
    const trusted = (): Repositories => (vscode.workspace.isTrusted ? repositories : untrusted);
    return {
      files,
      repositories: {
        find: (folder, signal) => trusted().find(folder, signal),
        textAt: (path, commit, signal) => trusted().textAt(path, commit, signal),
      },
      registry,
      forget: (path) => files.forget(path),
      forgetFacts: () => {
        repositories.forget();
        registry.forget();
      },
      dispose: () => registry.dispose(),
    };
  };
  const userEmail = async (root: string, signal: CancelSignal): Promise<string | null> => {
    try {
      return vscode.workspace.isTrusted ? (await runGit(root, ["config", "user.email"], signal)).trim() || null : null;
    } catch {
      return null; // No git, or no address in it: the person writes one.
    }
  };
  const lint = new LintWorkbench(shell, { calendar: readCalendar(json.default), portsOf, userEmail, now: () => new Date() });
  return lint;
}

/** The process's environment over the `.env` of a folder; a folder that is not trusted has no say. */
async function environmentOf(folder: string | undefined): Promise<Record<string, string | undefined>> {
  let file: Record<string, string | undefined> = {};
  if (folder !== undefined && vscode.workspace.isTrusted) {
    try {
      file = parseEnv(await readFile(join(folder, ".env"), "utf8"));
    } catch {
      // Most folders have no .env, and one that cannot be read says nothing about a server.
    }
  }
  return { ...file, ...process.env };
}

function toAbsolute(folder: string | undefined, path: string): string {
  return resolve(folder ?? homedir(), path.replace(/^~(?=\/|$)/, homedir()));
}

/** Settings first, then the environment where it names this very server, then what the user stored as a secret. */
async function restConnection(url: string, credentials: CredentialStore): Promise<RestConnection> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const setting = readSettings().stores.find((store) => {
    const location = parseStoreUri(store.uri, (path) => path);
    return location.kind === "rest" && location.url === url;
  });
  const environments = await Promise.all([undefined, ...folders].map(async (folder) => readEnvironment(await environmentOf(folder))));
  const environment = environments.find((candidate) => candidate.url === url);
  const { credentials: login, ...details } = environment ?? { credentials: null };
  return {
    ...details,
    ...(setting?.workspace === undefined ? {} : { workspace: setting.workspace }),
    ...(setting?.headers === undefined ? {} : { headers: setting.headers }),
    ...(setting?.caFile === undefined ? {} : { caFile: toAbsolute(folders[0], setting.caFile) }),
    ...(setting?.clientCertFile === undefined ? {} : { clientCertFile: toAbsolute(folders[0], setting.clientCertFile) }),
    ...(setting?.insecureTls === true ? { insecureTls: true } : {}),
    url,
    credentials: async () => (await credentials.get(url)) ?? login ?? { kind: "none" },
    timeoutMs: (setting?.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
  };
}
