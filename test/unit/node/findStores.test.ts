import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { findStores } from "../../../src/adapters/node/findStores";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "find-stores-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text = ""): void => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const find = async (trusted = true) => {
  const { stores, problems } = await findStores(root, trusted, new AbortController().signal);
  return { stores: stores.map(({ location, label }) => [location.kind, label]), problems };
};

describe("findStores", () => {
  it("finds databases and file stores in sub-folders and leaves artifacts-only mlruns folders alone", async () => {
    put("churn/mlflow.db");
    put("churn/mlruns/1/0123/artifacts/model.pkl");
    put("deep/a/b/c/mlruns/0/meta.yaml");
    put("my-store/.trash/keep");
    put("my-store/123/meta.yaml");
    put("node_modules/x/mlflow.db");
    put(".venv/mlflow.db");
    expect((await find()).stores.sort()).toEqual([
      ["file", "deep/a/b/c/mlruns"],
      ["file", expect.stringMatching(/\/my-store$/)],
      ["sqlite", "churn/mlflow.db"],
    ]);
  });

  it("takes a database of another name only when it is MLflow's", async () => {
    const tables = new DatabaseSync(join(root, "tracking.sqlite"));
    tables.exec("create table experiment_tags(key text); create table registered_models(name text)");
    tables.close();
    const other = new DatabaseSync(join(root, "shop.db"));
    other.exec("create table orders(id integer)");
    other.close();
    put("fake.db", "no database");
    expect((await find()).stores).toEqual([["sqlite", expect.stringMatching(/\/tracking\.sqlite$/)]]);
  });

  it("reads where an mlops.yaml keeps its runs, and contacts no server of an untrusted folder", async () => {
    put("a/mlops.yaml", "version: 1\ntracking: {uri: 'sqlite:///runs.db', experiment: x}\n");
    put("b/mlops.yml", "tracking: http://localhost:5000/\n");
    expect((await find()).stores).toEqual([
      ["sqlite", "a/runs.db"],
      ["rest", "localhost:5000"],
    ]);
    const untrusted = await find(false);
    expect(untrusted.stores).toEqual([["sqlite", "a/runs.db"]]);
    expect(untrusted.problems).toEqual([expect.stringContaining("not trusted")]);
  });

  it("says which mlops.yaml cannot be read and goes on", async () => {
    put("bad/mlops.yaml", "tracking: [unclosed\n");
    put("worse/mlops.yaml", "tracking: ftp://x\n");
    put(
      "bomb/mlops.yaml",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
        { length: 8 },
        (_, i) =>
          `b${i}: &b${i} [${Array(9)
            .fill(i === 0 ? "*a" : `*b${i - 1}`)
            .join()}]`,
      ).join("\n")}\n`,
    );
    put("good/mlflow.db");
    const { stores, problems } = await find();
    expect(stores).toEqual([["sqlite", "good/mlflow.db"]]);
    expect(problems).toHaveLength(3);
    for (const problem of problems) {
      expect(problem).toMatch(/^The field "tracking" of .*mlops\.yaml cannot be read: \S/);
    }
  });

  it("does not follow links round in a circle", async () => {
    put("x/mlflow.db");
    symlinkSync(root, join(root, "x", "loop"));
    expect((await find()).stores).toEqual([["sqlite", "x/mlflow.db"]]);
  });

  it("lists a store in a folder that cannot be looked into, so that the tree can say why", async () => {
    put("locked/mlruns/0/meta.yaml");
    execFileSync("chmod", ["000", join(root, "locked", "mlruns")]);
    try {
      expect((await find()).stores).toEqual([["file", "locked/mlruns"]]);
    } finally {
      execFileSync("chmod", ["755", join(root, "locked", "mlruns")]);
    }
  });

  it("stops when it is told to", async () => {
    put("x/mlflow.db");
    const controller = new AbortController();
    controller.abort();
    await expect(findStores(root, true, controller.signal)).rejects.toThrow(/abort/i);
  });
});
