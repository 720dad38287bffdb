import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import type { Run } from "../../../src/core/tracking/run";
import type { Store } from "../../../src/core/tracking/store";
import { NO_CHANGE, type StoreChange } from "../../../src/core/tracking/trackingStore";
import { idOf, MlrunsFolder } from "../../builders/mlrunsFolder";

const signal = new AbortController().signal;
let folder: MlrunsFolder;
let store: Store;

/** Makes every file old, so that the store trusts what it has read, as with data of yesterday. */
function settle(path = folder.root): void {
  const time = Date.now() / 1000 - 3600;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) {
      settle(child);
    } else {
      utimesSync(child, time, time);
    }
  }
  utimesSync(path, time, time);
}

const runs = async (): Promise<readonly Run[]> =>
  (await store.searchRuns({ experimentIds: ["1"], lifecycle: "active", pageSize: 1000 }, signal)).items;
const run = async (digit: string): Promise<Run | undefined> => (await runs()).find((item) => item.runId === idOf(digit));
const changes = (): Promise<StoreChange> => store.checkForChanges(signal);

beforeEach(async () => {
  folder = new MlrunsFolder();
  folder.experiment("1").experiment("2");
  folder.run("1", idOf("a"), {
    params: { lr: "1", "g/h": "1" },
    metrics: { acc: "1 0.5 0\n", "val/acc": "1 0.5 0\n" },
    tags: { owner: "ann" },
  });
  folder.run("1", idOf("b"), { meta: { status: "1", end_time: "null" }, metrics: { acc: "1 0.5 0\n" } });
  folder.run("2", idOf("c"));
  folder.write("models/churn/meta.yaml", "name: churn\n");
  folder.write("models/churn/version-1/meta.yaml", "name: churn\nversion: 1\n");
  settle();
  store = await openFileStore(folder.root, signal);
});

afterEach(() => folder.dispose());

