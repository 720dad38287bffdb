import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NO_CHANGE, type StoreChange } from "../../../src/core/tracking/trackingStore";
import { fixturePath, recordedRuns } from "../../builders/recordedRuns";
import { addRunSql, allRuns, change, copiedDatabase, opened } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;
const { idOf } = recordedRuns("v3-sqlite");
const ended = idOf.get("resnet-00") ?? "";
const running = idOf.get("stale") ?? "";
const nothing = { experiments: [], models: [] } as const;

const changes: readonly (readonly [what: string, sql: string, change: StoreChange])[] = [
  ["a new run", addRunSql("new"), { ...nothing, runs: ["new"] }],
  ["a new running run", addRunSql("new", { status: "RUNNING" }), { ...nothing, runs: ["new"] }],
  [
    "a metric of a running run",
    `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('acc', 1, 1, '${running}', 9, 0);
     UPDATE latest_metrics SET value = 1, step = 9 WHERE run_uuid = '${running}' AND key = 'acc'`,
    { ...nothing, runs: [running] },
  ],
  [
    "the end of a running run",
    `UPDATE runs SET status = 'FINISHED', end_time = 5 WHERE run_uuid = '${running}'`,
    { ...nothing, runs: [running] },
  ],
  [
    "a changed tag of a running run",
    `UPDATE tags SET value = 'x' WHERE run_uuid = '${running}' AND key = 'mlflow.user'`,
    { ...nothing, runs: [running] },
  ],
  ["a new tag of an ended run", `INSERT INTO tags (key, value, run_uuid) VALUES ('note', 'x', '${ended}')`, { ...nothing, runs: [ended] }],
  [
    "a changed tag of an ended run",
    `UPDATE tags SET value = 'x' WHERE run_uuid = '${ended}' AND key = 'owner'`,
    { ...nothing, runs: "all" },
  ],
  ["a removed tag of an ended run", `DELETE FROM tags WHERE run_uuid = '${ended}' AND key = 'owner'`, { ...nothing, runs: "all" }],
  ["a deleted run", `UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = '${ended}'`, { ...nothing, runs: "all" }],
  ["a renamed run", `UPDATE runs SET name = 'another' WHERE run_uuid = '${ended}'`, { ...nothing, runs: "all" }],
  ["a removed run", `DELETE FROM runs WHERE run_uuid = '${ended}'`, { ...nothing, runs: "all" }],
  ["a renamed experiment", "UPDATE experiments SET name = 'x' WHERE experiment_id = 2", { experiments: ["2"], models: [], runs: [] }],
  [
    "a new experiment",
    "INSERT INTO experiments (experiment_id, name, lifecycle_stage, workspace) VALUES (77, 'n', 'active', 'default')",
    { experiments: ["77"], models: [], runs: [] },
  ],
  [
    "a tag of an experiment",
    "INSERT INTO experiment_tags (key, value, experiment_id) VALUES ('k', 'v', 3)",
    { experiments: ["3"], models: [], runs: [] },
  ],
  [
    "a moved alias",
    "UPDATE registered_model_aliases SET version = 1 WHERE alias = 'champion' AND name = 'churn-clf'",
    { experiments: [], models: ["churn-clf"], runs: [] },
  ],
  [
    "a new version",
    "INSERT INTO model_versions (workspace, name, version, current_stage) VALUES ('default', 'no-versions', 1, 'None')",
    { experiments: [], models: ["no-versions"], runs: [] },
  ],
  ["a removed model", "DELETE FROM registered_models WHERE name = 'Zebra'", { experiments: [], models: ["Zebra"], runs: [] }],
  ["a changed table", "ALTER TABLE runs ADD COLUMN extra", { experiments: "all", models: "all", runs: "all" }],
];

describe("what another program changed", () => {
  it.each(changes)("is noticed: %s", async (_, sql, wanted) => {
    const path = copiedDatabase();
    const store = await opened(path);
    expect(await store.checkForChanges(signal)).toEqual(NO_CHANGE);
    change(path, sql);
    expect(await store.checkForChanges(signal)).toEqual(wanted);
    expect(await store.checkForChanges(signal)).toEqual(NO_CHANGE);
    change(path, addRunSql("later"));
    expect(await store.checkForChanges(signal)).toEqual({ ...nothing, runs: ["later"] });
  });

  it("is noticed after a check that was stopped", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    await store.checkForChanges(signal);
    change(path, addRunSql("new"));
    await expect(store.checkForChanges(AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    expect(await store.checkForChanges(signal)).toEqual({ ...nothing, runs: ["new"] });
  });

  it("is followed when the file is replaced, and said when it is gone", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    await store.checkForChanges(signal);
    copyFileSync(fixturePath("v2-sqlite/mlflow.db"), `${path}.new`);
    renameSync(`${path}.new`, path);
    expect(await store.checkForChanges(signal)).toEqual({ experiments: "all", models: "all", runs: "all" });
    expect(await store.checkForChanges(signal)).toEqual(NO_CHANGE);
    expect((await allRuns(store)).map(({ runId }) => runId)).toContain(recordedRuns("v2-sqlite").idOf.get("stale"));
    rmSync(path);
    await expect(store.checkForChanges(signal)).rejects.toMatchObject({ code: "store/not-found" });
    copyFileSync(fixturePath("v3-sqlite/mlflow.db"), path);
    expect(await store.checkForChanges(signal)).toEqual({ experiments: "all", models: "all", runs: "all" });
    expect((await allRuns(store)).map(({ runId }) => runId)).toContain(running);
  });

  it.each<readonly [string, (whole: Buffer) => readonly Uint8Array[]]>([
    ["empty", () => [new Uint8Array()]],
    ["something else", () => [Buffer.from("This is not a database, but it is long enough to be taken for one.")]],
    ["empty and then something else", () => [new Uint8Array(), Buffer.from("no database")]],
    ["half of what it was", (whole) => [whole.subarray(0, whole.length >> 1)]],
    ["empty and then one page", (whole) => [new Uint8Array(), whole.subarray(0, 4096)]],
    ["zeros", (whole) => [new Uint8Array(whole.length)]],
  ])("is read again once the file is whole, which was %s while it was written over", async (_, states) => {
    const path = copiedDatabase();
    const whole = readFileSync(path);
    const store = await opened(path);
    const before = await allRuns(store);
    await store.checkForChanges(signal);
    for (const state of states(whole)) {
      writeFileSync(path, state);
      await expect(store.getRun(ended, signal)).rejects.toMatchObject({ code: expect.stringMatching(/^store\//) as string });
      await expect(allRuns(store)).rejects.toMatchObject({ code: expect.stringMatching(/^store\//) as string });
    }
    writeFileSync(path, whole);
    const [run] = await Promise.all([store.getRun(ended, signal), store.getMetricHistories([ended], "acc", { maxPoints: 10 }, signal)]);
    expect(run.runId).toBe(ended);
    expect(await allRuns(store)).toEqual(before);
    await store.checkForChanges(signal);
  });

  it("is shown by the next list, also without a check", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    await allRuns(store);
    change(path, addRunSql("new"));
    expect((await allRuns(store)).map(({ runId }) => runId)).toContain("new");
  });

  it("names many runs as all", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    await store.checkForChanges(signal);
    change(path, Array.from({ length: 600 }, (_, i) => addRunSql(`many${i}`)).join("\n"));
    expect(await store.checkForChanges(signal)).toEqual({ ...nothing, runs: "all" });
  });
});
