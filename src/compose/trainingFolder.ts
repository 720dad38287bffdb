import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";

import type { RestConnection } from "../adapters/mlflowRest/restConnection";
import { openContentHashes } from "../adapters/node/contentHashes";
import { openJobFolders } from "../adapters/node/jobFolders";
import { isFirstToTell } from "../adapters/node/jobs/isFirstToTell";
import { jobFolder } from "../adapters/node/jobs/jobPlaces";
import { planTracking, storeOf } from "../adapters/node/planTracking";
import { readDatedFile } from "../adapters/node/readDatedFile";
import { openResultFiles } from "../adapters/node/resultFiles";
import { openWorkspaceFiles } from "../adapters/node/workspaceFiles";
import { readColumnNames } from "../adapters/tabular/readColumnNames";
import { AppError } from "../core/base/appError";
import type { CancelSignal } from "../core/base/cancel";
import { lazyOnes } from "../core/base/lazyOnes";
import { oneLine } from "../core/base/oneLine";
import { SharedWork } from "../core/base/sharedWork";
import { checkData, type DataCheckPorts } from "../core/dataCheck/checkData";
import { keepDataCheck } from "../core/dataCheck/dataCheckEvidence";
import type { TableChecks } from "../core/dataCheck/tableWish";
import { configKindOf } from "../core/lint/workspace/lintTarget";
import { readProduct, readProductAt } from "../core/lint/workspace/readProduct";
import { ResultStore } from "../core/monitoring/resultStore";
import type { Store, StoreOpener } from "../core/tracking/store";
import { storeIdOf, type StoreLocation } from "../core/tracking/storeLocation";
import { JobService } from "../core/training/jobService";
import { openPlanner } from "../core/training/openPlanner";
import { planPrice } from "../core/training/outcome/planPrice";
import { registerWhen } from "../core/training/outcome/registerWhen";
import { TrainingOutcomes } from "../core/training/outcome/trainingOutcomes";
import { planMarkdown } from "../core/training/planText";
import type { EngineSecrets, TrainingEngine } from "../core/training/trainingEngine";
import type { EngineId, TrainSpec } from "../core/training/trainSpec";
import type { TrainingFolder } from "../editor/training/trainingServices";

/** What trainings of a folder need of the editor. */
export interface TrainingWorld {
  /** Absolute path of `jobRunner.cjs`. */
  readonly runner: string;
  readonly cacheFolder: string;
  /** Name and version of this program. */
  readonly tool: string;
  readonly isTrusted: () => boolean;
  readonly stores: StoreOpener;
  readonly connection: (url: string) => Promise<RestConnection>;
  readonly tables: TableChecks;
  /** The interpreter that is chosen in the editor for a folder. */
  readonly pythonHint: (folder: string, signal: CancelSignal) => Promise<string | null>;
  /** Logins of the tracker, for the environment of a training only. */
  readonly trackerSecrets: (spec: TrainSpec) => Promise<EngineSecrets | null>;
  readonly serverSecrets: (server: "AIRFLOW" | "RAY", address: string) => Promise<EngineSecrets>;
  readonly githubToken: (host: string) => Promise<string | null>;
  readonly now: () => number;
}

