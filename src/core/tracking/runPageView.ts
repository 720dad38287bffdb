import type { CommitView, HeaderView, RunSections, TextRow, ValueAddress } from "../../protocol/runPage";
import { isStale, lastSign, runCommit, runOwner } from "../browse/runFacts";
import { cutText } from "./cutText";
import { toDatasetView } from "./datasetView";
import { compareNames, toMetricGroups } from "./metricGroups";
import { MLFLOW_TAG, type Run } from "./run";

/** How much of a value the page shows before "Show all". */
const MAX_VALUE = 300;
const MAX_NOTE = 20_000;
const MLFLOW_PREFIX = "mlflow.";
const DIRTY_TAG = "mlflow.source.git.dirty";

/** All that a run itself says, ready for the page. @param now milliseconds since 1970. */
export function toRunSections(run: Run, now: number): RunSections {
  const tags = toTextRows(run.tags);
  const note = run.tags.get(MLFLOW_TAG.note);
  return {
    header: toHeader(run, now),
    note: note === undefined || note.trim() === "" ? null : cutText(note, MAX_NOTE),
    params: toTextRows(run.params),
    metricGroups: toMetricGroups(run.metrics),
    tags: tags.filter((row) => !row.key.startsWith(MLFLOW_PREFIX)),
    mlflowTags: tags.filter((row) => row.key.startsWith(MLFLOW_PREFIX)),
    datasets: run.inputs.map(toDatasetView),
    outputs: run.outputs.map(({ modelId, step }) => ({ modelId, step })),
    commit: toCommit(run),
  };
}

/** The sections of `after` that differ from `before`: what has to be sent again. */
export function changedSections(before: RunSections, after: RunSections): Partial<RunSections> {
  const keys = Object.keys(after) as (keyof RunSections)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]]));
}

/** The whole of a text that the page shows cut, or undefined where the run has it no more. */
export function fullValue(run: Run, address: ValueAddress): string | undefined {
  switch (address.kind) {
    case "note":
      return run.tags.get(MLFLOW_TAG.note);
    case "param":
      return run.params.get(address.key);
    case "tag":
      return run.tags.get(address.key);
    case "dataset":
      return run.inputs[address.index]?.[address.part] ?? undefined;
  }
}

function toHeader(run: Run, now: number): HeaderView {
  const sign = lastSign(run);
  const owner = runOwner(run);
  const user = run.tags.get(MLFLOW_TAG.user) ?? run.userId;
  const source = run.tags.get(MLFLOW_TAG.sourceName);
  return {
    runId: run.runId,
    name: run.name,
    status: run.status,
    liveness: run.status !== "RUNNING" ? "ended" : isStale(run, now) ? "silent" : "live",
    lastSign: sign > 0 ? sign : null,
    deleted: run.lifecycleStage === "deleted",
    startTime: run.startTime,
    endTime: run.endTime,
    owner: owner === "" ? null : owner,
    user: user === "" || user === owner ? null : user,
    source: source === undefined || source === "" ? null : cutText(source, MAX_VALUE),
    sourceType: run.tags.get(MLFLOW_TAG.sourceType) ?? null,
    experimentId: run.experimentId,
    parentRunId: run.parentRunId,
    artifactUri: run.artifactUri,
  };
}

function toTextRows(values: ReadonlyMap<string, string>): TextRow[] {
  return [...values].map(([key, value]) => ({ key, value: cutText(value, MAX_VALUE) })).sort((a, b) => compareNames(a.key, b.key));
}

function toCommit(run: Run): CommitView | null {
  const hash = runCommit(run);
  if (hash === null || hash === "") {
    return null;
  }
  const dirty = run.tags.get(DIRTY_TAG)?.toLowerCase();
  return {
    hash,
    branch: run.tags.get(MLFLOW_TAG.gitBranch) ?? null,
    repoUrl: run.tags.get(MLFLOW_TAG.gitRepoUrl) ?? null,
    dirty: dirty === "true" ? true : dirty === "false" ? false : null,
  };
}