/** Each change as MLflow makes it, and what a look at the store must then show. */
const cases: readonly {
  readonly what: string;
  readonly change: () => void;
  readonly expected: Partial<StoreChange>;
  readonly shown?: () => Promise<void>;
}[] = [
  {
    what: "a new run",
    change: () => folder.run("1", idOf("d"), { params: { lr: "2" } }),
    expected: { experiments: ["1"], runs: [idOf("d")] },
    shown: async () => expect((await run("d"))?.params.get("lr")).toBe("2"),
  },
  {
    what: "a run that is gone",
    change: () => rmSync(join(folder.root, "1", idOf("a")), { recursive: true }),
    expected: { experiments: ["1"], runs: [idOf("a")] },
    shown: async () => expect(await run("a")).toBeUndefined(),
  },
  {
    what: "a run that was deleted in place",
    change: () => folder.run("1", idOf("a"), { meta: { lifecycle_stage: "deleted" } }),
    expected: { runs: [idOf("a")] },
    shown: async () => expect(await run("a")).toBeUndefined(),
  },
  {
    what: "a line added to a running run's metric",
    change: () => folder.append(`1/${idOf("b")}/metrics/acc`, "2 0.75 1\n"),
    expected: { runs: [idOf("b")] },
    shown: async () => expect((await run("b"))?.metrics.get("acc")).toEqual({ value: 0.75, timestamp: 2, step: 1 }),
  },
  {
    what: "a run's last line and its end",
    change: () => {
      folder.append(`1/${idOf("b")}/metrics/acc`, "3 0.9 2\n");
      folder.run("1", idOf("b"), { meta: { status: "3" } });
    },
    expected: { runs: [idOf("b")] },
    shown: async () =>
      expect(await run("b")).toMatchObject({ status: "FINISHED", metrics: new Map([["acc", { value: 0.9, timestamp: 3, step: 2 }]]) }),
  },
  {
    what: "a new nested metric of an ended run",
    change: () => folder.write(`1/${idOf("a")}/metrics/val/loss`, "1 0.1 0\n"),
    expected: { runs: [idOf("a")] },
    shown: async () => expect((await run("a"))?.metrics.get("val/loss")?.value).toBe(0.1),
  },
  {
    what: "a tag that is written over with a text of the same length",
    change: () => folder.write(`1/${idOf("a")}/tags/owner`, "bob"),
    expected: { runs: [idOf("a")] },
    shown: async () => expect((await run("a"))?.tags.get("owner")).toBe("bob"),
  },
  {
    what: "a tag that is gone",
    change: () => rmSync(join(folder.root, "1", idOf("a"), "tags", "owner")),
    expected: { runs: [idOf("a")] },
    shown: async () => expect((await run("a"))?.tags.size).toBe(0),
  },
  {
    what: "a parent that was set",
    change: () => folder.write(`1/${idOf("a")}/tags/mlflow.parentRunId`, idOf("b")),
    expected: { runs: [idOf("a")] },
    shown: async () => expect((await run("a"))?.parentRunId).toBe(idOf("b")),
  },
  {
    what: "an input and an output",
    change: () => {
      folder.write("1/datasets/d/meta.yaml", "name: data\ndigest: x\nsource_type: s3\nsource: '{}'\n");
      folder.write(`1/${idOf("a")}/inputs/i/meta.yaml`, "source_type: DATASET\nsource_id: d\ntags: {}\n");
      folder.write(`1/${idOf("a")}/outputs/m-1/meta.yaml`, "destination_id: m-1\nstep: 1\n");
    },
    expected: { runs: [idOf("a")] },
    shown: async () => expect(await run("a")).toMatchObject({ inputs: [{ name: "data" }], outputs: [{ modelId: "m-1" }] }),
  },
  {
    what: "an experiment's new name",
    change: () => folder.experiment("2", { name: "renamed" }),
    expected: { experiments: ["2"] },
    shown: async () => {
      const { items } = await store.searchExperiments({ lifecycle: "active", pageSize: 10 }, signal);
      expect(items.map((item) => item.name)).toContain("renamed");
    },
  },
  {
    what: "an experiment's tag",
    change: () => folder.write("2/tags/owner", "bob"),
    expected: { experiments: ["2"] },
  },
  {
    what: "an experiment that was moved to the trash, with its run",
    change: () => {
      folder.run("2", idOf("c"), { meta: { lifecycle_stage: "deleted" } });
      renameSync(join(folder.root, "2"), join(folder.root, ".trash", "2"));
    },
    expected: { experiments: ["2"], runs: [idOf("c")] },
    shown: async () => {
      const { items } = await store.searchExperiments({ lifecycle: "deleted", pageSize: 10 }, signal);
      expect(items.map((item) => item.experimentId)).toEqual(["2"]);
      expect(await store.getRun(idOf("c"), signal)).toMatchObject({ lifecycleStage: "deleted" });
    },
  },
  {
    what: "a new version, an alias and a stage",
    change: () => {
      folder.write("models/churn/version-2/meta.yaml", "name: churn\nversion: 2\n");
      folder.write("models/churn/aliases/champion", "2");
      folder.write("models/churn/version-1/meta.yaml", "name: churn\nversion: 1\ncurrent_stage: Archived\n");
    },
    expected: { models: ["churn"] },
    shown: async () => {
      const { items } = await store.searchModelVersions("churn", { pageSize: 10 }, signal);
      expect(items.map(({ version, stage, aliases }) => [version, stage, aliases])).toEqual([
        ["2", "None", ["champion"]],
        ["1", "Archived", []],
      ]);
    },
  },
  {
    what: "a model that is gone",
    change: () => rmSync(join(folder.root, "models", "churn"), { recursive: true }),
    expected: { models: ["churn"] },
  },
  { what: "an artifact, which is no part of the list", change: () => folder.write(`1/${idOf("a")}/artifacts/x`, "x"), expected: {} },
];

