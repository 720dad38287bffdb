import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import { fixturePath } from "../builders/recordedRuns";
import { expectedStore } from "./expectedStore";
import { describeStoreContract } from "./storeContract";

const signal = new AbortController().signal;

for (const name of ["v2-file", "v3-file"] as const) {
  describeStoreContract(name, () => openFileStore(fixturePath(name), signal), expectedStore(name), { folder: fixturePath(name) });
}
