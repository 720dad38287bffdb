import { join } from "node:path";

import { ExperimentFolder } from "./experimentFolder";
import { listFolderNames, stampOf } from "./files";
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
    // The id comes from a caller and becomes a path.
    const isName = /^[\w-]{1,255}$/.test(runId);
    for (const experiment of this.experimentFolders(pass).values()) {
      // To look whether there is such a folder costs less than to read the experiment.
      if (isName && stampOf(join(experiment.path, runId)).mtime === 0) {
        continue;
      }
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
}
