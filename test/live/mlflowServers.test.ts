import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "../../src/core/base/appError";
import type { Store } from "../../src/core/tracking/store";
import { expectedStore, type ExpectedStore } from "../contract/expectedStore";
import { describeStoreContract } from "../contract/storeContract";
import { recordedRuns } from "../builders/recordedRuns";
import { copyFixtureStore, RECORDED_ROOT, removeFolder } from "./fixtureStore";
import { never, openLive } from "./liveStore";
import { MlflowServer, type MlflowMajor } from "./mlflowServer";

const stores: readonly (readonly [MlflowMajor, "sqlite" | "file"])[] = [
  [2, "sqlite"],
  [3, "sqlite"],
  [2, "file"],
  [3, "file"],
];

for (const [major, kind] of stores) {
  const fixture = copyFixtureStore(major, kind);
  const expected = expectedFromServer(`v${major}-${kind}`, fixture.folder);
  let server: Promise<MlflowServer> | undefined;
  const open = async (): Promise<Store> => {
    const args = ["--artifacts-destination", `${fixture.folder}/mlartifacts`];
    server ??= MlflowServer.start({ major, folder: fixture.folder, backend: fixture.backend, args });
    return openLive((await server).url);
  };

  describeStoreContract(`MLflow ${major} server on a ${kind} store`, open, expected, { filtersByMlflow: true, refusesHash: true });
  describeServer(`MLflow ${major} server on a ${kind} store`, major, open, expected);

  afterAll(async () => {
    await (await server)?.kill();
    removeFolder(fixture.folder);
  });
}

/** What only a server can do wrong. */
function describeServer(name: string, major: MlflowMajor, open: () => Promise<Store>, expected: ExpectedStore): void {
  describe(name, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.dispose());

    test("the server tells its version", async () => {
      expect((await store.describe(never)).label).toBe(major === 2 ? "MLflow 2.22.5 server" : "MLflow 3.17.2 server");
    });

    test("roots are in the server's order, orphans among them", async () => {
      const experimentIds = expected.experiments
        .filter(({ name: each }) => each === "vision/vit.base/sweeps")
        .map((each) => each.experimentId);
      const page = await store.searchRuns({ experimentIds, lifecycle: "active", pageSize: 100, nesting: { kind: "roots" } }, never);
      const keys = ["plain", "child-elsewhere", "orphan", "child-of-removed", "small-sweep", "sweep"];
      expect(page.items.map((run) => run.runId)).toEqual(keys.map(expected.idOf));
    });

    test("curves that come in bulk are the same as those that come singly", async () => {
      const others = ["resnet-00", "resnet-01", "resnet-02", "resnet-03"].map(expected.idOf);
      for (const { runId, key, points } of expected.histories) {
        const history = (await store.getMetricHistories([runId, ...others], key, { maxPoints: 10_000 }, never)).get(runId);
        if (points.length < 2500) {
          expect(history?.points, key).toEqual(points);
          expect(history?.exact).toBe(true);
        } else {
          // The bulk call gives a sample of such a long curve, and says so.
          expect(history?.exact).toBe(false);
          expect(history?.points[0]).toEqual(points[0]);
          expect(history?.points.at(-1)).toEqual(points.at(-1));
        }
      }
    });

    test("a run that is gone does not cost the others their curves", async () => {
      const ids = ["resnet-00", "resnet-01", "resnet-02", "resnet-11"].map(expected.idOf);
      const histories = await store.getMetricHistories([...ids, "0".repeat(32)], "acc", { maxPoints: 100 }, never);
      expect([...histories.keys()].sort()).toEqual([...ids].sort());
    });

    test.each(["no such metric", "<script>", "../../etc/passwd", "x".repeat(3000)])("the metric %.20s is no error", async (key) => {
      const ids = expected.runs.slice(0, 6).map((run) => run.runId);
      expect(await store.getMetricHistories(ids.slice(0, 2), key, { maxPoints: 10 }, never)).toEqual(new Map());
      expect(await store.getMetricHistories(ids, key, { maxPoints: 10 }, never)).toEqual(new Map());
    });

    test.each(["it's", 'it\'s "none"', "a/b", "100%", "\\", "x".repeat(3000)])("there is no model named %.20s", async (model) => {
      const isMissing = (error: unknown): boolean => isAppError(error, "model/not-found");
      await expect(store.getRegisteredModel(model, never)).rejects.toSatisfy(isMissing);
      await expect(store.searchModelVersions(model, { pageSize: 5 }, never)).rejects.toSatisfy(isMissing);
    });

    test("the files of a version that was registered from a run or a logged model are listed", async () => {
      const entries = await store.listArtifacts({ kind: "modelVersion", modelName: "churn-clf", version: "3" }, "", never);
      expect(entries.map(({ path }) => path)).toContain("MLmodel");
    });

    test("the files of a version that lie elsewhere are refused in words", async () => {
      const owner = { kind: "modelVersion", modelName: "demand.forecast", version: "1" } as const;
      await expect(store.listArtifacts(owner, "", never)).rejects.toSatisfy((error) => isAppError(error, "store/unsupported"));
    });
  });
}

/** The client's own answers, with the copy's folder in place of the recorded one. */
function expectedFromServer(name: "v2-sqlite" | "v3-sqlite" | "v2-file" | "v3-file", folder: string): ExpectedStore {
  const expected = expectedStore(name);
  const rebase = (address: string): string => address.replace(RECORDED_ROOT, folder);
  const recorded = new Map(recordedRuns(name).runs.map((run) => [run.runId, run]));
  return {
    ...expected,
    experiments: expected.experiments.map((each) => ({ ...each, artifactLocation: rebase(each.artifactLocation) })),
    runs: expected.runs.map((run) => {
      // A server on a file store gives this metric's step as MLflow's client does, whose reader takes it for 0.
      const asClient = recorded.get(run.runId)?.metrics.get("test/acc");
      const metrics = asClient === undefined ? run.metrics : new Map([...run.metrics, ["test/acc", asClient] as const]);
      return { ...run, metrics, artifactUri: rebase(run.artifactUri) };
    }),
    versions: expected.versions.map((version) => ({ ...version, source: rebase(version.source) })),
  };
}
