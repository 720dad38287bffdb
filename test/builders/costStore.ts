import { DatabaseSync } from "node:sqlite";
import type { CostedRun } from "../../src/core/cost/costedRun";
import { copiedDatabase } from "./sqliteDatabase";

/** A run of a seeded store. Times in milliseconds since 1970. */
export interface SeededRun {
  readonly id: string;
  readonly experiment?: string;
  readonly status?: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly user?: string;
  readonly isDeleted?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Points by metric, as [time, value] in the order of their steps; a value of null is NaN. */
  readonly metrics?: Readonly<Record<string, readonly (readonly [time: number, value: number | null])[]>>;
  /** Names of data sets with their digests. */
  readonly data?: Readonly<Record<string, string>>;
  /** The registered model that a version of was made from it. */
  readonly model?: string;
}

/** A database with MLflow's own tables that holds these runs only. @returns its path, in a folder that goes when the test ends. */
export function seededStore(runs: readonly SeededRun[]): string {
  const path = copiedDatabase("v3-sqlite");
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  const tables = ["metrics", "latest_metrics", "params", "tags", "inputs", "input_tags", "datasets", "runs", "model_version_tags"];
  tables.push("registered_model_aliases", "registered_model_tags", "model_versions", "registered_models", "experiments", "logged_models");
  tables.forEach((table) => db.exec(`DELETE FROM ${table}`));
  const insert = (table: string, row: Readonly<Record<string, string | number | null>>): void => {
    const keys = Object.keys(row);
    db.prepare(`INSERT INTO ${table} (${keys.join(", ")}) VALUES (${keys.map(() => "?").join(", ")})`).run(...Object.values(row));
  };
  const experiments = [...new Set(runs.map(({ experiment = "churn" }) => experiment))];
  experiments.forEach((name, index) =>
    insert("experiments", { experiment_id: index + 1, name, lifecycle_stage: "active", workspace: "default" }),
  );
  const versions = new Map<string, number>();
  runs.forEach((run, index) => {
    const experimentId = experiments.indexOf(run.experiment ?? "churn") + 1;
    insert("runs", {
      ...{ run_uuid: run.id, name: `name of ${run.id}`, user_id: run.user ?? "ana", status: run.status ?? "FINISHED", artifact_uri: "" },
      ...{ start_time: run.start, end_time: run.end, lifecycle_stage: run.isDeleted === true ? "deleted" : "active" },
      ...{ experiment_id: experimentId },
    });
    Object.entries(run.tags ?? {}).forEach(([key, value]) => insert("tags", { key, value, run_uuid: run.id }));
    Object.entries(run.params ?? {}).forEach(([key, value]) => insert("params", { key, value, run_uuid: run.id }));
    Object.entries(run.metrics ?? {}).forEach(([key, points]) => {
      const rows = points.map(([timestamp, value], step) => ({
        ...{ key, value: value ?? 0, timestamp, run_uuid: run.id, step, is_nan: value === null ? 1 : 0 },
      }));
      rows.forEach((row) => insert("metrics", row));
      const last = rows.at(-1);
      if (last !== undefined) {
        insert("latest_metrics", last);
      }
    });
    Object.entries(run.data ?? {}).forEach(([name, digest]) => {
      const id = `${name}:${digest}`;
      db.prepare(
        "INSERT OR IGNORE INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source) VALUES (?, ?, ?, ?, '', '')",
      ).run(id, experimentId, name, digest);
      insert("inputs", {
        ...{ input_uuid: `${index}-${name}`, source_type: "DATASET", source_id: id, destination_type: "RUN", destination_id: run.id },
      });
    });
    if (run.model !== undefined) {
      const version = (versions.get(run.model) ?? 0) + 1;
      if (version === 1) {
        insert("registered_models", { name: run.model, workspace: "default" });
      }
      versions.set(run.model, version);
      insert("model_versions", { name: run.model, version, run_id: run.id, workspace: "default", status: "READY", current_stage: "None" });
    }
  });
  db.close();
  return path;
}

/** A finished run of an hour, on the tenth of November 2026 at noon UTC. */
export function aCostedRun(runId: string, changes: Partial<CostedRun> = {}): CostedRun {
  const startedAt = Date.UTC(2026, 10, 10, 12);
  return {
    ...{ storeId: "s", runId, name: runId, experiment: "churn", person: "ana", config: null, model: null, status: "FINISHED" },
    ...{
      startedAt,
      endedAt: startedAt + 3_600_000,
      instance: { name: "gpu", from: "tag" },
      fingerprint: null,
      commit: null,
      isDirty: false,
    },
    ...{
      paramsKey: null,
      dataKey: null,
      hasModel: true,
      hasMetric: true,
      parentRunId: null,
      hasChildren: false,
      paidIn: null,
      isDeleted: false,
    },
    ...{ lastPointAt: null, isDeliberate: false, job: null, jobEndedAt: null, startedBy: null, gpus: null },
    ...changes,
  };
}
