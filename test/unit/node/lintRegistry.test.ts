import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { openLintRegistry } from "../../../src/adapters/node/lintRegistry";
import type { StoreOpener } from "../../../src/core/tracking/store";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";

const never = new AbortController().signal;
const RECORDED = join(import.meta.dirname, "../../fixtures/mlflow");
let root: string;
let opened: StoreLocation[];

const opener: StoreOpener = {
  open: async (location, signal) => {
    opened.push(location);
    if (location.kind === "rest") {
      throw new Error("A server was asked.");
    }
    return location.kind === "sqlite" ? openSqliteStore(location.path, signal) : openFileStore(location.path, signal);
  },
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "lint-registry-"));
  cpSync(join(RECORDED, "v3-sqlite", "mlflow.db"), join(root, "a", "mlflow.db"));
  cpSync(join(RECORDED, "v3-file", "mlruns"), join(root, "b", "mlruns"), { recursive: true });
  mkdirSync(join(root, "a", "models", "churn"), { recursive: true });
  opened = [];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("openLintRegistry", () => {
  it("knows the versions of a model in the store that the folder or one above holds, and opens it once", async () => {
    const registry = openLintRegistry(root, opener);
    opened = [];
    const [inDatabase, again, inFolder] = await Promise.all([
      registry.versions("a/models/churn", null, "churn-clf", never),
      registry.versions("a", "mlflow.db", "churn-clf", never),
      registry.versions("b", null, "churn-clf", never),
    ]);
    expect(inDatabase.known && inDatabase.value.map(({ version }) => version)).toEqual(["4", "3", "2", "1"]);
    expect(inDatabase.known && inDatabase.value[0]?.createdAt).toMatch(/^\d{4}-\d{2}-\d{2}T/);
    expect(again).toEqual(inDatabase);
    expect(inFolder.known && inFolder.value.map(({ version }) => version)).toEqual(["4", "3", "2", "1"]);
    expect(opened.map(({ kind }) => kind).sort()).toEqual(["file", "sqlite"]);
    registry.dispose();
  });

  it("knows no versions of a model that is not there", async () => {
    const registry = openLintRegistry(root, opener);
    expect(await registry.versions("a", null, "nothing", never)).toEqual({ known: true, value: [] });
    registry.dispose();
  });

  it("knows the commit of the run that made a version", async () => {
    const registry = openLintRegistry(root, opener);
    const commits = await Promise.all(
      ["1", "2", "3", "4", "99"].map((version) => registry.commitOf("a", null, "churn-clf", version, never)),
    );
    const store = await openSqliteStore(join(root, "a", "mlflow.db"), never);
    const { items } = await store.searchModelVersions("churn-clf", { pageSize: 10 }, never);
    const made = items.find(({ version }) => version === "1");
    const tags = made?.runId == null ? undefined : (await store.getRun(made.runId, never)).tags;
    store.dispose();
    expect(commits[0]).toEqual({ known: true, value: tags?.get("mlflow.source.git.commit") ?? null });
    expect(commits.at(-1)).toEqual({ known: true, value: null });
    registry.dispose();
  });

  it("counts the runs that a person started, children and older ones left out", async () => {
    const registry = openLintRegistry(root, opener);
    const sweeps = (since: number): ReturnType<typeof registry.manualRuns> =>
      registry.manualRuns("a", "sqlite:///mlflow.db", "vision/vit.base/sweeps", since, never);
    expect(await sweeps(1_750_000_000_000)).toEqual({ known: true, value: 3 });
    expect(await sweeps(1_900_000_000_000)).toEqual({ known: true, value: 0 });
    expect(await registry.manualRuns("a", null, "no such experiment", 0, never)).toEqual({ known: true, value: null });
    registry.dispose();
  });

  it.each(["http://127.0.0.1:1", "https://mlflow.example.org", "\\\\host\\share\\mlruns", "file://host/share/mlruns"])(
    "asks no server: %s",
    async (uri) => {
      opened = [];
      const registry = openLintRegistry(root, opener);
      expect(await registry.versions("a", uri, "churn-clf", never)).toEqual({
        known: false,
        why: "servers are not asked, so that the answer is the same offline",
      });
      expect(opened).toEqual([]);
      registry.dispose();
    },
  );

  it("says why a store cannot be read, and tries again once it is told to forget", async () => {
    const registry = openLintRegistry(root, opener);
    expect(await registry.versions("", null, "m", never)).toEqual({
      known: false,
      why: "there is no store of runs here, and none is named in tracking.uri",
    });
    expect((await registry.versions("", "postgresql://host/db", "m", never)).known).toBe(false);
    const late = (): ReturnType<typeof registry.versions> => registry.versions("", "late.db", "churn-clf", never);
    expect((await late()).known).toBe(false);
    cpSync(join(RECORDED, "v3-sqlite", "mlflow.db"), join(root, "late.db"));
    expect((await late()).known).toBe(false);
    registry.forget();
    expect((await late()).known).toBe(true);
    registry.dispose();
  });
});