describe("a store that changes", () => {
  it.each(cases)("names and shows $what", async ({ change, expected, shown }) => {
    await runs();
    await store.searchModelVersions("churn", { pageSize: 10 }, signal);
    expect(await changes()).toEqual(NO_CHANGE);
    expect(await changes()).toEqual(NO_CHANGE);
    change();
    expect(await changes()).toEqual({ ...NO_CHANGE, ...expected });
    expect(await changes()).toEqual(NO_CHANGE);
    await shown?.();
  });

  it.each(cases)("shows $what without a look for changes in between", async ({ change, shown }) => {
    await runs();
    change();
    await shown?.();
  });

  it("names a change that a list has already shown", async () => {
    await changes();
    folder.run("1", idOf("d"));
    await runs();
    expect((await changes()).runs).toEqual([idOf("d")]);
  });

  it("looks at a run's values only when somebody has read them, and then shows them as they are", async () => {
    await changes();
    folder.write(`2/${idOf("c")}/tags/owner`, "bob");
    expect(await changes()).toEqual(NO_CHANGE);
    expect((await store.getRun(idOf("c"), signal)).tags.get("owner")).toBe("bob");
    folder.write(`2/${idOf("c")}/params/lr`, "1");
    expect((await changes()).runs).toEqual([idOf("c")]);
  });

  it("goes on looking at a run that was read while it was written", async () => {
    folder.run("1", idOf("d"), { params: { lr: "1" }, tags: { owner: "ann" } });
    await runs();
    await changes();
    await changes();
    folder.write(`1/${idOf("d")}/params/depth`, "2");
    expect((await changes()).runs).toEqual([idOf("d")]);
  });

  it("shows a metric that was added to an ended run, which changes neither its folder nor its meta.yaml", async () => {
    await runs();
    folder.append(`1/${idOf("a")}/metrics/acc`, "2 0.75 1\n");
    expect((await run("a"))?.metrics.get("acc")?.value).toBe(0.75);
    folder.append(`1/${idOf("a")}/metrics/acc`, "3 0.85 2\n");
    expect((await store.getRun(idOf("a"), signal)).metrics.get("acc")?.value).toBe(0.85);
  });

  it("is not fooled by a change within the tick of the clock that leaves time and size as they were", async () => {
    const path = folder.write(`1/${idOf("a")}/tags/owner`, "eve");
    const now = Date.now() / 1000;
    utimesSync(path, now, now);
    expect((await run("a"))?.tags.get("owner")).toBe("eve");
    writeFileSync(path, "bob");
    utimesSync(path, now, now);
    expect((await run("a"))?.tags.get("owner")).toBe("bob");
  });

  it("is read while another process writes runs and lines, and then holds all of them", async () => {
    const writer = spawn(process.execPath, ["-e", WRITER, join(folder.root, "1")], { stdio: "inherit" });
    const ended = once(writer, "exit");
    let looks = 0;
    while (writer.exitCode === null) {
      for (const item of (await runs()).filter(({ name }) => name.startsWith("written"))) {
        for (const metric of item.metrics.values()) {
          expect(metric.value).toBe(metric.step / 2);
        }
      }
      await changes();
      looks++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await ended).toEqual([0, null]);
    expect(looks).toBeGreaterThan(1);
    const written = (await runs()).filter(({ name }) => name.startsWith("written"));
    expect(written).toHaveLength(20);
    for (const item of written) {
      expect(item).toMatchObject({
        status: "FINISHED",
        params: new Map([["lr", "0.1"]]),
        metrics: new Map([["acc", { value: 99.5, step: 199 }]]),
      });
    }
    expect((await store.describe(signal)).notes).toEqual([]);
  });
});

it("reads a copy of the store under another path alike", async () => {
  const copy = join(folder.parent, "copy");
  mkdirSync(copy);
  cpSync(folder.root, join(copy, "mlruns"), { recursive: true });
  const before = await runs();
  store = await openFileStore(copy, signal);
  expect(await runs()).toEqual(before);
});

/** Writes twenty runs as MLflow does, each with two hundred lines, in pieces that end within a line. */
const WRITER = `
const fs = require("node:fs"), path = require("node:path");
const experiment = process.argv[1];
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (let r = 0; r < 20; r++) {
  const id = String(r).padStart(32, "0");
  const folder = path.join(experiment, id);
  for (const part of ["metrics", "params", "tags", "artifacts"]) fs.mkdirSync(path.join(folder, part), { recursive: true });
  const meta = (status) => "artifact_uri: x\\nexperiment_id: '1'\\nlifecycle_stage: active\\nrun_id: '" + id + "'\\nrun_name: written " + r +
    "\\nstart_time: 1\\nstatus: " + status + "\\nuser_id: u\\n";
  fs.writeFileSync(path.join(folder, "meta.yaml"), meta(1));
  fs.writeFileSync(path.join(folder, "params", "lr"), "0.1");
  const file = fs.openSync(path.join(folder, "metrics", "acc"), "a");
  for (let s = 0; s < 200; s++) {
    const line = "1700000000000 " + s / 2 + " " + s + "\\n";
    // The step is never cut, because a cut step is a step.
    const cut = line.lastIndexOf(" ") - (s % 3);
    fs.writeSync(file, line.slice(0, cut));
    if (s % 50 === 0) sleep(1);
    fs.writeSync(file, line.slice(cut));
  }
  fs.closeSync(file);
  fs.writeFileSync(path.join(folder, "meta.yaml.tmp"), meta(3));
  fs.renameSync(path.join(folder, "meta.yaml.tmp"), path.join(folder, "meta.yaml"));
}
`;
