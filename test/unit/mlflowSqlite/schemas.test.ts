import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { addRunSql, allRuns, change, copiedDatabase, opened, scratchFolder } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;

describe("a database of MLflow 1.0", () => {
  function oldDatabase(): string {
    const path = join(scratchFolder(), "mlflow.db");
    change(
      path,
      `CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name VARCHAR(256) UNIQUE NOT NULL, artifact_location VARCHAR(256), lifecycle_stage VARCHAR(32));
       CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name VARCHAR(250), source_type VARCHAR(20), status VARCHAR(20), start_time BIGINT, end_time BIGINT,
         user_id VARCHAR(256), lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER);
       CREATE TABLE tags (key VARCHAR(250), value VARCHAR(250), run_uuid VARCHAR(32), PRIMARY KEY (key, run_uuid));
       CREATE TABLE params (key VARCHAR(250), value VARCHAR(250), run_uuid VARCHAR(32), PRIMARY KEY (key, run_uuid));
       CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32));
       INSERT INTO experiments VALUES (0, 'Default', './mlruns/0', NULL), (7, 'gone', './mlruns/7', 'deleted');
       INSERT INTO runs VALUES ('a', '', 'LOCAL', 'FINISHED', 1, 2, 'ann', 'active', './mlruns/0/a/artifacts', 0), ('b', NULL, 'LOCAL', 'odd', 3, NULL, NULL, NULL, NULL, 0);
       INSERT INTO tags VALUES ('mlflow.runName', 'first', 'a'), ('mlflow.parentRunId', 'a', 'b');
       INSERT INTO params VALUES ('lr', '0.1', 'a');
       INSERT INTO metrics VALUES ('acc', 0.5, 10, 'a'), ('acc', 0.7, 12, 'a'), ('acc', 0.6, 11, 'a'), ('acc', 0.1, 5, 'b')`,
    );
    return path;
  }

  it("is read with what it has", async () => {
    const store = await opened(oldDatabase());
    expect((await store.describe(signal)).label).toBe("MLflow database (schema of MLflow 1)");
    expect((await store.searchExperiments({ lifecycle: "active", pageSize: 10 }, signal)).items).toEqual([
      {
        experimentId: "0",
        name: "Default",
        lifecycleStage: "active",
        artifactLocation: "./mlruns/0",
        creationTime: null,
        lastUpdateTime: null,
        tags: new Map(),
      },
    ]);
    const [b, a] = await allRuns(store);
    expect(a).toMatchObject({ name: "first", userId: "ann", status: "FINISHED", inputs: [], outputs: [] });
    expect(a?.metrics.get("acc")).toEqual({ value: 0.7, timestamp: 12, step: 0 });
    expect(b).toMatchObject({
      name: "",
      status: "UNKNOWN",
      lifecycleStage: "active",
      userId: "",
      artifactUri: "",
      parentRunId: "a",
      endTime: null,
    });
  });

  it("is filtered, sorted, nested and drawn as well", async () => {
    const store = await opened(oldDatabase());
    const query = { experimentIds: ["0"], lifecycle: "active", pageSize: 10 } as const;
    const ids = async (more: object): Promise<readonly string[]> =>
      (await store.searchRuns({ ...query, ...more }, signal)).items.map((run) => run.runId);
    expect(await ids({ filter: "metrics.acc > 0.6" })).toEqual(["a"]);
    expect(await ids({ filter: "metrics.acc > 0.65 and params.lr = '0.1'" })).toEqual(["a"]);
    expect(await ids({ filter: "dataset.name = 'x'" })).toEqual([]);
    expect(await ids({ orderBy: ["metrics.acc ASC"] })).toEqual(["b", "a"]);
    expect(await ids({ nesting: { kind: "roots" } })).toEqual(["a"]);
    expect(await ids({ nesting: { kind: "childrenOf", runId: "a" } })).toEqual(["b"]);
    const history = (await store.getMetricHistories(["a"], "acc", { maxPoints: 10 }, signal)).get("a");
    expect(history?.points.map(({ value }) => value)).toEqual([0.5, 0.6, 0.7]);
  });

  it("has no models, and says so only when one is asked for", async () => {
    const store = await opened(oldDatabase());
    expect(await store.searchRegisteredModels({ pageSize: 10 }, signal)).toEqual({ items: [], nextPageToken: null });
    expect(await store.versionsOfRun("a", signal)).toEqual([]);
    await expect(store.getRegisteredModel("x", signal)).rejects.toMatchObject({ code: "model/not-found" });
    await expect(store.searchModelVersions("x", { pageSize: 1 }, signal)).rejects.toMatchObject({ code: "model/not-found" });
    await expect(store.listArtifacts({ kind: "loggedModel", modelId: "m-1" }, "", signal)).rejects.toMatchObject({
      code: "model/not-found",
    });
  });

  it("is followed", async () => {
    const path = oldDatabase();
    const store = await opened(path);
    await store.checkForChanges(signal);
    change(path, "INSERT INTO metrics VALUES ('acc', 0.9, 99, 'b')");
    expect(await store.checkForChanges(signal)).toEqual({ experiments: [], models: [], runs: ["b"] });
  });
});