/** Journal, engines, planner and jobs of one folder of the workspace. */
export function openTrainingFolder(root: string, world: TrainingWorld): TrainingFolder {
  const files = openWorkspaceFiles(root, readColumnNames);
  const journal = openJobFolders(root);
  const stores = new SharedWork<string, Store>();
  const opened = new Set<Store>();
  const storeAt = async (location: StoreLocation, signal: CancelSignal): Promise<Store> =>
    stores.get(storeIdOf(location), signal, async (shared) => {
      const store = await world.stores.open(location, shared);
      opened.add(store);
      return store;
    });
  const here = {
    runner: world.runner,
    execPath: process.execPath,
    env: process.env,
    pythonHint: world.pythonHint,
    secrets: world.trackerSecrets,
  };
  const engines = lazyOnes<EngineId, TrainingEngine>({
    local: async () => (await import("../adapters/localProcess/localEngine")).createLocalEngine(here),
    dvc: async () => (await import("../adapters/dvc/dvcEngine")).createDvcEngine(here),
    ray: async () =>
      (await import("../adapters/ray/rayEngine")).createRayEngine({ secrets: (address) => world.serverSecrets("RAY", address) }),
    airflow: async () =>
      (await import("../adapters/airflow/airflowEngine")).createAirflowEngine({
        secrets: (address) => world.serverSecrets("AIRFLOW", address),
      }),
    github_actions: async () => {
      const [{ createGithubActionsEngine }, { readOrigin }] = await Promise.all([
        import("../adapters/githubActions/githubActionsEngine"),
        import("../adapters/git/readOrigin"),
      ]);
      return createGithubActionsEngine({ origin: readOrigin, token: world.githubToken });
    },
  });
  const toAbsolute = (path: string): string => join(root, path);
  // Git reads the repository's configuration, which can name programs to run.
  const commit: DataCheckPorts["commit"] = async (config, signal) =>
    world.isTrusted() ? (await import("../adapters/git/readCommitState")).readCommitState(root, config, signal) : null;
  const dataCheck: DataCheckPorts = { files, tables: world.tables, toAbsolute, commit, now: world.now, tool: world.tool };
  const { planning, hashOf } = openPlanner({
    ...{ files, engines, journal, dataCheck, toAbsolute, commit, now: world.now, isTrusted: world.isTrusted },
    hashes: openContentHashes(world.cacheFolder, world.now),
    results: new ResultStore(openResultFiles(root)),
    store: async (spec, signal) => {
      const location = storeOf(spec);
      return location === null ? null : { store: await storeAt(location, signal), storeId: storeIdOf(location) };
    },
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    randomId: () => randomBytes(3).toString("hex"),
  });
  const outcomes = new TrainingOutcomes({
    product: (config, signal) => readProductAt(config, files, signal),
    registerWhen,
    open: async (plan, signal) => {
      const { location, experiment } = planTracking(plan);
      return location === null ? null : { store: await world.stores.open(location, signal), location, experiment };
    },
    file: (path) => readDatedFile(toAbsolute(path)),
    price: (plan, signal) => planPrice(plan, files, signal),
    registrar: {
      register: async (wish, signal) =>
        wish.location.kind === "rest"
          ? (await import("../adapters/mlflowRest/registerVersion")).registerVersion(
              await world.connection(wish.location.url),
              wish,
              signal,
            )
          : (await import("../adapters/mlflowPython/registerByPython")).registerByPython(wish, process.env, signal),
    },
    now: world.now,
  });
  const jobs = new JobService({
    ...{ journal, engines, planning, outcomes, hashOf, now: world.now, isTrusted: world.isTrusted, newToken: randomUUID },
    configs: async (signal) => (await files.list(signal)).filter((path) => configKindOf(path) === "product"),
    who: async (signal) => (await import("../adapters/git/whoAsks")).whoAsks(root, signal),
  });
  return {
    ...{ root, files, planning, jobs },
    list: (configs, limit, signal) => journal.list(configs, limit, signal),
    planText: planMarkdown,
    isFirstToTell: (job) => isFirstToTell(root, job),
    keepDataCheck: async (report, signal) => (await keepDataCheck(openResultFiles(root), report, signal)).path,
    checkData: async (config, onProgress, signal) => {
      const text = await files.readText(config, signal);
      if (text === null) {
        throw new AppError("file/unreadable", `The file ${oneLine(config)} is not there.`);
      }
      return checkData(config, await readProduct(config, text, files, signal), dataCheck, (progress) => onProgress(progress.text), signal);
    },
    logFile: ({ engine, config, id }) => (engine === "local" || engine === "dvc" ? join(jobFolder(root, config, id), "log.txt") : null),
    dispose: () => opened.forEach((store) => store.dispose()),
  };
}
