import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import type { Run } from "../../../src/core/tracking/run";
import type { Store } from "../../../src/core/tracking/store";
import type { RunQuery } from "../../../src/core/tracking/trackingStore";
import { idOf, MlrunsFolder } from "../../builders/mlrunsFolder";

const signal = new AbortController().signal;
let folder: MlrunsFolder;

beforeEach(() => (folder = new MlrunsFolder()));
afterEach(() => folder.dispose());

const open = (): Promise<Store> => openFileStore(folder.root, signal);
const search = async (store: Store, query: Partial<RunQuery> = {}): Promise<readonly Run[]> =>
  (await store.searchRuns({ experimentIds: ["1"], lifecycle: "active", pageSize: 1000, ...query }, signal)).items;
const idsOf = (runs: readonly Run[]): readonly string[] => runs.map((run) => run.runId);
const notes = async (store: Store): Promise<readonly string[]> => (await store.describe(signal)).notes;

describe("opening", () => {
  it("takes the mlruns folder or the folder that holds it, with the store's name in either", async () => {
    folder.experiment("1").run("1", idOf("a"));
    for (const path of [folder.root, folder.parent, `${folder.parent}/`, join(folder.parent, "mlruns", ".")]) {
      expect(await search(await openFileStore(path, signal))).toHaveLength(1);
    }
  });

  it("tells artifacts of a database, an empty folder and a file from a store", async () => {
    const path = join(folder.parent, "mlruns");
    await expect(openFileStore(path, signal)).rejects.toMatchObject({ code: "store/not-mlflow" });
    folder.write(`1/${idOf("a")}/artifacts/model/MLmodel`, "");
    await expect(openFileStore(path, signal)).rejects.toMatchObject({ code: "store/not-mlflow" });
    await expect(openFileStore(folder.write("file", ""), signal)).rejects.toMatchObject({ code: "store/not-mlflow" });
  });

  it("tells one experiment's folder from a store and says which folder to give", async () => {
    folder.experiment("1").run("1", idOf("a"));
    await expect(openFileStore(join(folder.root, "1"), signal)).rejects.toMatchObject({
      code: "store/not-mlflow",
      remedy: "Give the mlruns folder that holds it.",
    });
  });

  it("opens a store that holds only deleted experiments or only models", async () => {
    folder.experiment("1", { folder: ".trash/1" });
    expect((await (await open()).searchExperiments({ lifecycle: "all", pageSize: 10 }, signal)).items).toHaveLength(1);
    rmSync(join(folder.root, ".trash"), { recursive: true });
    folder.write("models/m/meta.yaml", "name: m\n");
    expect((await (await open()).searchRegisteredModels({ pageSize: 10 }, signal)).items.map((model) => model.name)).toEqual(["m"]);
  });

  it("tells a folder that is missing", async () => {
    await expect(openFileStore(join(folder.parent, "none"), signal)).rejects.toMatchObject({ code: "store/not-found" });
  });
});

describe("experiments", () => {
  it("hold tags with nested keys; the trash counts as deleted; reserved folders are none", async () => {
    folder.experiment("1", { name: "'it''s: one'" }).experiment("2", { folder: ".trash/2" });
    folder.write("1/tags/group/owner", "ann\n");
    folder.write("models/m/meta.yaml", "name: m\n");
    folder.write("1/datasets/d/meta.yaml", "name: d\n");
    folder.write("1/traces/tr-1/trace_info.yaml", "");
    const store = await open();
    const { items } = await store.searchExperiments({ lifecycle: "all", pageSize: 10 }, signal);
    expect(items.map(({ experimentId, name, lifecycleStage }) => [experimentId, name, lifecycleStage])).toEqual([
      ["1", "it's: one", "active"],
      ["2", "experiment 2", "deleted"],
    ]);
    expect(items[0]?.tags).toEqual(new Map([["group/owner", "ann\n"]]));
    expect(await search(store)).toEqual([]);
    expect(await notes(store)).toEqual([]);
  });

  it("of MLflow 1 have no times", async () => {
    folder.write("0/meta.yaml", "artifact_location: mlruns/0\nexperiment_id: 0\nlifecycle_stage: active\nname: Default\n");
    const { items } = await (await open()).searchExperiments({ lifecycle: "active", pageSize: 10 }, signal);
    expect(items[0]).toMatchObject({ experimentId: "0", creationTime: null, lastUpdateTime: null });
  });

  it("come in pages without repeats while one is added", async () => {
    ["1", "2", "3"].forEach((id) => folder.experiment(id));
    const store = await open();
    const first = await store.searchExperiments({ lifecycle: "active", pageSize: 2 }, signal);
    folder.experiment("0");
    const rest = await store.searchExperiments({ lifecycle: "active", pageSize: 2, pageToken: first.nextPageToken ?? "" }, signal);
    expect([...first.items, ...rest.items].map((item) => item.experimentId)).toEqual(["1", "2", "3"]);
    expect(rest.nextPageToken).toBeNull();
  });
});

