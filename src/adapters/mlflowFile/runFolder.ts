import { join } from "node:path";

import { MLFLOW_TAG, type DatasetInput, type Metric, type Run } from "../../core/tracking/run";
import type { DatasetFolders } from "./datasetFolders";
import { readTextOrNull } from "./files";
import { KeyedFiles } from "./keyedFiles";
import { lifecycleField, statusField, textField, timeField } from "./metaFields";
import { MetaFile } from "./metaFile";
import type { Meta } from "./metaYaml";
import { readMetricSummary, type MetricSummary } from "./metricFile";
import type { Pass } from "./pass";
import { RunLinks } from "./runLinks";

/** What a run's `meta.yaml` tells; enough to sort and page without reading anything else. */
export type RunInfo = Pick<
  Run,
  "runId" | "experimentId" | "name" | "status" | "lifecycleStage" | "startTime" | "endTime" | "userId" | "artifactUri"
>;

/** Which values a filter or an order looks at. */
export interface NeededKeys {
  readonly params: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly datasets: boolean;
}

/** One run's folder. Each part is read when it is asked for and kept until it changes on disk. */
export class RunFolder {
  readonly path: string;
  private readonly meta: MetaFile<RunInfo>;
  private readonly params: KeyedFiles<string>;
  private readonly metrics: KeyedFiles<MetricSummary>;
  private readonly tags: KeyedFiles<string>;
  private readonly links: RunLinks;
  private metaRevision = 0;

  /** @param runId the folder's name. */
  constructor(
    experimentPath: string,
    experimentId: string,
    readonly runId: string,
    private readonly datasets: DatasetFolders,
  ) {
    this.path = join(experimentPath, runId);
    this.meta = new MetaFile(join(this.path, "meta.yaml"), (meta) => toRunInfo(meta, runId, experimentId));
    const readText = (path: string): string | undefined => readTextOrNull(path) ?? undefined;
    // MLflow never changes a param, but rewrites tags in place; a metric grows while its run is running.
    this.params = new KeyedFiles(join(this.path, "params"), readText, { filesChange: "never" });
    this.metrics = new KeyedFiles(join(this.path, "metrics"), readMetric, { filesChange: "seldom" });
    this.tags = new KeyedFiles(join(this.path, "tags"), readText, { filesChange: "often" });
    this.links = new RunLinks(this.path);
  }

  /** Why the run could not be read, or undefined; asks nothing of the disk. A folder that is no run has no problem. */
  get problem(): string | undefined {
    return this.meta.isMissing && !/^[0-9a-f]{32}$/.test(this.runId) ? undefined : this.meta.problem;
  }

  get metaPath(): string {
    return this.meta.path;
  }

  /** How many lines of metrics that were read so far could not be understood. */
  badMetricLines(): number {
    let count = 0;
    for (const metric of this.metrics.heldValues()) {
      count += metric.badLines;
    }
    return count;
  }

  /** Grows with each change that was noticed in any part. */
  get revision(): number {
    return this.meta.revision + this.params.revision + this.metrics.revision + this.tags.revision + this.links.revision;
  }

  /** Undefined where the folder holds no readable run. */
  info(pass: Pass): RunInfo | undefined {
    const info = this.meta.read(pass);
    this.metrics.filesChange = info?.status === "RUNNING" ? "often" : "seldom";
    if (this.metaRevision !== this.meta.revision) {
      // The last lines of a run that has just ended were written while it was running.
      this.metaRevision = this.meta.revision;
      this.metrics.checkFilesOnce();
    }
    if (info?.name !== "") {
      return info;
    }
    return { ...info, name: this.tags.peek(MLFLOW_TAG.runName, pass) ?? "" };
  }

  parentRunId(pass: Pass): string | null {
    const parent = this.tags.peek(MLFLOW_TAG.parentRunId, pass)?.trim() ?? "";
    return parent === "" ? null : parent;
  }

  /** The run with those values only that a filter or an order looks at. */
  probe(info: RunInfo, needed: NeededKeys, pass: Pass): Run {
    const tags = pick(this.tags, needed.tags, pass);
    if (needed.tags.has(MLFLOW_TAG.runName) && !tags.has(MLFLOW_TAG.runName) && info.name !== "") {
      tags.set(MLFLOW_TAG.runName, info.name);
    }
    return {
      ...info,
      parentRunId: null,
      params: pick(this.params, needed.params, pass),
      metrics: toMetrics(pick(this.metrics, needed.metrics, pass)),
      tags,
      inputs: needed.datasets ? this.inputs(pass) : [],
      outputs: [],
    };
  }

  /** The run with everything. */
  toRun(info: RunInfo, pass: Pass): Run {
    return {
      ...info,
      parentRunId: this.parentRunId(pass),
      params: this.params.all(pass),
      metrics: toMetrics(this.metrics.all(pass)),
      tags: this.tags.all(pass),
      inputs: this.inputs(pass),
      outputs: this.links.outputs(pass),
    };
  }

  /** The path of a metric's file, or undefined where the run has no such metric. */
  metricPath(key: string, pass: Pass): string | undefined {
    return this.metrics.pathOf(key, pass);
  }

  /** Compares what somebody has read with the disk, so that `revision` is up to date for all who show it. */
  look(pass: Pass): void {
    const info = this.info(pass);
    this.params.lookIfRead(pass);
    if (info?.status === "RUNNING" && this.metrics.wasRead) {
      // Only files that are held are compared later, and a running run's metrics are what changes most.
      this.metrics.all(pass);
    } else {
      this.metrics.lookIfRead(pass);
    }
    this.tags.lookIfRead(pass);
    this.links.lookIfRead(pass);
  }

  private inputs(pass: Pass): readonly DatasetInput[] {
    return this.datasets.toInputs(this.links.inputs(pass), pass);
  }
}

function readMetric(path: string): MetricSummary | undefined {
  try {
    return readMetricSummary(path);
  } catch {
    return undefined;
  }
}

function pick<T>(files: KeyedFiles<T>, keys: ReadonlySet<string>, pass: Pass): Map<string, T> {
  const values = new Map<string, T>();
  for (const key of keys) {
    const value = files.get(key, pass);
    if (value !== undefined) {
      values.set(key, value);
    }
  }
  return values;
}

function toMetrics(summaries: ReadonlyMap<string, MetricSummary>): ReadonlyMap<string, Metric> {
  const metrics = new Map<string, Metric>();
  for (const [key, { latest }] of summaries) {
    if (latest !== null) {
      metrics.set(key, latest);
    }
  }
  return metrics;
}

/** MLflow leaves out a run whose `meta.yaml` names another run or experiment than its folders; so do we, and say so. */
function toRunInfo(meta: Meta, runId: string, experimentId: string): RunInfo {
  // MLflow before 1.0 wrote run_uuid only.
  const recordedId = textField(meta, "run_id") || textField(meta, "run_uuid");
  if (recordedId === "") {
    throw new Error("it names no run_id");
  }
  if (recordedId !== runId) {
    throw new Error("it belongs to another run");
  }
  const recordedExperiment = textField(meta, "experiment_id");
  if (recordedExperiment !== "" && recordedExperiment !== experimentId) {
    throw new Error(`it belongs to experiment ${recordedExperiment.slice(0, 40)}`);
  }
  return {
    runId,
    experimentId,
    name: textField(meta, "run_name") || textField(meta, "name"),
    status: statusField(meta),
    lifecycleStage: lifecycleField(meta),
    startTime: timeField(meta, "start_time"),
    endTime: timeField(meta, "end_time"),
    userId: textField(meta, "user_id"),
    artifactUri: textField(meta, "artifact_uri"),
  };
}
