import { DatabaseSync } from "node:sqlite";
import { EXPERIMENTS, FIRST_START, type GeneratedRun } from "./generatedRuns";

/** Fills a database whose tables the real MLflow made. Columns are looked up, so that any version's will do. */
export function writeDatabase(path: string, runs: Iterable<GeneratedRun>): void {
  const db = new DatabaseSync(path);
  // Run ids are random, so that every index is written all over: with a small cache 100,000 runs take many minutes.
  db.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -2000000; BEGIN");
  const insert = (table: string, columns: readonly string[]): ((values: readonly (string | number | null)[]) => void) => {
    const statement = db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
    return (values) => {
      statement.run(...values);
    };
  };
  const hasWorkspaces = db
    .prepare("PRAGMA table_info(experiments)")
    .all()
    .some((column) => column["name"] === "workspace");
  const experiment = insert("experiments", [
    ...["experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time", "last_update_time"],
    ...(hasWorkspaces ? ["workspace"] : []),
  ]);
  for (const id of EXPERIMENTS) {
    experiment([
      Number(id),
      `exp${id}`,
      `mlflow-artifacts:/${id}`,
      "active",
      FIRST_START,
      FIRST_START,
      ...(hasWorkspaces ? ["default"] : []),
    ]);
  }
  const run = insert("runs", [
    ...["run_uuid", "name", "source_type", "source_name", "entry_point_name", "user_id", "status", "start_time", "end_time"],
    ...["source_version", "lifecycle_stage", "artifact_uri", "experiment_id", "deleted_time"],
  ]);
  const param = insert("params", ["key", "value", "run_uuid"]);
  const tag = insert("tags", ["key", "value", "run_uuid"]);
  const metric = insert("metrics", ["key", "value", "timestamp", "run_uuid", "step", "is_nan"]);
  const latest = insert("latest_metrics", ["key", "value", "timestamp", "run_uuid", "step", "is_nan"]);
  for (const made of runs) {
    const uri = `mlflow-artifacts:/${made.experimentId}/${made.runId}/artifacts`;
    const stage = made.isDeleted ? "deleted" : "active";
    const deletedTime = made.isDeleted ? (made.endTime ?? made.startTime) : null;
    run([
      ...[made.runId, made.name, "UNKNOWN", "", "", "alice", made.status, made.startTime, made.endTime],
      ...["", stage, uri, Number(made.experimentId), deletedTime],
    ]);
    for (const [key, value] of made.params) {
      param([key, value, made.runId]);
    }
    for (const [key, value] of made.tags) {
      tag([key, value, made.runId]);
    }
    for (const { key, points } of made.metrics) {
      let row: (string | number)[] = [];
      for (const { value, timestamp, step } of points) {
        row = [key, Number.isNaN(value) ? 0 : value, timestamp, made.runId, step, Number.isNaN(value) ? 1 : 0];
        metric(row);
      }
      latest(row);
    }
  }
  db.exec("COMMIT");
  db.close();
}