it("reads a database that lacks any one of its optional tables", async () => {
  const tables = [
    "latest_metrics",
    "inputs",
    "datasets",
    "input_tags",
    "experiment_tags",
    "logged_models",
    "registered_models",
    "model_versions",
  ];
  for (const table of [...tables, "registered_model_tags", "registered_model_aliases", "model_version_tags"]) {
    const path = copiedDatabase();
    change(path, `DROP TABLE ${table}`);
    const store = await opened(path);
    expect(await allRuns(store), table).toHaveLength(77);
    await store.searchRegisteredModels({ pageSize: 10 }, signal);
    await store.versionsOfRun("x", signal);
    await store.checkForChanges(signal);
  }
});

describe("ids and values beyond what a number holds", () => {
  it("keeps the 18 digits of ids from a file store", async () => {
    const path = copiedDatabase();
    const id = "559812253568723368";
    change(
      path,
      `INSERT INTO experiments (experiment_id, name, lifecycle_stage, creation_time, workspace) VALUES (${id}, 'big', 'active', 9e12, 'default');
      INSERT INTO experiment_tags (key, value, experiment_id) VALUES ('k', 'v', ${id}); ${addRunSql("big", { experimentId: id })}`,
    );
    const store = await opened(path);
    const [experiment] = (await store.searchExperiments({ lifecycle: "all", pageSize: 1 }, signal)).items;
    expect(experiment).toMatchObject({ experimentId: id, tags: new Map([["k", "v"]]) });
    const page = await store.searchRuns({ experimentIds: [id], lifecycle: "all", pageSize: 5 }, signal);
    expect(page.items.map((run) => [run.runId, run.experimentId])).toEqual([["big", id]]);
  });

  it("reads steps and times in nanoseconds", async () => {
    const path = copiedDatabase();
    const runId = "n".repeat(32);
    change(
      path,
      `${addRunSql(runId)};
      UPDATE runs SET start_time = 1760000000000000001, end_time = 1760000000000000002 WHERE run_uuid = '${runId}';
      INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('m', 1, 1760000000000000001, '${runId}', 1760000000000000003, 0);
      INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('m', 1, 1760000000000000001, '${runId}', 1760000000000000003, 0)`,
    );
    const store = await opened(path);
    const run = await store.getRun(runId, signal);
    expect(run.startTime).toBeCloseTo(1.76e18, -3);
    expect(run.metrics.get("m")?.step).toBeCloseTo(1.76e18, -3);
    expect((await store.getMetricHistories([runId], "m", { maxPoints: 5 }, signal)).get(runId)?.points).toHaveLength(1);
    await store.checkForChanges(signal);
  });

  it("takes any type in any column", async () => {
    const path = copiedDatabase();
    change(
      path,
      `${addRunSql("odd")}; PRAGMA ignore_check_constraints = ON;
      UPDATE runs SET name = x'c3a9', status = 7, start_time = 'soon', user_id = NULL WHERE run_uuid = 'odd';
      UPDATE params SET value = x'ff00' WHERE run_uuid = 'odd';
      INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('m', 'abc', 1, 'odd', 1, 0)`,
    );
    const run = await (await opened(path)).getRun("odd", signal);
    expect(run).toMatchObject({ name: "é", status: "UNKNOWN", userId: "" });
    expect(run.metrics.get("m")?.value).toBeNaN();
    expect(run.params.get("p")).toBe("\ufffd\0");
  });

  it("reads gigantic names and values", async () => {
    const path = copiedDatabase();
    const database = new DatabaseSync(path);
    const long = "ä<script>".repeat(1_000_000);
    database.exec(addRunSql("long"));
    database.prepare("UPDATE params SET value = ? WHERE run_uuid = 'long'").run(long);
    database.prepare("UPDATE runs SET name = ? WHERE run_uuid = 'long'").run(long);
    database.close();
    const store = await opened(path);
    const run = (await allRuns(store)).find(({ runId }) => runId === "long");
    expect(run?.params.get("p") === long && run.name === long).toBe(true);
    await expect(
      store.searchRuns({ experimentIds: ["1"], lifecycle: "all", pageSize: 1, filter: `params.p = '${"x".repeat(1e6)}'` }, signal),
    ).resolves.toMatchObject({ items: [] });
    await expect(store.getRun(long, signal)).rejects.toMatchObject({ code: "run/not-found" });
  });
});

