import { join } from "node:path";

import { ExperimentFolder } from "./experimentFolder";
import { listFolderNames, stampOf } from "./files";
import type { Pacer } from "./pacer";
import { isTooFresh, type Pass } from "./pass";
import type { RunFolder } from "./runFolder";

const TRASH = ".trash";
/** Holds the registered models, not an experiment. */
const MODELS = "models";

/** The experiments of a store and the way from a run id to its folder. */
export class StoreIndex {
  private experiments: ReadonlyMap<string, ExperimentFolder> = new Map();
  private listed: { readonly mtime: number; readonly trashMtime: number; readonly readAt: number } | undefined;
  private seen: Pass | undefined;

  /** @param root the `mlruns` folder. */
  constructor(readonly root: string) {}

  /** Every folder that may hold an experiment, by id; one that is both active and in the trash counts as active. */
  experimentFolders(pass: Pass): ReadonlyMap<string, ExperimentFolder> {
    if (this.seen === pass) {
      return this.experiments;
    }
    this.seen = pass;
    const trash = join(this.root, TRASH);
    const { mtime } = stampOf(this.root);
    const trashMtime = stampOf(trash).mtime;
    const before = this.listed;
    if (before?.mtime === mtime && before.trashMtime === trashMtime && !isTooFresh(Math.max(mtime, trashMtime), before.readAt)) {
      return this.experiments;
    }
    const found = new Map<string, ExperimentFolder>();
    const add = (parent: string, id: string): void => {
      const known = this.experiments.get(id);
      const isKnown = known?.path === join(parent, id);
      found.set(id, isKnown ? known : new ExperimentFolder(parent, id, parent === trash));
    };
    listFolderNames(trash).forEach((id) => add(trash, id));
    listFolderNames(this.root)
      .filter((id) => id !== TRASH && id !== MODELS)
      .forEach((id) => add(this.root, id));
    this.listed = { mtime, trashMtime, readAt: pass.startedAt };
    this.experiments = found;
    return found;
  }

  /** The folder of a run, or undefined. */
  findRun(runId: string, pass: Pass): RunFolder | undefined {
    for (const experiment of this.experimentFolders(pass).values()) {
      const folder = experiment.isReadable(pass) ? experiment.runFolders(pass).get(runId) : undefined;
      if (folder?.info(pass) !== undefined) {
        return folder;
      }
    }
    return undefined;
  }

  /** The folder of a logged model (MLflow 3), or undefined. */
  findLoggedModel(modelId: string, pass: Pass): string | undefined {
    // The id comes from a caller and becomes a path.
    if (!/^[\w-]{1,255}$/.test(modelId)) {
      return undefined;
    }
    for (const experiment of this.experimentFolders(pass).values()) {
      const folder = join(experiment.path, "models", modelId);
      if (stampOf(join(folder, "meta.yaml")).mtime > 0) {
        return folder;
      }
    }
    return undefined;
  }

  /** Reads every `meta.yaml` and tells, in sentences, what could not be read. */
  async problems(pass: Pass, pacer: Pacer): Promise<readonly string[]> {
    const experiments: string[] = [];
    const runs: string[] = [];
    let badLines = 0;
    for (const experiment of this.experimentFolders(pass).values()) {
      experiment.look(pass);
      if (experiment.problem !== undefined) {
        experiments.push(`${this.relative(experiment.metaPath)}: ${experiment.problem}`);
        continue;
      }
      if (!experiment.isReadable(pass)) {
        continue;
      }
      for (const run of experiment.runFolders(pass).values()) {
        run.info(pass);
        badLines += run.badMetricLines();
        if (run.problem !== undefined) {
          runs.push(`${this.relative(run.metaPath)}: ${run.problem}`);
        }
        if (pacer.isDue) {
          await pacer.rest();
        }
      }
    }
    return [
      ...sentence(experiments, "experiment"),
      ...sentence(runs, "run"),
      ...(badLines === 0 ? [] : [`${badLines} ${badLines === 1 ? "line" : "lines"} of metric files could not be read and ${badLines === 1 ? "is" : "are"} left out.`]),
    ];
  }

  private relative(path: string): string {
    return path.slice(this.root.length + 1).replaceAll("\\", "/");
  }
}

/** How many things are named in one sentence. */
const NAMED = 3;

function sentence(problems: readonly string[], noun: string): readonly string[] {
  if (problems.length === 0) {
    return [];
  }
  const named = problems.slice(0, NAMED).join("; ");
  const more = problems.length > NAMED ? `; and ${problems.length - NAMED} more` : "";
  return [`${problems.length} ${noun}${problems.length === 1 ? "" : "s"} could not be read: ${named}${more}.`];
}
