import type { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import { loadSqliteModule, type SqliteModule } from "../../src/adapters/mlflowSqlite/sqliteModule";
import { fixturePath } from "../builders/recordedRuns";
import { expectedStore } from "./expectedStore";
import { describeStoreContract } from "./storeContract";

const signal = new AbortController().signal;

for (const name of ["v2-sqlite", "v3-sqlite"] as const) {
  describeStoreContract(name, () => openSqliteStore(fixturePath(`${name}/mlflow.db`), signal), expectedStore(name), {
    folder: fixturePath(name),
  });
}

describeStoreContract(
  "v3-sqlite on a Node whose statements return objects only",
  () => openSqliteStore(fixturePath("v3-sqlite/mlflow.db"), signal, { loadModule: moduleBefore2216 }),
  expectedStore("v3-sqlite"),
  { folder: fixturePath("v3-sqlite") },
);

/** Node's own module without what came with 22.16. */
function moduleBefore2216(): SqliteModule {
  const module = loadSqliteModule();
  class OldDatabase extends module.DatabaseSync {
    override prepare(sql: string): ReturnType<DatabaseSync["prepare"]> {
      return Object.defineProperty(super.prepare(sql), "setReturnArrays", { value: undefined });
    }
  }
  return { ...module, DatabaseSync: OldDatabase };
}
