import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { type NodeMonitoringTracker, openMonitoringTracker } from "../../../src/adapters/node/monitoringTracker";
import { openChosenStore } from "../../../src/cli/openChosenStore";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { parseDataSource } from "../../../src/core/monitoring/dataSource";
import type { TrackedData, TrackerWish } from "../../../src/core/monitoring/monitoringTracker";
import { runKpiPoints } from "../../../src/core/monitoring/runKpi";

const EXAMPLES = join(import.meta.dirname, "../../../examples");
const CHURN: TrackerWish = { folder: "churn", uri: "sqlite:///mlflow.db", experiment: "churn/boosting", model: null };
/** A folder of runs, which MLflow 2 wrote. */
const DEMAND: TrackerWish = { folder: "demand", uri: null, experiment: "demand.daily", model: null };

let root: string;
let tracker: NodeMonitoringTracker | undefined;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-tracker-"));
  cpSync(join(EXAMPLES, "churn"), join(root, "churn"), { recursive: true });
  cpSync(join(EXAMPLES, "demand"), join(root, "demand"), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(() => {
  tracker?.dispose();
  tracker = undefined;
});

function open(): NodeMonitoringTracker {
  tracker = openMonitoringTracker(root, { open: (location, signal) => openChosenStore({ location, uri: "" }, {}, {}, signal) });
  return tracker;
}

function fetchData(text: string, wish = CHURN): Promise<TrackedData> {
  const source = parseDataSource(text);
  if (source.kind === "path") {
    throw new Error(`${text} is a path.`);
  }
  return open().fetch(wish, source, NEVER_CANCELLED);
}

/** Of the run that the newest registered version came from. */
function registeredRun(): { readonly runId: string; readonly version: string } {
  const database = new DatabaseSync(join(root, "churn/mlflow.db"), { readOnly: true });
  const row = database
    .prepare("SELECT run_id, version FROM model_versions WHERE name = 'churn-classifier' ORDER BY version DESC LIMIT 1")
    .get();
  database.close();
  return { runId: String(row?.["run_id"]), version: String(row?.["version"]) };
}

describe("runs that speak for a product", () => {
  it("are the finished ones of its experiment that are no part of another, the newest first", async () => {
    const runs = await open().runs(CHURN, 5, NEVER_CANCELLED);
    expect(runs).toHaveLength(5);
    const times = runs.map(({ startTime }) => startTime ?? 0);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Object.keys(runs[0]?.metrics ?? {})).toEqual(expect.arrayContaining(["f1", "auc"]));
    expect(runs.flatMap(({ metrics }) => Object.values(metrics)).every(Number.isFinite)).toBe(true);
  });

  it("tell a KPI over time, by any of its names", async () => {
    const runs = await open().runs(CHURN, 100, NEVER_CANCELLED);
    const points = runKpiPoints(runs, "roc_auc");
    expect(points.length).toBeGreaterThan(3);
    expect(points).toEqual([...points].sort((a, b) => a.time - b.time));
    expect(points).toEqual(runKpiPoints(runs, "auc"));
    expect(runKpiPoints(runs, "engagement")).toEqual([]);
  });

  it("is the one that the registered version came from, where the product names it", async () => {
    const { runId, version } = registeredRun();
    const wish = { ...CHURN, experiment: null, model: { name: "churn-classifier", version } };
    expect((await open().runs(wish, 1, NEVER_CANCELLED)).map((run) => run.runId)).toEqual([runId]);
  });

  it("are found in a folder of runs too, which nobody had to name", async () => {
    const [run] = await open().runs(DEMAND, 1, NEVER_CANCELLED);
    expect(run?.runId).toMatch(/^[0-9a-f]{32}$/);
    expect(Object.keys(run?.metrics ?? {}).length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<TrackerWish>, string]>([
    ["an experiment that is not there", { experiment: "churn/bosting" }, 'There is no experiment "churn/bosting"'],
    ["no experiment among several", { experiment: null }, "nothing says which one is meant"],
    ["a store that is not there", { uri: "sqlite:///gone.db" }, "gone.db"],
    ["no store at all", { uri: null, folder: "" }, "There is no store of runs here"],
    ["what is no store", { uri: "ftp://example.org" }, "is not a store"],
  ])("are none for %s, with a sentence", async (_, changes, sentence) => {
    await expect(open().runs({ ...CHURN, ...changes }, 1, NEVER_CANCELLED)).rejects.toThrow(sentence);
  });
});

describe("data of a tracker", () => {
  it("is an artifact of a run or a version, copied while it is needed", async () => {
    const { runId, version } = registeredRun();
    const { paths, names } = await fetchData(`runs:/${runId}/importance.csv`);
    const [path = ""] = paths;
    expect(names[path]).toBe(`runs:/${runId}/importance.csv`);
    expect(readFileSync(path, "utf8")).toMatch(/^feature,importance\n/);
    tracker?.dispose();
    await expect.poll(() => existsSync(path)).toBe(false);
    const model = await fetchData(`models:/churn-classifier/${version}/MLmodel`);
    expect(readFileSync(model.paths[0] ?? "", "utf8")).toContain("flavors:");
    expect(Object.values(model.names)).toEqual([`models:/churn-classifier/${version}/MLmodel`]);
  });

  it("is a folder of artifacts, each with its name", async () => {
    const { runId } = registeredRun();
    const { paths, names } = await fetchData(`runs:/${runId}/plots`);
    expect(paths).toHaveLength(1);
    expect(Object.values(names)).toEqual([`runs:/${runId}/plots/importance.png`]);
  });

  it("is the file that a logged data set came from, below the product's folder", async () => {
    const { paths, notes } = await fetchData("dataset:churn-test");
    expect(paths).toEqual([join(root, "churn/data/test.csv")]);
    expect(notes[0]).toContain('Data set "churn-test"');
    const first = await fetchData("dataset:churn-test").then((one) => /\((.+?)\)/.exec(one.notes[0] ?? "")?.[1]);
    expect((await fetchData(`dataset:churn-test@${first ?? ""}`)).paths).toEqual(paths);
  });

  it.each([
    ["dataset:churn-tset", 'No run has logged a data set "churn-tset"'],
    ["dataset:churn-test@ffffffff", "with the digest ffffffff"],
    ["runs:/0123456789abcdef0123456789abcdef/a.csv", "0123456789abcdef0123456789abcdef"],
    ["models:/churn-classifier/99/a.csv", 'The model "churn-classifier" has no version 99.'],
    ["models:/churn-classifier@nobody/a.csv", 'has no alias "nobody"'],
    ["models:/gone/1/a.csv", "gone"],
  ])("%s is told in a sentence", async (text, sentence) => {
    await expect(fetchData(text)).rejects.toThrow(sentence);
  });

  it("does not leave the folder of a run", async () => {
    const { runId } = registeredRun();
    await expect(fetchData(`runs:/${runId}/../../../mlops.yaml`)).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it.each([
    ["file:///etc/passwd", "outside of the workspace"],
    ["/etc/passwd", "outside of the workspace"],
    ["../../../../../../../../etc/passwd", "outside of the workspace"],
    ["https://example.org/a.csv", "which is not read here"],
    ["data/gone.csv", "there is no such file"],
  ])("takes no store's word for a file at %s", async (place, sentence) => {
    const folder = mkdtempSync(join(root, "own-"));
    cpSync(join(root, "churn/mlflow.db"), join(folder, "mlflow.db"));
    const database = new DatabaseSync(join(folder, "mlflow.db"));
    database.prepare("UPDATE datasets SET dataset_source = ?").run(JSON.stringify({ uri: place }));
    database.close();
    writeFileSync(join(folder, "mlops.yaml"), "name: own\n");
    await expect(fetchData("dataset:churn-test", { ...CHURN, folder: folder.slice(root.length + 1) })).rejects.toThrow(sentence);
  });
});

describe("parseDataSource", () => {
  it.each([
    ["data/train.csv", { kind: "path", path: "data/train.csv" }],
    ["logs/2026-*.csv", { kind: "path", path: "logs/2026-*.csv" }],
    ["a:b.csv", { kind: "path", path: "a:b.csv" }],
    ["dataset:churn test@ab12", { kind: "dataset", name: "churn test", digest: "ab12" }],
    ["runs:/ab/data/x.csv", { kind: "run", runId: "ab", path: "data/x.csv" }],
    ["models:/my%20model/3/x.csv", { kind: "model", model: "my model", version: { kind: "version", version: "3" }, path: "x.csv" }],
    ["models:/m@champion/d/x.csv", { kind: "model", model: "m", version: { kind: "alias", alias: "champion" }, path: "d/x.csv" }],
    ["models:/m/latest/x.csv", { kind: "model", model: "m", version: { kind: "latest" }, path: "x.csv" }],
  ])("%s", (text, expected) => expect(parseDataSource(text)).toEqual(expected));

  it.each([
    "dataset:",
    "runs:/ab",
    "runs:ab/x.csv",
    "models:/m/x.csv",
    "models:/m/3",
    "models:/@a/x",
    "s3://bucket/x.csv",
    "https://a/x.csv",
  ])("refuses %s with what to write", (text) => expect(() => parseDataSource(text)).toThrow(/does not say which data|is at an address/));
});
