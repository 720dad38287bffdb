import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import { fixturePath } from "../builders/recordedRuns";
import { expectedStore } from "./expectedStore";
import { describeStoreContract } from "./storeContract";

const signal = new AbortController().signal;

for (const name of ["v2-sqlite", "v3-sqlite"] as const) {
  describeStoreContract(name, () => openSqliteStore(fixturePath(`${name}/mlflow.db`), signal), expectedStore(name), {
    folder: fixturePath(name),
  });
}