describe("workspaces", () => {
  it("shows one, says which others there are, and shows another when asked", async () => {
    const path = copiedDatabase();
    change(
      path,
      `INSERT INTO experiments (experiment_id, name, lifecycle_stage, creation_time, workspace) VALUES (900, 'theirs', 'active', 9e12, 'team-a');
      ${addRunSql("theirs", { experimentId: "900" })}
      INSERT INTO registered_models (workspace, name) VALUES ('team-a', 'churn-clf'), ('team-a', 'their-model');
      INSERT INTO registered_model_aliases (workspace, name, alias, version) VALUES ('team-a', 'churn-clf', 'other', 1);
      INSERT INTO model_versions (workspace, name, version, current_stage) VALUES ('team-a', 'churn-clf', 1, 'None')`,
    );
    const ours = await opened(path);
    expect((await ours.describe(signal)).notes).toEqual(['Only the workspace "default" is shown; the database also holds "team-a".']);
    expect((await ours.searchRuns({ experimentIds: ["900"], lifecycle: "all", pageSize: 5 }, signal)).items).toEqual([]);
    expect((await ours.getRegisteredModel("churn-clf", signal)).versionCount).toBe(4);
    await expect(ours.getRegisteredModel("their-model", signal)).rejects.toMatchObject({ code: "model/not-found" });

    const theirs = await opened(path, { workspace: "team-a" });
    expect((await theirs.searchExperiments({ lifecycle: "all", pageSize: 5 }, signal)).items.map(({ name }) => name)).toEqual(["theirs"]);
    expect((await allRuns(theirs)).map(({ runId }) => runId)).toEqual(["theirs"]);
    expect(await theirs.getRegisteredModel("churn-clf", signal)).toMatchObject({ versionCount: 1, aliases: new Map([["other", "1"]]) });
    expect((await theirs.searchModelVersions("churn-clf", { pageSize: 5 }, signal)).items.map(({ aliases }) => aliases)).toEqual([
      ["other"],
    ]);
  });
});

it("refuses a page token that is not its own", async () => {
  const store = await opened(copiedDatabase());
  for (const pageToken of ["x", "{}", "-1:a", "[-1]", "[1, 2]"]) {
    await expect(store.searchRuns({ experimentIds: ["1"], lifecycle: "all", pageSize: 1, pageToken }, signal)).rejects.toMatchObject({
      code: "usage",
    });
    await expect(store.searchExperiments({ lifecycle: "all", pageSize: 1, pageToken }, signal)).rejects.toMatchObject({ code: "usage" });
  }
});