describe("runs", () => {
  it("read params, metrics and tags as stored, with nested, empty, long and hostile keys", async () => {
    const params = { "grp/sub/alpha": "0.5", empty: "", lines: "a\nb\n", __proto__x: "1", "größe 🚀": "ß", "<script>": "x".repeat(10_000) };
    folder.experiment("1").run("1", idOf("a"), { params, metrics: { "val/acc": "1 0.5 0\n", loss: "1 nan 0\n" }, tags: { "a/b": "c" } });
    folder.write(`1/${idOf("a")}/params/__proto__`, "polluted");
    const [run] = await search(await open());
    expect(new Map(run?.params)).toEqual(new Map([...Object.entries(params), ["__proto__", "polluted"]]));
    expect([...(run?.metrics ?? [])].sort()).toEqual([
      ["loss", { value: NaN, timestamp: 1, step: 0 }],
      ["val/acc", { value: 0.5, timestamp: 1, step: 0 }],
    ]);
    expect(run?.tags).toEqual(new Map([["a/b", "c"]]));
  });

  it.each([
    ["1", "RUNNING"],
    ["2", "SCHEDULED"],
    ["3", "FINISHED"],
    ["4", "FAILED"],
    ["5", "KILLED"],
    ["FINISHED", "FINISHED"],
    ["9", "UNKNOWN"],
    [null, "RUNNING"],
  ])("with status %s are %s", async (status, expected) => {
    folder.experiment("1").run("1", idOf("a"), { meta: { status, end_time: "null" } });
    expect(await search(await open())).toMatchObject([{ status: expected, endTime: null }]);
  });

  it("of MLflow 1 have an old id, and their name in a tag", async () => {
    folder.experiment("1").run("1", idOf("a"), {
      meta: { run_id: null, run_name: null, run_uuid: idOf("a"), lifecycle_stage: null },
      tags: { "mlflow.runName": "old name" },
    });
    const store = await open();
    expect(await search(store, { filter: "attributes.run_name = 'old name'" })).toMatchObject([{ runId: idOf("a"), name: "old name" }]);
    expect(await store.getRun(idOf("a"), signal)).toMatchObject({ name: "old name", lifecycleStage: "active" });
  });

  it("take their datasets from the experiment and their models from the folder's name", async () => {
    folder.experiment("1").run("1", idOf("a"));
    folder.write(
      "1/datasets/d1/meta.yaml",
      "digest: 1234e567\nname: churn\nprofile: null\nschema: '{\"a\": 1}'\nsource: '{}'\nsource_type: s3\n",
    );
    const link = (id: string, type: string): string =>
      `destination_id: ${id}\ndestination_type: RUN\nsource_id: ${id}\nsource_type: ${type}\ntags:\n  mlflow.data.context: training\n`;
    folder.write(`1/${idOf("a")}/inputs/i1/meta.yaml`, link("d1", "DATASET"));
    folder.write(`1/${idOf("a")}/inputs/i2/meta.yaml`, link("m-1", "MODEL"));
    folder.write(`1/${idOf("a")}/inputs/i3/meta.yaml`, link("gone", "DATASET"));
    folder.write(`1/${idOf("a")}/inputs/i4/meta.yaml`, link("../../../../etc", "DATASET"));
    folder.write(`1/${idOf("a")}/inputs/i5/meta.yaml`, "{{{");
    folder.write(`1/${idOf("a")}/outputs/m-2/meta.yaml`, "destination_id: m-2\nsource_id: m-2\nstep: 7\ntags: {}\n");
    const [run] = await search(await open());
    expect(run?.inputs).toEqual([
      { name: "churn", digest: "1234e567", sourceType: "s3", source: "{}", schema: '{"a": 1}', profile: null, context: "training" },
    ]);
    expect(run?.outputs).toEqual([{ modelId: "m-2", step: 7 }]);
  });

  it("that were deleted stay in place and are listed on demand", async () => {
    folder
      .experiment("1")
      .run("1", idOf("a"))
      .run("1", idOf("b"), { meta: { lifecycle_stage: "deleted" } });
    const store = await open();
    expect(idsOf(await search(store))).toEqual([idOf("a")]);
    expect(idsOf(await search(store, { lifecycle: "deleted" }))).toEqual([idOf("b")]);
    expect(idsOf(await search(store, { lifecycle: "all" }))).toEqual([idOf("a"), idOf("b")]);
    expect(await store.getRun(idOf("b"), signal)).toMatchObject({ lifecycleStage: "deleted" });
  });

  it("sort and filter by a metric, a param and a tag", async () => {
    folder.experiment("1");
    "abcd"
      .split("")
      .forEach((digit, i) =>
        folder.run("1", idOf(digit), { metrics: { "val/acc": `1 0.${i} 0\n` }, params: { lr: `0.${i % 2}` }, tags: { team: "x" } }),
      );
    const store = await open();
    const filter = "params.lr = '0.1' and tags.team = 'x'";
    expect(idsOf(await search(store, { filter, orderBy: ["metrics.`val/acc` DESC"] }))).toEqual([idOf("d"), idOf("b")]);
    await expect(search(store, { filter: "nonsense" })).rejects.toMatchObject({ code: "filter/invalid" });
  });

  it("keep their order over pages while runs come and go", async () => {
    folder.experiment("1");
    "abcdef".split("").forEach((digit, i) => folder.run("1", idOf(digit), { meta: { start_time: String(1_700_000_000_000 - i) } }));
    const store = await open();
    const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 2 } as const;
    const first = await store.searchRuns(query, signal);
    folder.run("1", idOf("9"), { meta: { start_time: "1800000000000" } });
    rmSync(join(folder.root, "1", idOf("d")), { recursive: true });
    const second = await store.searchRuns({ ...query, pageToken: first.nextPageToken ?? "" }, signal);
    const third = await store.searchRuns({ ...query, pageToken: second.nextPageToken ?? "" }, signal);
    expect(idsOf([...first.items, ...second.items, ...third.items])).toEqual("abcef".split("").map(idOf));
    expect(third.nextPageToken).toBeNull();
    await expect(store.searchRuns({ ...query, pageToken: "x" }, signal)).rejects.toMatchObject({ code: "usage" });
  });

  it("nest under their parent; a parent that is not among them or is the run itself loses no run", async () => {
    const child = (parent: string): { tags: Record<string, string> } => ({ tags: { "mlflow.parentRunId": idOf(parent) } });
    folder.experiment("1").run("1", idOf("a")).run("1", idOf("b"), child("a")).run("1", idOf("c"), child("a"));
    folder.run("1", idOf("d"), child("b")).run("1", idOf("e"), child("f")).run("1", idOf("0"), child("0"));
    const store = await open();
    const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 10 } as const;
    const roots = await store.searchRuns({ ...query, nesting: { kind: "roots" } }, signal);
    expect(idsOf(roots.items)).toEqual([idOf("0"), idOf("a"), idOf("e")]);
    expect(roots.childCounts).toEqual(new Map([[idOf("a"), 2]]));
    const children = await store.searchRuns({ ...query, nesting: { kind: "childrenOf", runId: idOf("a") } }, signal);
    expect(idsOf(children.items)).toEqual([idOf("b"), idOf("c")]);
    expect(children.items.map((run) => run.parentRunId)).toEqual([idOf("a"), idOf("a")]);
    expect(children.childCounts).toEqual(new Map([[idOf("b"), 1]]));
  });

  it("that are unknown are told, as text or as a path", async () => {
    folder.experiment("1").run("1", idOf("a"));
    const store = await open();
    for (const id of [idOf("b"), "", "..", `../1/${idOf("a")}`, "tags", "x".repeat(10_000)]) {
      await expect(store.getRun(id, signal)).rejects.toMatchObject({ code: "run/not-found" });
    }
  });
});

