import { join } from "node:path";

import type { Experiment } from "../../core/tracking/experiment";
import { DatasetFolders } from "./datasetFolders";
import { listFolderNames, readTextOrNull, stampOf } from "./files";
import { KeyedFiles } from "./keyedFiles";
import { lifecycleField, textField, timeField } from "./metaFields";
import { MetaFile } from "./metaFile";
import type { Meta } from "./metaYaml";
import { isTooFresh, type Pass } from "./pass";
import { RunFolder } from "./runFolder";

/** Folders below an experiment that hold no run. */
const RESERVED: ReadonlySet<string> = new Set(["tags", "datasets", "traces", "models"]);

type ExperimentInfo = Omit<Experiment, "tags">;

/** One experiment's folder and the runs in it. */
export class ExperimentFolder {
  readonly path: string;
  private readonly meta: MetaFile<ExperimentInfo>;
  private readonly tags: KeyedFiles<string>;
  private readonly datasets: DatasetFolders;
  private runs: ReadonlyMap<string, RunFolder> = new Map();
  private runsRevision = 0;
  private listed: { readonly mtime: number; readonly readAt: number } | undefined;
  private seen: Pass | undefined;

  /**
   * @param parent the `mlruns` folder, or its `.trash`, into which MLflow moves deleted experiments.
   * @param experimentId the folder's name.
   */
  constructor(
    parent: string,
    readonly experimentId: string,
    isInTrash: boolean,
  ) {
    this.path = join(parent, experimentId);
    this.meta = new MetaFile(join(this.path, "meta.yaml"), (meta) => toExperimentInfo(meta, experimentId, isInTrash));
    this.tags = new KeyedFiles(join(this.path, "tags"), (path) => readTextOrNull(path) ?? undefined, { filesChange: "often" });
    this.datasets = new DatasetFolders(this.path);
  }

  /** Why the experiment could not be read; a folder without `meta.yaml` holds artifacts only and is no problem. */
  get problem(): string | undefined {
    return this.meta.isMissing ? undefined : this.meta.problem;
  }

  get metaPath(): string {
    return this.meta.path;
  }

  /** Grows when the experiment itself changed, or when runs came or went; not when a run changed. */
  get revision(): number {
    return this.meta.revision + this.tags.revision + this.runsRevision;
  }

  /** Undefined where the folder holds no readable experiment. */
  read(pass: Pass): Experiment | undefined {
    const info = this.meta.read(pass);
    return info === undefined ? undefined : { ...info, tags: this.tags.all(pass) };
  }

  /** Whether the folder holds a readable experiment. */
  isReadable(pass: Pass): boolean {
    return this.meta.read(pass) !== undefined;
  }

  /** Every folder that may hold a run, by name. */
  runFolders(pass: Pass): ReadonlyMap<string, RunFolder> {
    if (this.seen === pass) {
      return this.runs;
    }
    this.seen = pass;
    const { mtime } = stampOf(this.path);
    if (this.listed?.mtime === mtime && !isTooFresh(mtime, this.listed.readAt)) {
      return this.runs;
    }
    const runs = new Map<string, RunFolder>();
    for (const name of listFolderNames(this.path)) {
      if (!RESERVED.has(name)) {
        runs.set(name, this.runs.get(name) ?? new RunFolder(this.path, this.experimentId, name, this.datasets));
      }
    }
    const isSame = runs.size === this.runs.size && [...runs.keys()].every((name) => this.runs.has(name));
    this.runsRevision += this.listed === undefined || isSame ? 0 : 1;
    this.listed = { mtime, readAt: pass.startedAt };
    this.runs = runs;
    return runs;
  }

  look(pass: Pass): void {
    this.meta.read(pass);
    this.tags.look(pass);
  }
}

function toExperimentInfo(meta: Meta, experimentId: string, isInTrash: boolean): ExperimentInfo {
  const recordedId = textField(meta, "experiment_id");
  if (recordedId !== experimentId) {
    throw new Error(recordedId === "" ? "it names no experiment_id" : "it belongs to another experiment");
  }
  return {
    experimentId,
    name: textField(meta, "name") || experimentId,
    lifecycleStage: isInTrash ? "deleted" : lifecycleField(meta),
    artifactLocation: textField(meta, "artifact_location"),
    creationTime: timeField(meta, "creation_time"),
    lastUpdateTime: timeField(meta, "last_update_time"),
  };
}
