import type { CancelSignal } from "../../core/base/cancel";
import type { Store } from "../../core/tracking/store";
import { Connection } from "./connection";
import { loadSqliteModule, type SqliteModule } from "./sqliteModule";
import { SqliteStore } from "./sqliteStore";

export interface SqliteStoreOptions {
  /** Which workspace of an MLflow 3 database is shown; MLflow itself puts everything into "default" unless told otherwise. */
  readonly workspace?: string;
  /** How Node's SQLite is found. */
  readonly loadModule?: () => SqliteModule;
}

/**
 * Opens an `mlflow.db`, read-only.
 * @param path absolute.
 * @throws AppError `store/not-found`, `store/not-mlflow`, `store/unreadable`, `store/locked` or `store/module-missing`.
 */
export async function openSqliteStore(path: string, signal: CancelSignal, options: SqliteStoreOptions = {}): Promise<Store> {
  signal.throwIfAborted();
  return new SqliteStore(await Connection.open(path, options.loadModule ?? loadSqliteModule, options.workspace ?? "default", signal));
}
