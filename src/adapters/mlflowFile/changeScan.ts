import type { CancelSignal } from "../../core/base/cancel";
import { NO_CHANGE, type StoreChange } from "../../core/tracking/trackingStore";
import type { ModelIndex } from "./modelIndex";
import { Pacer } from "./pacer";
import { newPass } from "./pass";
import type { StoreIndex } from "./storeIndex";

/** The folder object and its revision at the last scan; a folder that was moved is another object. */
interface Known {
  readonly folder: object;
  readonly revision: number;
}

interface Snapshot {
  readonly experiments: ReadonlyMap<string, Known>;
  readonly runs: ReadonlyMap<string, Known>;
  readonly models: ReadonlyMap<string, Known>;
}

/**
 * Tells what changed since the last scan by the times of folders and files, without reading what did not change. Of a run
 * that nobody has read, only its coming, going and `meta.yaml` are looked at: nobody shows the rest.
 */
export class ChangeScan {
  private last: Snapshot | undefined;

  constructor(
    private readonly index: StoreIndex,
    private readonly models: ModelIndex,
  ) {}

  async next(signal: CancelSignal): Promise<StoreChange> {
    const before = this.last;
    const now = await this.take(signal);
    this.last = now;
    if (before === undefined) {
      return NO_CHANGE;
    }
    return {
      experiments: difference(before.experiments, now.experiments),
      runs: difference(before.runs, now.runs),
      models: difference(before.models, now.models),
    };
  }

  private async take(signal: CancelSignal): Promise<Snapshot> {
    const pass = newPass();
    const pacer = new Pacer(signal);
    const experiments = new Map<string, Known>();
    const runs = new Map<string, Known>();
    const models = new Map<string, Known>();
    for (const [id, experiment] of this.index.experimentFolders(pass)) {
      experiment.look(pass);
      for (const [runId, run] of experiment.isReadable(pass) ? experiment.runFolders(pass) : []) {
        run.look(pass);
        runs.set(runId, { folder: run, revision: run.revision });
        if (pacer.isDue) {
          await pacer.rest();
        }
      }
      experiments.set(id, { folder: experiment, revision: experiment.revision });
    }
    for (const [folderName, model] of this.models.modelFolders(pass)) {
      model.look(pass);
      models.set(model.name(pass) ?? folderName, { folder: model, revision: model.revision });
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
    return { experiments, runs, models };
  }
}

function difference(before: ReadonlyMap<string, Known>, now: ReadonlyMap<string, Known>): readonly string[] {
  const changed: string[] = [];
  for (const [key, { folder, revision }] of now) {
    const known = before.get(key);
    if (known?.folder !== folder || known.revision !== revision) {
      changed.push(key);
    }
  }
  for (const key of before.keys()) {
    if (!now.has(key)) {
      changed.push(key);
    }
  }
  return changed;
}
