import { join } from "node:path";
import { Worker } from "node:worker_threads";

import * as vscode from "vscode";

import { openRestStore } from "./adapters/mlflowRest/openRestStore";
import { findStores } from "./adapters/node/findStores";
import { loadFolderPorts, loadMonitoredFolders } from "./compose/folderPorts";
import { OpenedFolders } from "./compose/openedFolders";
import { backgroundReader, storeReader } from "./compose/storeReaders";
import { environmentOf, restConnection, toAbsolute, trustedOpener } from "./compose/serverAccess";
import { StoreCatalog } from "./core/tracking/storeCatalog";
import type { StoreOpener } from "./core/tracking/store";
import type { MonitoringPorts } from "./core/monitoring/monitoringCheck";
import type { App, Compliance, Compute, Configurations, Deployment, Drift, Overview, Shell, SignOffView, Training } from "./editor/app";
import { runLink } from "./editor/browse/nodeCommands";
import { CredentialStore } from "./editor/platform/credentialStore";
import { logError } from "./editor/platform/logger";
import { readSettings } from "./editor/platform/settings";
import { ArtifactFileSystem } from "./editor/runs/artifactFileSystem";
import { StoreDiscovery } from "./editor/stores/storeDiscovery";
import { Workbench } from "./editor/workbench";
import type { DeploymentWorld } from "./compose/deploymentFolder";
import type { TrainingWorld } from "./compose/trainingFolder";

/** The composition root: the only file that knows every adapter. */
export function createApp(shell: Shell): App {
  const { context, log } = shell;
  const report = (error: unknown): void => logError(log, error);
  const credentials = new CredentialStore(context.secrets);
  const workers = storeReader(context);
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
  const prices = once(async () => (await import("./compose/runPrices")).openRunPrices(Date.now));
  return new Workbench({
    shell,
    prices,
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
        prices,
        directions: (storeIds, signal) => readDirections(catalog, storeIds, signal),
      });
    }),
    runPage: once(async () => {
      const [{ RunPagePanels }, commits] = await Promise.all([import("./editor/runs/runPagePanels"), commitDiff()]);
      return new RunPagePanels(catalog, context.extensionUri, report, {
        reveal: async (ref) => vscode.commands.executeCommand("mlops.run.reveal", ref),
        linkTo: (ref) => runLink(ref, context.extension.id),
        ...{ commits, prices },
      });
    }),
  });
}

/** Everything around configurations, apart from the trees: who only edits a file opens no store and waits for none. */
export async function createConfigurations(shell: Shell): Promise<Configurations> {
  const [{ LintWorkbench }, { ConfigWorkbench }, { readCalendar }, { default: json }, ports] = await Promise.all([
    import("./editor/lint/lintWorkbench"),
    import("./editor/config/configWorkbench"),
    import("./core/config/regulationCalendar"),
    import("../schemas/regulation-calendar.json"),
    loadFolderPorts(),
  ]);
  const stores = backgroundReader(shell.context);
  const calendar = readCalendar(json);
  const now = (): Date => new Date();
  const lint = new LintWorkbench(shell, {
    calendar,
    portsOf: (root) => ports.open(root, stores),
    userEmail: ports.userEmail,
    now,
  });
  const editing = new ConfigWorkbench({ shell, calendar, now, lint: lint.session });
  const dispose = (): void => [editing, lint].forEach((item) => item.dispose());
  return { lint, editing, dispose };
}

