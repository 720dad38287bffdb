import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseMetaYaml } from "../../src/adapters/mlflowFile/metaYaml";
import { readMetricPoints, readMetricSummary } from "../../src/adapters/mlflowFile/metricFile";
import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { idOf, MlrunsFolder } from "../builders/mlrunsFolder";
import { exploreStore } from "./exploreStore";
import { fixtures, type FuzzTarget, type OpenTarget, ofText, texts } from "./fuzzTarget";

const RUN = idOf("a");
/** Files of a folder store that are read as something, and what each may hold. */
const FILES: Readonly<Record<string, string>> = {
  "run-meta": `1/${RUN}/meta.yaml`,
  "experiment-meta": "1/meta.yaml",
  metric: `1/${RUN}/metrics/acc`,
  tag: `1/${RUN}/tags/mlflow.parentRunId`,
  "model-history": `1/${RUN}/tags/mlflow.log-model.history`,
  "input-meta": `1/${RUN}/inputs/i1/meta.yaml`,
  "dataset-meta": "1/datasets/d1/meta.yaml",
  "model-meta": "models/churn/meta.yaml",
  "version-meta": "models/churn/version-1/meta.yaml",
  alias: "models/churn/aliases/champion",
  mlmodel: `1/${RUN}/artifacts/model/MLmodel`,
};

/** Stores that others wrote. */
export const storeTargets: readonly FuzzTarget[] = [
  { name: "meta-yaml", kind: "text", seeds: metaSeeds, open: ofText(parseMetaYaml) },
  {
    name: "metric-file",
    kind: "text",
    seeds: texts("1700000000000 0.5 1\n1700000001000 nan 2\n1700000002000 -inf 3 data digest\n"),
    share: 60,
    open: metricFile,
  },
  ...Object.entries(FILES).map(([name, path]): FuzzTarget => ({
    name: `folder-store-${name}`,
    kind: "text",
    seeds: () => folderSeeds(path),
    share: 6,
    open: () => folderStore(path),
  })),
  { name: "database", kind: "bytes", seeds: fixtures("mlflow/v3-sqlite/mlflow.db"), share: 1, open: database },
];

function metaSeeds(): readonly Uint8Array[] {
  return texts(
    "artifact_location: file:///x\ncreation_time: 1700000000000\nexperiment_id: '1'\nlifecycle_stage: active\nname: \"a: b\"\n",
    "name: >-\n  folded\n  text\naliases: {}\ntags: [{key: a, value: b}]\nsource_version: null\n",
  )();
}

function folderSeeds(path: string): readonly Uint8Array[] {
  const content: Readonly<Record<string, string>> = {
    "meta.yaml": `artifact_uri: x\nend_time: 1700000060000\nentry_point_name: ''\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: ${RUN}\nrun_name: a\nrun_uuid: ${RUN}\nsource_name: ''\nsource_type: 4\nstart_time: 1700000000000\nstatus: 3\ntags: []\nuser_id: ana\nname: churn\nversion: 1\ncurrent_stage: None\ncreation_timestamp: 1700000000000\nlast_updated_timestamp: 1700000000000\nsource: x\ndescription: ''\naliases: {champion: 1}\ndigest: d\nsource_type: local\nsource: '{"uri": "a.csv"}'\nschema: '{}'\nprofile: '{}'\n`,
    acc: "1700000000000 0.5 1\n1700000001000 0.6 2\n",
    "mlflow.log-model.history": '[{"artifact_path": "model", "flavors": {}}]',
    champion: "1",
    MLmodel:
      "artifact_path: model\nsaved_input_example_info:\n  artifact_path: input_example.json\n  pandas_orient: split\n  type: dataframe\n  serving_input_path: serving_input_example.json\n",
  };
  return texts(content[path.slice(path.lastIndexOf("/") + 1)] ?? RUN)();
}

/** A small store of which one file is the input; it is opened anew each time, as a window that comes later does. */
async function folderStore(path: string): Promise<OpenTarget> {
  const folder = new MlrunsFolder();
  folder.experiment("1").experiment("2");
  folder.run("1", RUN, { metrics: { acc: "1700000000000 0.5 1\n" }, params: { lr: "0.1" }, tags: { "mlflow.runName": "a" } });
  folder.run("1", idOf("b"));
  for (const [name, text] of [
    ["models/churn/meta.yaml", "name: churn\ncreation_timestamp: 1\nlast_updated_timestamp: 1\ndescription: ''\n"],
    [
      "models/churn/version-1/meta.yaml",
      `name: churn\nversion: 1\nrun_id: ${RUN}\nsource: file://${folder.root}/1/${RUN}/artifacts/model\ncurrent_stage: None\ncreation_timestamp: 1\nlast_updated_timestamp: 1\nstatus: READY\n`,
    ],
    [`1/${RUN}/artifacts/model/MLmodel`, "artifact_path: model\n"],
    [`1/${RUN}/artifacts/model/serving_input_example.json`, '{"inputs": [[1]]}'],
    ["1/datasets/d1/meta.yaml", "digest: d\nname: n\nprofile: '{}'\nschema: '{}'\nsource: '{}'\nsource_type: local\n"],
    [`1/${RUN}/inputs/i1/meta.yaml`, `destination_id: ${RUN}\ndestination_type: 1\nsource_id: d1\nsource_type: 1\ntags: {}\n`],
  ] as const) {
    folder.write(name, text);
  }
  return {
    run: async (input) => {
      await writeFile(folder.write(path, ""), input);
      const store = await openFileStore(folder.root, NEVER_CANCELLED);
      try {
        await exploreStore(store);
      } finally {
        store.dispose();
      }
    },
    close: () => folder.dispose(),
  };
}

async function metricFile(): Promise<OpenTarget> {
  const folder = await mkdtemp(join(tmpdir(), "mlops-fuzz-"));
  const path = join(folder, "acc");
  return {
    run: async (input) => {
      await writeFile(path, input);
      readMetricSummary(path);
      await readMetricPoints(path, () => Promise.resolve());
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function database(): Promise<OpenTarget> {
  const folder = await mkdtemp(join(tmpdir(), "mlops-fuzz-"));
  const path = join(folder, "mlflow.db");
  return {
    run: async (input) => {
      await writeFile(path, input);
      const store = await openSqliteStore(path, NEVER_CANCELLED);
      try {
        await exploreStore(store);
      } finally {
        store.dispose();
      }
      // Nothing beside the file may stay, or the next input would be read with it.
      await Promise.all(["-wal", "-shm", "-journal"].map((ending) => rm(`${path}${ending}`, { force: true })));
      await readFile(path);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
