import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import type { Store } from "../../src/core/tracking/store";
import { comparableRows, comparisonOf } from "../contract/comparableRows";
import { recordedRuns } from "../builders/recordedRuns";
import { copyFixtureStore, removeFolder, type FixtureStore } from "./fixtureStore";
import { never, openLive } from "./liveStore";
import { MlflowServer } from "./mlflowServer";

describe.each([2, 3] as const)("runs compared through an MLflow %i server", (major) => {
  let fixture: FixtureStore;
  let server: MlflowServer;
  let rest: Store;
  let sqlite: Store;

  beforeAll(async () => {
    fixture = copyFixtureStore(major, "sqlite");
    server = await MlflowServer.start({ major, folder: fixture.folder, backend: fixture.backend });
    rest = await openLive(server.url);
    sqlite = await openSqliteStore(`${fixture.folder}/mlflow.db`, never);
  });

  afterAll(async () => {
    rest.dispose();
    sqlite.dispose();
    await server.kill();
    removeFolder(fixture.folder);
  });

  test("give the rows that the database itself gives", async () => {
    const { runs } = recordedRuns(`v${major}-sqlite`);
    const ids = runs.map(({ runId }) => runId);
    const through = comparableRows(await comparisonOf(rest, ids, never), { runs: [] });
    expect(through).toEqual(comparableRows(await comparisonOf(sqlite, ids, never), { runs: [] }));
    expect(Object.keys(through).length).toBeGreaterThan(60);
  });
});
