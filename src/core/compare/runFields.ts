import type { CompareSectionId } from "../../protocol/compare";
import { runDuration, runOwner } from "../browse/runFacts";
import { type DatasetInput, MLFLOW_TAG } from "../tracking/run";
import type { ComparedRun } from "./comparedRun";

/** "param" is a text that may turn out to be a number. */
export type FieldKind = "number" | "text" | "time" | "duration" | "param";

export type AddField = (section: CompareSectionId, key: string, kind: FieldKind, value: number | string | null) => void;

const INTERNAL_TAG = "mlflow.";

/** Tags that tell where the code came from and what it ran in; MLflow's other own tags say nothing that people compare. */
export const SOURCE_TAGS = [
  ["name", MLFLOW_TAG.sourceName],
  ["type", MLFLOW_TAG.sourceType],
  ["entryPoint", "mlflow.project.entryPoint"],
  ["commit", MLFLOW_TAG.gitCommit],
  ["branch", MLFLOW_TAG.gitBranch],
  ["repository", MLFLOW_TAG.gitRepoUrl],
  ["dirty", "mlflow.source.git.dirty"],
] as const;

/** Whether the tag "dirty" of a run says that its files had changed since the commit. */
export function isDirty(tag: string | undefined): boolean {
  return tag !== undefined && tag !== "" && tag.toLowerCase() !== "false";
}

/** Tags that tell what the code ran in. Names with a space, which no package has. */
const ENVIRONMENT_TAGS = [
  ["docker image", "mlflow.docker.image.uri"],
  ["docker image id", "mlflow.docker.image.id"],
  ["project environment", "mlflow.project.env"],
  ["databricks cluster", "mlflow.databricks.cluster.id"],
] as const;

/** Tells every fact of a run, those of the summary and the source in the order in which they are shown. */
export function addFields(compared: ComparedRun, now: number, add: AddField): void {
  const { run } = compared;
  add("summary", "status", "text", run.status);
  add("summary", "lifecycle", "text", run.lifecycleStage);
  add("summary", "start", "time", run.startTime);
  add("summary", "end", "time", run.endTime);
  add("summary", "duration", "duration", runDuration(run, now));
  if (compared.price != null) {
    add("summary", `price (${compared.price.currency})`, "number", compared.price.amount);
  }
  add("summary", "user", "text", orNull(run.tags.get(MLFLOW_TAG.user) ?? run.userId));
  add("summary", "owner", "text", orNull(runOwner(run)));
  add("summary", "experiment", "text", compared.experiment);
  add("summary", "store", "text", compared.store);
  add("summary", "versions", "text", orNull([...compared.versions].sort().join(", ")));
  add("summary", "parent", "text", run.parentRunId);
  add("summary", "description", "text", run.tags.get(MLFLOW_TAG.note) ?? null);
  for (const [key, metric] of run.metrics) {
    add("metrics", key, "number", metric.value);
  }
  for (const [key, value] of run.params) {
    add("params", key, "param", value);
  }
  addDatasets(run.inputs, add);
  for (const [key, value] of compared.environment ?? []) {
    add("environment", key, "text", value);
  }
  for (const [key, tag] of ENVIRONMENT_TAGS) {
    add("environment", key, "text", run.tags.get(tag) ?? null);
  }
  for (const [key, tag] of SOURCE_TAGS) {
    add("source", key, "text", run.tags.get(tag) ?? null);
  }
  for (const [key, value] of run.tags) {
    if (!key.startsWith(INTERNAL_TAG)) {
      add("tags", key, "text", value);
    }
  }
}

/** A run may read several datasets of one name; no store promises their order. */
function addDatasets(inputs: readonly DatasetInput[], add: AddField): void {
  const byKey = new Map<string, DatasetInput[]>();
  for (const input of inputs) {
    const key = input.context === null ? input.name : `${input.context}/${input.name}`;
    byKey.set(key, [...(byKey.get(key) ?? []), input]);
  }
  for (const [key, same] of byKey) {
    const list = (part: (input: DatasetInput) => string): string => [...new Set(same.map(part))].sort().join(", ");
    add(
      "data",
      `${key}/digest`,
      "text",
      list((input) => input.digest),
    );
    add(
      "data",
      `${key}/source`,
      "text",
      list((input) => sourceAddress(input.source)),
    );
    add(
      "data",
      `${key}/sourceType`,
      "text",
      list((input) => input.sourceType),
    );
  }
}

/** Most sources are JSON with nothing but an address; others are compared as stored. */
function sourceAddress(source: string): string {
  try {
    const parsed = JSON.parse(source) as unknown;
    const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
    const [key, value] = entries[0] ?? [];
    return entries.length === 1 && typeof value === "string" && /^(uri|url|path)$/.test(key ?? "") ? value : source;
  } catch {
    // No JSON: the text says it itself.
    return source;
  }
}

/** MLflow writes an empty text for "nobody". */
function orNull(text: string): string | null {
  return text === "" ? null : text;
}