describe("bad data", () => {
  it("lose only the run or the experiment that they belong to, and are named", async () => {
    folder.experiment("1").run("1", idOf("a")).run("1", idOf("b")).run("1", idOf("c")).run("1", idOf("d"));
    folder.write(`1/${idOf("b")}/meta.yaml`, "{{{ not yaml");
    folder.write(`1/${idOf("c")}/meta.yaml`, "");
    rmSync(join(folder.root, "1", idOf("d"), "meta.yaml"));
    mkdirSync(join(folder.root, "1", idOf("d"), "meta.yaml"));
    folder.write("2/meta.yaml", "artifact_location: x\n");
    folder.write(`3/${idOf("e")}/artifacts/x`, "artifacts of a database");
    const store = await open();
    expect(idsOf(await search(store))).toEqual([idOf("a")]);
    expect(await notes(store)).toEqual([
      "1 experiment could not be read: 2/meta.yaml: it names no experiment_id.",
      expect.stringMatching(/^3 runs could not be read: .*: it is empty.*\.$/),
    ]);
    expect((await notes(store)).join()).toContain(`1/${idOf("d")}/meta.yaml: it is a folder`);
  });

  it("such as a run in the wrong folder are not listed twice", async () => {
    folder.experiment("1").experiment("2").run("1", idOf("a"));
    cpSync(join(folder.root, "1", idOf("a")), join(folder.root, "2", idOf("a")), { recursive: true });
    cpSync(join(folder.root, "1", idOf("a")), join(folder.root, "1", idOf("b")), { recursive: true });
    const store = await open();
    expect(idsOf(await search(store, { experimentIds: ["1", "2", "1"] }))).toEqual([idOf("a")]);
    expect((await notes(store)).join()).toMatch(/it belongs to another run.*it belongs to experiment 1|it belongs to experiment 1/);
  });

  it("that heal are read again", async () => {
    folder.experiment("1").run("1", idOf("a"));
    const path = join(folder.root, "1", idOf("a"), "meta.yaml");
    const good = readFileSync(path, "utf8");
    writeFileSync(path, good.slice(0, 40));
    const store = await open();
    expect(await search(store)).toEqual([]);
    writeFileSync(path, good);
    expect(await search(store)).toHaveLength(1);
    expect(await notes(store)).toEqual([]);
  });

  it("in metrics are counted, and a line being written is not", async () => {
    folder.experiment("1").run("1", idOf("a"), { metrics: { acc: "1 0.5 0\nbad\n2 0.6 1\n3 0.", loss: "garbage\n" } });
    const store = await open();
    expect((await search(store))[0]?.metrics).toEqual(new Map([["acc", { value: 0.6, timestamp: 2, step: 1 }]]));
    expect((await notes(store)).join()).toBe("2 lines of metrics could not be read and were left out.");
    const histories = await store.getMetricHistories([idOf("a")], "acc", { maxPoints: 100 }, signal);
    expect(histories.get(idOf("a"))?.points.map((point) => point.value)).toEqual([0.5, 0.6]);
    expect((await store.getMetricHistories([idOf("a")], "loss", { maxPoints: 100 }, signal)).size).toBe(0);
    expect([...(await store.getMetricHistories([idOf("a"), idOf("9"), ".."], "acc", { maxPoints: 100 }, signal)).keys()]).toEqual([
      idOf("a"),
    ]);
    expect((await store.getMetricHistories([idOf("a")], "../meta.yaml", { maxPoints: 100 }, signal)).size).toBe(0);
  });

  it("with a folder in place of a value, or links in a circle, are survived", async () => {
    folder.experiment("1").run("1", idOf("a"), { params: { lr: "0.1" } });
    const run = join(folder.root, "1", idOf("a"));
    mkdirSync(join(run, "params", "folder"));
    symlinkSync(run, join(run, "params", "loop"));
    symlinkSync(join(run, "tags", "me"), join(run, "tags", "me"));
    symlinkSync(folder.root, join(folder.root, "1", "up"));
    symlinkSync(folder.root, join(folder.root, "loop"));
    rmSync(join(run, "metrics"), { recursive: true });
    writeFileSync(join(run, "metrics"), "a file");
    const [found] = await search(await open());
    expect(found?.params).toEqual(new Map([["lr", "0.1"]]));
    expect(found?.tags.size).toBe(0);
    expect(found?.metrics.size).toBe(0);
  });

  it("that would be read without end, such as links to devices and pipes, are left out", async () => {
    folder
      .experiment("1")
      .run("1", idOf("a"), { params: { lr: "1" } })
      .run("1", idOf("b"))
      .run("1", idOf("c"));
    const run = join(folder.root, "1", idOf("a"));
    execFileSync("mkfifo", [join(run, "params", "pipe"), join(run, "tags", "mlflow.parentRunId"), join(folder.parent, "pipe")]);
    symlinkSync("/dev/zero", join(run, "params", "zero"));
    symlinkSync(join(folder.parent, "pipe"), join(run, "metrics", "acc"));
    for (const [digit, target] of [
      ["b", "/dev/zero"],
      ["c", join(folder.parent, "pipe")],
    ] as const) {
      rmSync(join(folder.root, "1", idOf(digit), "meta.yaml"));
      symlinkSync(target, join(folder.root, "1", idOf(digit), "meta.yaml"));
    }
    const store = await open();
    expect(await search(store)).toMatchObject([
      { runId: idOf("a"), params: new Map([["lr", "1"]]), metrics: new Map(), parentRunId: null },
    ]);
    expect((await store.getMetricHistories([idOf("a")], "acc", { maxPoints: 1 }, signal)).size).toBe(0);
    expect((await notes(store)).join()).toContain("it is not an ordinary file");
  });

  it("without the right to read lose only themselves; a store without it says so", async () => {
    folder
      .experiment("1")
      .run("1", idOf("a"))
      .run("1", idOf("b"), { params: { lr: "1", secret: "x" } });
    chmodSync(join(folder.root, "1", idOf("a"), "meta.yaml"), 0);
    chmodSync(join(folder.root, "1", idOf("b"), "params", "secret"), 0);
    await asOrdinaryUser(async () => {
      const store = await open();
      const found = await search(store);
      expect(idsOf(found)).toEqual([idOf("b")]);
      expect(found[0]?.params).toEqual(new Map([["lr", "1"]]));
      expect(await notes(store)).toEqual([`1 run could not be read: 1/${idOf("a")}/meta.yaml: you have no permission to read it.`]);
    });
    chmodSync(folder.root, 0);
    await asOrdinaryUser(() => expect(open()).rejects.toMatchObject({ code: "store/unreadable" }));
    chmodSync(folder.root, 0o755);
  });
});

