import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAppError, toUserText } from "../../src/core/base/appError";
import type { Store } from "../../src/core/tracking/store";
import { makeTempFolder, removeFolder } from "./fixtureStore";
import { never, openLive } from "./liveStore";
import { MlflowServer, type MlflowMajor } from "./mlflowServer";
import { TrainingScript } from "./trainingScript";

describe.each<MlflowMajor>([2, 3])("MLflow %i while a training script logs", (major) => {
  const folder = makeTempFolder();
  let server: MlflowServer;
  let script: TrainingScript;
  let store: Store;
  let experimentId: string;
  const started: string[] = [];

  beforeAll(async () => {
    server = await MlflowServer.start({ major, folder, backend: "sqlite:///mlflow.db" });
    script = new TrainingScript(major, server.url);
    for (let index = 0; index < 5; index++) {
      started.push(await script.tell(`start first-${index}`));
    }
    store = await openLive(server.url);
    const experiments = await store.searchExperiments({ lifecycle: "active", pageSize: 10 }, never);
    experimentId = experiments.items.find((experiment) => experiment.name === "training")?.experimentId ?? "";
  });

  afterAll(async () => {
    store.dispose();
    script.stop();
    await server.kill();
    removeFolder(folder);
  });

  test("runs that start between two pages neither repeat others nor hide them", async () => {
    const query = { experimentIds: [experimentId], lifecycle: "active", pageSize: 2 } as const;
    const shown: string[] = [];
    let page = await store.searchRuns(query, never);
    for (;;) {
      shown.push(...page.items.map((run) => run.runId));
      if (page.nextPageToken === null) {
        break;
      }
      await script.tell("start meanwhile");
      page = await store.searchRuns({ ...query, pageToken: page.nextPageToken }, never);
    }
    expect(shown).toEqual([...started].reverse());
  });

  test("each step of the script is noticed", async () => {
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [], models: [] });
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [], models: [] });
    const runId = await script.tell("start watched");
    expect(await store.checkForChanges(never)).toEqual({ experiments: [experimentId], runs: [runId], models: [] });
    await script.tell(`log ${runId} loss 3`);
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [runId], models: [] });
    await script.tell(`finish ${runId}`);
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [runId], models: [] });
    await script.tell(`register ${runId} watched-model`);
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [], models: ["watched-model"] });
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [], models: [] });
  });

  test("reading beside a writer that does not stop never fails and never goes back", async () => {
    const runId = await script.tell("start busy");
    const writer = { isDone: false };
    const writing = script.tell(`log ${runId} loss 100`).finally(() => (writer.isDone = true));
    let seen = 0;
    while (!writer.isDone) {
      const history = (await store.getMetricHistories([runId], "loss", { maxPoints: 1000 }, never)).get(runId);
      expect(history?.total ?? 0).toBeGreaterThanOrEqual(seen);
      seen = history?.total ?? 0;
      await store.searchRuns({ experimentIds: [experimentId], lifecycle: "all", pageSize: 50 }, never);
    }
    await writing;
    expect((await store.getMetricHistories([runId], "loss", { maxPoints: 1000 }, never)).get(runId)?.total).toBe(100);
  });

  test("a killed server is told in a sentence; started again, the same store goes on", async () => {
    const query = { experimentIds: [experimentId], lifecycle: "active", pageSize: 2 } as const;
    const first = await store.searchRuns(query, never);
    await server.kill();
    const error: unknown = await store
      .searchRuns({ ...query, pageToken: first.nextPageToken ?? "" }, never)
      .catch((reason: unknown) => reason);
    expect(isAppError(error, "store/unreachable")).toBe(true);
    expect(toUserText(error)).toContain(server.url);
    await expect(store.checkForChanges(never)).rejects.toSatisfy((reason) => isAppError(reason, "store/unreachable"));
    await server.restart();
    const second = await store.searchRuns({ ...query, pageToken: first.nextPageToken ?? "" }, never);
    expect(second.items).toHaveLength(2);
    const firstIds = first.items.map((run) => run.runId);
    expect(second.items.filter((run) => firstIds.includes(run.runId))).toEqual([]);
    expect(await store.checkForChanges(never)).toMatchObject({ models: [] });
  });
});