/** Drift and monitoring, loaded apart from the trees, which they ask for versions of models only. */
export async function createDrift(shell: Shell, app: () => Promise<App>): Promise<Drift> {
  const [
    { DriftWorkbench },
    { readCalendar },
    { default: json },
    { MonitoringCheck, NEWEST_WINDOW },
    threads,
    live,
    git,
    commits,
    deployments,
    alone,
    { findDateColumns },
    folders,
  ] = await Promise.all([
    import("./editor/drift/driftWorkbench"),
    import("./core/config/regulationCalendar"),
    import("../schemas/regulation-calendar.json"),
    import("./core/monitoring/monitoringCheck"),
    Promise.all([import("./adapters/drift/workerDriftService"), import("./adapters/drift/startDriftThread")]),
    import("./adapters/node/workerLiveTables"),
    import("./adapters/git/productMarks"),
    import("./adapters/git/readCommitState"),
    import("./adapters/node/deploymentFolders"),
    import("./adapters/node/workAlone"),
    import("./adapters/tabular/findDateColumns"),
    loadMonitoredFolders(shell),
  ]);
  const { context } = shell;
  const dist = (name: string): string => join(context.extensionPath, "dist", name);
  const [{ WorkerDriftService }, { startDriftThread }] = threads;
  const drift = new WorkerDriftService(() => startDriftThread(dist("driftWorker.js")));
  const tables = new live.WorkerLiveTables(() => new Worker(dist("liveWorker.js")));
  const { version } = context.extension.packageJSON as { readonly version: string };
  const portsOf = (root: string): MonitoringPorts => ({
    ...folders.of(root),
    ...{ drift, live: tables, now: Date.now, tool: `mlops-workbench ${version}` },
    // Git reads the repository's configuration, which can name programs to run.
    commit: async (config, signal) => (vscode.workspace.isTrusted ? commits.readCommitState(root, config, signal) : null),
  });
  return new DriftWorkbench(shell, {
    drift: () => Promise.resolve(drift),
    folderOf: (root) => folders.of(root),
    check: async ({ root, config }, onProgress, signal) =>
      (await new MonitoringCheck(portsOf(root)).check(config, NEWEST_WINDOW, { onProgress }, signal)).results,
    portsOf,
    modelVersions: async (model, signal) => (await app()).modelVersions(model, signal),
    dateColumns: findDateColumns,
    kpisOverTime: (wish, signal) => tables.kpisOverTime(wish, signal),
    releases: async (root, config, signal) =>
      (await deployments.openDeploymentFolders(root).history(config, signal)).lines.map(({ entry }) => entry),
    git: { marks: git.readProductMarks, head: git.readHead },
    alone: (key, work) => alone.workAlone(join(context.globalStorageUri.fsPath, "checks"), key, work, Date.now),
    calendar: readCalendar(json),
    now: () => new Date(),
    extensionUri: context.extensionUri,
    dispose: () => [drift, tables, folders].forEach((item) => item.dispose()),
  });
}

/** Trainings, loaded apart from everything else: who browses runs loads no engine. */
export async function createTraining(shell: Shell): Promise<Training> {
  const [
    { TrainingWorkbench },
    { openTrainingFolder },
    { WorkerLiveTables },
    { readLogTail },
    hints,
    { openLogins },
    { serverAddress },
    { stat },
  ] = await Promise.all([
    import("./editor/training/trainingWorkbench"),
    import("./compose/trainingFolder"),
    import("./adapters/node/workerLiveTables"),
    import("./adapters/node/jobs/jobLog"),
    import("./editor/training/editorHints"),
    import("./compose/logins"),
    import("./adapters/node/httpJson"),
    import("node:fs/promises"),
  ]);
  const { context } = shell;
  const dist = (name: string): string => join(context.extensionPath, "dist", name);
  const tables = new WorkerLiveTables(() => new Worker(dist("liveWorker.js")));
  const credentials = new CredentialStore(context.secrets);
  const { version } = context.extension.packageJSON as { readonly version: string };
  const logins = openLogins(credentials);
  const signIn = hints.githubSignIn();
  const world: TrainingWorld = {
    runner: dist("jobRunner.cjs"),
    cacheFolder: context.globalStorageUri.fsPath,
    tool: `mlops-workbench ${version}`,
    isTrusted: () => vscode.workspace.isTrusted,
    stores: trustedOpener(backgroundReader(context), credentials),
    connection: (url) => restConnection(url, credentials),
    tables,
    pythonHint: hints.pythonOfExtension,
    trackerSecrets: async ({ tracking: { uri } }) => ({ env: await logins.trackerEnv(uri), token: null, login: null }),
    serverSecrets: logins.ofServer,
    githubToken: (host) => signIn(host),
    now: Date.now,
  };
  const folders = new OpenedFolders((root) => openTrainingFolder(root, world));
  return new TrainingWorkbench(shell, {
    folderOf: folders.of,
    readTail: async (path, bytes) => {
      const about = await stat(path).catch(() => null);
      return about === null ? null : { text: await readLogTail(path, bytes), size: about.size };
    },
    setLogin: async (address, login) => credentials.set(serverAddress(address, "The address"), login),
    now: Date.now,
    extensionUri: context.extensionUri,
    dispose: () => [folders, tables].forEach((item) => item.dispose()),
  });
}