/** The super-user may read everything, so a test that runs as one steps down for a moment. */
async function asOrdinaryUser(act: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder.parent, 0o755);
  if (isRoot) {
    process.seteuid?.(65_534);
  }
  try {
    await act();
  } finally {
    if (isRoot) {
      process.seteuid?.(0);
    }
  }
}

describe("models", () => {
  beforeEach(() => {
    folder.experiment("1").run("1", idOf("a"));
    folder.write(`1/${idOf("a")}/artifacts/model/MLmodel`, "flavors: {}\n");
    folder.write(
      "models/churn/meta.yaml",
      "aliases:\n  champion: '2'\n  stale: '1'\ncreation_timestamp: 1\ndescription: null\nlast_updated_timestamp: 2\nname: churn\n",
    );
    folder.write("models/churn/aliases/champion", "10");
    folder.write("models/churn/tags/owner", "ann");
    const version = (number: string, text: string): string =>
      folder.write(
        `models/churn/version-${number}/meta.yaml`,
        `creation_timestamp: 5\ncurrent_stage: None\nname: churn\nrun_id: ${idOf("a")}\nstatus: READY\nversion: ${number}\n${text}`,
      );
    version("2", `source: file:///old/mlruns/1/${idOf("a")}/artifacts/model\n`);
    version("10", `source: runs:/${idOf("a")}/model\n`);
    version("3", "source: models:/churn/10\n");
    version("4", "source: models:/churn@champion\n");
    version("5", "source: models:/churn/5\n");
    version("6", `source: runs:/${idOf("a")}/../../../../etc\n`);
    version("7", "source: s3://bucket/model\n");
    folder.write("models/churn/version-8/meta.yaml", "name: churn\nversion: '8'\ncurrent_stage: Deleted_Internal\n");
    folder.write("models/churn/version-9/meta.yaml", "{{{");
    folder.write("models/bad/meta.yaml", "{{{");
  });

  it("list their versions newest first, without deleted ones, with the aliases of the files", async () => {
    const store = await open();
    const versions = await store.searchModelVersions("churn", { pageSize: 100 }, signal);
    expect(versions.items.map((version) => version.version)).toEqual(["10", "7", "6", "5", "4", "3", "2"]);
    expect(versions.items[0]).toMatchObject({ aliases: ["champion"], runId: idOf("a"), modelName: "churn" });
    expect(await store.getRegisteredModel("churn", signal)).toMatchObject({
      aliases: new Map([["champion", "10"]]),
      versionCount: 7,
      description: "",
      tags: new Map([["owner", "ann"]]),
    });
    expect((await store.searchRegisteredModels({ pageSize: 10 }, signal)).items.map((model) => model.name)).toEqual(["churn"]);
    expect(await store.versionsOfRun(idOf("a"), signal)).toHaveLength(7);
    expect((await notes(store)).join()).toMatch(/2 registered models or versions could not be read/);
    for (const name of ["none", "bad", "../1", ""]) {
      await expect(store.getRegisteredModel(name, signal)).rejects.toMatchObject({ code: "model/not-found" });
      await expect(store.searchModelVersions(name, { pageSize: 1 }, signal)).rejects.toMatchObject({ code: "model/not-found" });
    }
  });

  it("take the aliases from the model's file where the alias folder is missing", async () => {
    rmSync(join(folder.root, "models/churn/aliases"), { recursive: true });
    expect((await (await open()).getRegisteredModel("churn", signal)).aliases).toEqual(
      new Map([
        ["champion", "2"],
        ["stale", "1"],
      ]),
    );
  });

  it("find their files by path, by run and through copies, and end on a circle", async () => {
    const store = await open();
    const list = async (version: string): Promise<readonly string[]> =>
      (await store.listArtifacts({ kind: "modelVersion", modelName: "churn", version }, "", signal)).map((entry) => entry.path);
    for (const version of ["2", "10", "3", "4"]) {
      expect(await list(version)).toEqual(["MLmodel"]);
    }
    await expect(list("5")).rejects.toMatchObject({ code: "model/not-found" });
    await expect(list("6")).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(list("7")).rejects.toMatchObject({ code: "store/unsupported" });
    await expect(list("8")).rejects.toMatchObject({ code: "model/not-found" });
  });
});

