import { copyFileSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import { openSqliteStore, type SqliteStoreOptions } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import type { Run } from "../../src/core/tracking/run";
import type { Store } from "../../src/core/tracking/store";
import { type RecordedStore, fixturePath } from "./recordedRuns";

const signal = new AbortController().signal;

/** A folder that goes when the test ends. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mlflow-sqlite-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of a recorded database that a test may change. */
export function copiedDatabase(name: RecordedStore = "v3-sqlite"): string {
  const path = join(scratchFolder(), "mlflow.db");
  copyFileSync(fixturePath(`${name}/mlflow.db`), path);
  return path;
}

/** Changes a database as another program would: with a connection of its own. */
export function change(path: string, sql: string): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

export async function opened(path: string, options: SqliteStoreOptions = {}): Promise<Store> {
  const store = await openSqliteStore(path, signal, options);
  onTestFinished(() => store.dispose());
  return store;
}

export async function allRuns(store: Store): Promise<readonly Run[]> {
  const experiments = await store.searchExperiments({ lifecycle: "all", pageSize: 1000 }, signal);
  const experimentIds = experiments.items.map((experiment) => experiment.experimentId);
  return (await store.searchRuns({ experimentIds, lifecycle: "all", pageSize: 10_000 }, signal)).items;
}

/** SQL that adds a run as MLflow does: one transaction, with its name as a tag. */
export function addRunSql(
  runId: string,
  options: { readonly status?: string; readonly startTime?: number; readonly experimentId?: string } = {},
): string {
  const { status = "FINISHED", startTime = 1_760_000_000_000, experimentId = "1" } = options;
  return `BEGIN;
    INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id, user_id)
      VALUES ('${runId}', 'added', '${status}', ${startTime}, ${status === "RUNNING" ? "NULL" : startTime + 1}, 'active', '/x', ${experimentId}, 'bob');
    INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', 'added', '${runId}');
    INSERT INTO params (key, value, run_uuid) VALUES ('p', '1', '${runId}');
  COMMIT;`;
}
