import { describe, expect, it } from "vitest";
import type { NestingFilter, RunPage } from "../../../src/core/tracking/trackingStore";
import type { Store } from "../../../src/core/tracking/store";
import { addRunSql, change, copiedDatabase, opened } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;
const nestSql = (runId: string, parent: string): string =>
  `INSERT OR REPLACE INTO tags (key, value, run_uuid) VALUES ('mlflow.parentRunId', '${parent}', '${runId}');`;

/** Experiment 7070 with nothing but what a test adds. */
async function emptyExperiment(): Promise<{
  path: string;
  store: Store;
  list: (nesting: NestingFilter, filter?: string) => Promise<RunPage>;
}> {
  const path = copiedDatabase();
  change(path, "INSERT INTO experiments (experiment_id, name, lifecycle_stage, workspace) VALUES (7070, 'nested', 'active', 'default')");
  const store = await opened(path);
  const list = (nesting: NestingFilter, filter?: string): Promise<RunPage> =>
    store.searchRuns(
      { experimentIds: ["7070"], lifecycle: "active", pageSize: 10, nesting, ...(filter === undefined ? {} : { filter }) },
      signal,
    );
  return { path, store, list };
}

const idsOf = (page: RunPage): readonly string[] => page.items.map((run) => run.runId).sort();
const ROOTS = { kind: "roots" } as const;

describe("nested runs of a database", () => {
  it("follow a parent that another program sets, changes or removes", async () => {
    const { path, list } = await emptyExperiment();
    change(path, ["a", "b", "c"].map((id) => addRunSql(id, { experimentId: "7070" })).join(""));
    expect(idsOf(await list(ROOTS))).toEqual(["a", "b", "c"]);
    change(path, nestSql("c", "a"));
    expect(await list(ROOTS)).toMatchObject({ childCounts: new Map([["a", 1]]) });
    change(path, nestSql("c", "b"));
    expect(idsOf(await list({ kind: "childrenOf", runId: "a" }))).toEqual([]);
    expect(idsOf(await list({ kind: "childrenOf", runId: "b" }))).toEqual(["c"]);
    change(path, "UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = 'b'");
    expect(idsOf(await list(ROOTS))).toEqual(["a", "c"]);
  });

  it("lose none that names itself, nothing or a run that is gone", async () => {
    const { path, list } = await emptyExperiment();
    change(path, ["self", "none", "__proto__"].map((id) => addRunSql(id, { experimentId: "7070" })).join(""));
    change(path, nestSql("self", "self") + nestSql("none", "") + nestSql("__proto__", "gone"));
    const roots = await list(ROOTS);
    expect(idsOf(roots)).toEqual(["__proto__", "none", "self"]);
    expect(roots.childCounts).toEqual(new Map());
  });

  it("stay nested and counted where a filter hides their parent or themselves", async () => {
    const { path, list } = await emptyExperiment();
    change(path, ["a", "b"].map((id) => addRunSql(id, { experimentId: "7070" })).join("") + nestSql("b", "a"));
    expect(idsOf(await list(ROOTS, "attributes.run_id = 'b'"))).toEqual([]);
    expect((await list(ROOTS, "attributes.run_id = 'a'")).childCounts).toEqual(new Map([["a", 1]]));
  });

  it("are told apart beyond one chunk of reading", async () => {
    const { path, list } = await emptyExperiment();
    change(
      path,
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5999)
       INSERT INTO runs (run_uuid, status, start_time, lifecycle_stage, experiment_id) SELECT 'r' || i, 'FINISHED', i, 'active', 7070 FROM n;
       INSERT INTO tags (key, value, run_uuid)
       SELECT 'mlflow.parentRunId', 'r5999', run_uuid FROM runs WHERE experiment_id = 7070 AND run_uuid NOT IN ('r5999', 'r0')`,
    );
    const roots = await list(ROOTS);
    expect(idsOf(roots)).toEqual(["r0", "r5999"]);
    expect(roots.childCounts).toEqual(new Map([["r5999", 5998]]));
  });
});