describe("artifacts", () => {
  it("of a run and a logged model are found after the store was moved", async () => {
    folder.experiment("1").run("1", idOf("a"), { meta: { artifact_uri: `file:///C:/old/mlruns/1/${idOf("a")}/artifacts` } });
    folder.write(`1/${idOf("a")}/artifacts/plots/a b.png`, "png");
    folder.write("1/models/m-1/meta.yaml", "artifact_location: /old/mlruns/1/models/m-1/artifacts\nmodel_id: m-1\n");
    folder.write("1/models/m-1/artifacts/MLmodel", "x");
    const store = await open();
    const run = { kind: "run", runId: idOf("a") } as const;
    expect((await store.listArtifacts(run, "plots", signal)).map((entry) => entry.path)).toEqual(["plots/a b.png"]);
    expect(new TextDecoder().decode(await store.readArtifact(run, "plots/a b.png", { maxBytes: 10 }, signal))).toBe("png");
    await expect(store.readArtifact(run, "../meta.yaml", { maxBytes: 1000 }, signal)).rejects.toMatchObject({
      code: "artifact/outside-root",
    });
    expect(await store.listArtifacts({ kind: "loggedModel", modelId: "m-1" }, "", signal)).toHaveLength(1);
    await expect(store.listArtifacts({ kind: "loggedModel", modelId: "../m" }, "", signal)).rejects.toMatchObject({
      code: "model/not-found",
    });
    await expect(store.listArtifacts({ kind: "run", runId: "x" }, "", signal)).rejects.toMatchObject({ code: "run/not-found" });
  });

  it("are found in a deleted experiment, beside the store, and nowhere else", async () => {
    folder.experiment("1", { folder: ".trash/1" }).run("1", idOf("a"), {}, ".trash/1");
    folder.write(`.trash/1/${idOf("a")}/artifacts/x`, "x");
    folder.experiment("2").run("2", idOf("b"), { meta: { artifact_uri: `mlflow-artifacts:/2/${idOf("b")}/artifacts` } });
    folder.write(`../mlartifacts/2/${idOf("b")}/artifacts/y`, "y");
    folder.run("2", idOf("c"), { meta: { artifact_uri: "/etc" } }).run("2", idOf("d"), { meta: { artifact_uri: "s3://b/x" } });
    folder.run("2", idOf("e"));
    rmSync(join(folder.root, "2", idOf("e"), "artifacts"), { recursive: true });
    symlinkSync("/etc", join(folder.root, "2", idOf("e"), "artifacts"));
    const store = await open();
    const list = async (digit: string): Promise<readonly string[]> =>
      (await store.listArtifacts({ kind: "run", runId: idOf(digit) }, "", signal)).map((entry) => entry.path);
    expect(await list("a")).toEqual(["x"]);
    expect(await list("b")).toEqual(["y"]);
    await expect(list("c")).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(list("d")).rejects.toMatchObject({ code: "store/unsupported" });
    await expect(list("e")).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it("of a run that logged none are an empty list, with and without its folder", async () => {
    folder.experiment("1").run("1", idOf("a"));
    const store = await open();
    expect(await store.listArtifacts({ kind: "run", runId: idOf("a") }, "", signal)).toEqual([]);
    rmSync(join(folder.root, "1", idOf("a"), "artifacts"), { recursive: true });
    expect(await store.listArtifacts({ kind: "run", runId: idOf("a") }, "", signal)).toEqual([]);
  });
});

describe("cancelling", () => {
  it("ends every call with the signal's reason", async () => {
    folder.experiment("1").run("1", idOf("a"));
    const store = await open();
    const cancelled = AbortSignal.abort();
    await expect(openFileStore(folder.root, cancelled)).rejects.toMatchObject({ name: "AbortError" });
    await expect(search(store, {})).resolves.toHaveLength(1);
    const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 1 } as const;
    await expect(store.searchRuns(query, cancelled)).rejects.toMatchObject({ name: "AbortError" });
    await expect(store.describe(cancelled)).rejects.toMatchObject({ name: "AbortError" });
    await expect(store.checkForChanges(cancelled)).rejects.toMatchObject({ name: "AbortError" });
    await expect(store.getMetricHistories([idOf("a")], "acc", { maxPoints: 1 }, cancelled)).rejects.toMatchObject({ name: "AbortError" });
    await expect(store.listArtifacts({ kind: "run", runId: idOf("a") }, "", cancelled)).rejects.toMatchObject({ name: "AbortError" });
  });
});

it("reads a store whose mlruns folder is a link", async () => {
  folder.experiment("1").run("1", idOf("a"));
  folder.write(`1/${idOf("a")}/artifacts/x`, "x");
  renameSync(folder.root, join(folder.parent, "elsewhere"));
  mkdirSync(join(folder.parent, "project"));
  symlinkSync(join(folder.parent, "elsewhere"), join(folder.parent, "project", "mlruns"));
  const store = await openFileStore(join(folder.parent, "project"), signal);
  expect(await search(store)).toHaveLength(1);
  expect(await store.listArtifacts({ kind: "run", runId: idOf("a") }, "", signal)).toHaveLength(1);
});