/** Deployments, loaded apart from everything else: who browses runs loads no target. */
export async function createDeployment(shell: Shell): Promise<Deployment> {
  const [{ DeploymentWorkbench }, { openDeploymentFolder }, { openLogins }, hints, { readCalendar }, { default: days }] = await Promise.all(
    [
      import("./editor/deployment/deploymentWorkbench"),
      import("./compose/deploymentFolder"),
      import("./compose/logins"),
      import("./editor/training/editorHints"),
      import("./core/config/regulationCalendar"),
      import("../schemas/regulation-calendar.json"),
    ],
  );
  const { context } = shell;
  const dist = (name: string): string => join(context.extensionPath, "dist", name);
  const credentials = new CredentialStore(context.secrets);
  const world: DeploymentWorld = {
    runner: dist("jobRunner.cjs"),
    isTrusted: () => vscode.workspace.isTrusted,
    stores: trustedOpener(backgroundReader(context), credentials),
    connection: (url) => restConnection(url, credentials),
    logins: openLogins(credentials),
    pythonHint: hints.pythonOfExtension,
    githubToken: hints.githubSignIn(),
    calendar: readCalendar(days),
    now: Date.now,
  };
  const folders = new OpenedFolders((root) => openDeploymentFolder(root, world));
  return new DeploymentWorkbench(shell, {
    folderOf: folders.of,
    now: Date.now,
    extensionUri: context.extensionUri,
    dispose: () => folders.dispose(),
  });
}

/** The compliance pages, loaded apart from everything else: they open no store but for what the registry says of a version. */
export async function createCompliance(shell: Shell): Promise<Compliance> {
  const [
    { ComplianceWorkbench },
    { openComplianceFolder },
    { readCalendar },
    { default: days },
    { readDocumentationItems },
    { default: items },
    ports,
  ] = await Promise.all([
    import("./editor/governance/complianceWorkbench"),
    import("./compose/complianceFolder"),
    import("./core/config/regulationCalendar"),
    import("../schemas/regulation-calendar.json"),
    import("./core/governance/annex/documentationItems"),
    import("../schemas/documentation-items.json"),
    loadFolderPorts(),
  ]);
  const { context } = shell;
  const stores = backgroundReader(context);
  const { version } = context.extension.packageJSON as { readonly version: string };
  const law = { calendar: readCalendar(days), items: readDocumentationItems(items) };
  const folders = new OpenedFolders((root) => openComplianceFolder(root, ports.open(root, stores), law, `mlops-workbench ${version}`));
  return new ComplianceWorkbench(shell, {
    folderOf: folders.of,
    now: () => new Date(),
    extensionUri: context.extensionUri,
    dispose: () => folders.dispose(),
  });
}

/** The page of all products, loaded apart from everything else: who only browses gathers nothing. */
export async function createOverview(shell: Shell): Promise<Overview> {
  const [{ OverviewWorkbench }, { openOverviewFolder }, { storesOf }, { readCalendar }, { default: days }, ports] = await Promise.all([
    import("./editor/overview/overviewWorkbench"),
    import("./compose/overviewFolder"),
    import("./compose/storesOf"),
    import("./core/config/regulationCalendar"),
    import("../schemas/regulation-calendar.json"),
    loadFolderPorts(),
  ]);
  const { context } = shell;
  const stores = backgroundReader(context);
  const world = {
    calendar: readCalendar(days),
    stores: trustedOpener(stores, new CredentialStore(context.secrets)),
    costs: stores,
    knownStores: storesOf,
    userEmail: ports.userEmail,
    now: Date.now,
  };
  const folders = new OpenedFolders((root) => openOverviewFolder(root, ports.open(root, stores), world));
  return new OverviewWorkbench(shell, {
    folderOf: folders.of,
    now: Date.now,
    extensionUri: context.extensionUri,
    dispose: () => folders.dispose(),
  });
}

/** Sign-offs, loaded apart from everything else: who only trains waits for no git. */
export async function createSignOffs(shell: Shell): Promise<SignOffView> {
  const [{ SignOffWorkbench }, { openSignOffFolder }, ports] = await Promise.all([
    import("./editor/governance/signOffWorkbench"),
    import("./compose/signOffFolder"),
    loadFolderPorts(),
  ]);
  const stores = backgroundReader(shell.context);
  const folders = new OpenedFolders((root) => openSignOffFolder(root, ports.open(root, stores), ports.userEmail));
  return new SignOffWorkbench(shell, {
    folderOf: folders.of,
    now: () => new Date(),
    dispose: () => folders.dispose(),
  });
}

/** Graphics processors, loaded when somebody looks at them: nothing is asked before. */
export async function createCompute(shell: Shell): Promise<Compute> {
  const [{ ComputeWorkbench }, { openComputeSources }] = await Promise.all([
    import("./editor/compute/computeWorkbench"),
    import("./compose/computeSources"),
  ]);
  const roots = (): readonly string[] =>
    (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  return new ComputeWorkbench(shell, openComputeSources(new CredentialStore(shell.context.secrets), roots, Date.now));
}
