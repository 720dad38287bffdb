import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openResultFiles } from "../../../src/adapters/node/resultFiles";
import { openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { readColumnNames } from "../../../src/adapters/tabular/readColumnNames";
import { workAlone } from "../../../src/adapters/node/workAlone";
import type { MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import { CheckRunner } from "../../../src/editor/monitoring/checkRunner";
import { CheckTimer } from "../../../src/editor/monitoring/checkTimer";
import { MonitoringBoard, type NewResult } from "../../../src/editor/monitoring/monitoringBoard";
import { NO_FILTER, partNodes, productNodes, troubled } from "../../../src/editor/monitoring/monitoringNode";
import { modelStates } from "../../../src/editor/monitoring/modelStates";
import { kpi, NOW, result } from "../monitoring/monitoringBuilders";

const DAY = 86_400_000;
const signal = new AbortController().signal;
let root: string;
let board: MonitoringBoard;
let now: number;
let errors: unknown[];

function product(name: string, more = ""): void {
  mkdirSync(join(root, name), { recursive: true });
  writeFileSync(
    join(root, name, "mlops.yaml"),
    `version: 1\nname: ${name}\n${more === "" ? "monitoring: {reference: a.csv, live: b.csv, checks: {every: 1 day}}\n" : more}`,
  );
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-board-"));
  now = NOW;
  errors = [];
  const folder = { root, files: openWorkspaceFiles(root, readColumnNames), results: openResultFiles(root) };
  board = new MonitoringBoard(
    () => [folder],
    (error) => errors.push(error),
  );
});
afterEach(() => {
  board.dispose();
  rmSync(root, { recursive: true, force: true });
});

function runnerOf(check: (name: string) => MonitoringResult, isTrusted = true): CheckRunner {
  return new CheckRunner({
    board,
    check: (watched) => Promise.resolve([{ ...check(watched.name), product: watched.name, checked_at: now }]),
    notKept: () => (isTrusted ? null : "Nobody trusts the folder."),
    alone: (key, work) => workAlone(join(root, ".locks"), key, work, Date.now),
  });
}

const watchedOf = async (name: string): Promise<Parameters<CheckRunner["check"]>[0]> => {
  const found = (await board.ready()).find(({ watched }) => watched.name === name)?.watched;
  return found ?? Promise.reject(new Error(`There is no ${name}.`));
};

describe("the board of monitored models", () => {
  it("lists products that are monitored, and none that is retired, broken or watched by nobody", async () => {
    product("churn");
    product("old", "stage: retired\nmonitoring: {live: a.csv}\n");
    product("plain", "purpose: nothing to watch\n");
    product("broken", "monitoring: [\n");
    expect((await board.ready()).map(({ watched }) => watched.name)).toEqual(["churn"]);
    expect(errors).toEqual([]);
  });

  it("knows the newest result, tells of new ones, and not of those that were there before", async () => {
    product("churn");
    const told: NewResult[] = [];
    board.onDidGetResults((news) => told.push(...news));
    const runner = runnerOf(() => result({ status: "ok" }));
    await runner.check(await watchedOf("churn"), () => undefined, signal);
    now += DAY;
    await runnerOf(() => result({ status: "fail" })).check(await watchedOf("churn"), () => undefined, signal);
    expect(told.map(({ result: one, earlier }) => [one.status, earlier.length])).toEqual([
      ["ok", 0],
      ["fail", 1],
    ]);
    expect(troubled(board.all)).toBe(1);
    await board.refresh();
    expect(told).toHaveLength(2);
  });

  it("keeps whether a person asked for a check or its time had come", async () => {
    product("churn");
    const runner = runnerOf(() => result({ status: "ok" }));
    await runner.check(await watchedOf("churn"), () => undefined, signal);
    expect((await board.latestOf(await watchedOf("churn"), signal))?.started_by).toBe("person");
    now += DAY;
    await runner.checkIfDue(await watchedOf("churn"), () => true, signal);
    expect((await board.latestOf(await watchedOf("churn"), signal))?.started_by).toBe("automation");
  });

  it("shows a result that must not be written, and writes nothing", async () => {
    product("churn");
    await runnerOf(() => result({ status: "warn" }), false).check(await watchedOf("churn"), () => undefined, signal);
    expect(board.all.map(({ latest, notKept }) => [latest?.status, notKept])).toEqual([["warn", "Nobody trusts the folder."]]);
    const fresh = await board.latestOf(await watchedOf("churn"), signal);
    expect(fresh).toBeNull();
    await board.refresh();
    expect(board.all[0]?.latest?.status).toBe("warn");
  });
});

describe("a folder of results that cannot be written", () => {
  const blocked = async (): Promise<void> => {
    product("churn");
    mkdirSync(join(root, "churn", ".mlops"));
    writeFileSync(join(root, "churn", ".mlops", "monitoring"), "A file stands here.\n");
    await board.ready();
  };

  it("loses nothing: the result is shown with the reason, and read again it stays", async () => {
    await blocked();
    const told: NewResult[] = [];
    board.onDidGetResults((news) => told.push(...news));
    const outcome = await runnerOf(() => result({ status: "fail" })).check(await watchedOf("churn"), () => undefined, signal);
    expect(outcome.notKept).toMatch(/a file stands where a folder is needed/);
    expect(outcome.failure?.code).toBe("file/unwritable");
    await board.refresh();
    expect(board.all.map(({ latest, notKept }) => [latest?.status, notKept])).toEqual([["fail", outcome.notKept]]);
    expect(told).toHaveLength(1);
  });

  it("is told once by a check that was due, which is not made again each minute", async () => {
    await blocked();
    const failures: string[] = [];
    let checks = 0;
    const runner = runnerOf(() => {
      checks += 1;
      return result();
    });
    const timer = new CheckTimer({ board, runner, isAllowed: () => true, now: () => now, onFailure: (name) => failures.push(name) });
    await timer.look();
    now += 60_000;
    await timer.look();
    expect([checks, failures]).toEqual([1, ["churn"]]);
    timer.dispose();
  });
});

describe("checks that are due", () => {
  const timerOf = (runner: CheckRunner, failures: string[] = []): CheckTimer =>
    new CheckTimer({ board, runner, isAllowed: () => true, now: () => now, onFailure: (name) => failures.push(name) });

  it("are made once, and again when their time has come", async () => {
    product("churn");
    product("byHand", "monitoring: {reference: a.csv, live: b.csv}\n");
    const checked: string[] = [];
    const runner = runnerOf((name) => {
      checked.push(name);
      return result();
    });
    const timer = timerOf(runner);
    await timer.look();
    await timer.look();
    expect(checked).toEqual(["churn"]);
    now += DAY;
    await timer.look();
    expect(checked).toEqual(["churn", "churn"]);
    timer.dispose();
    now += DAY;
    await timer.look();
    expect(checked).toHaveLength(2);
  });

  it("are not made twice by two windows", async () => {
    product("churn");
    let checks = 0;
    const count = (): MonitoringResult => {
      checks += 1;
      return result();
    };
    await Promise.all([timerOf(runnerOf(count)).look(), timerOf(runnerOf(count)).look()]);
    expect(checks).toBe(1);
  });

  it("that fail are told once, and not each minute", async () => {
    product("churn");
    const failures: string[] = [];
    const timer = timerOf(
      runnerOf(() => {
        throw new Error("no disk");
      }),
      failures,
    );
    await timer.look();
    now += 60_000;
    await timer.look();
    expect(failures).toEqual(["churn"]);
    now += 3_600_000;
    await timer.look();
    expect(failures).toEqual(["churn", "churn"]);
  });
});

describe("lines of the overview", () => {
  it("put the worst first, and can be filtered by state and text", async () => {
    const states = { a: "ok", b: "fail", c: "warn", d: "unjudged" } as const;
    for (const name of [...Object.keys(states), "never"]) {
      product(name);
    }
    for (const [name, status] of Object.entries(states)) {
      await runnerOf(() => result({ status, verdict: `${name} says ${status}` })).check(await watchedOf(name), () => undefined, signal);
    }
    const names = (filter: Parameters<typeof productNodes>[1]): readonly string[] =>
      productNodes(board.all, filter).map(({ entry }) => entry.watched.name);
    expect(names(NO_FILTER)).toEqual(["b", "d", "c", "never", "a"]);
    expect(names({ text: "", states: ["fail", "never"] })).toEqual(["b", "never"]);
    expect(names({ text: "SAYS WARN", states: null })).toEqual(["c"]);
  });

  it("say each name once", async () => {
    product("churn");
    const column = {
      name: "age",
      type: "num",
      status: "fail",
      method: "psi_quantile",
      score: 1,
      threshold: 0.1,
      fail_threshold: 0.25,
    } as const;
    const drift = {
      ...({ status: "warn", mode: "own", drifted_columns: 1, tested_columns: 2, share: 0.5, threshold: 0.6 } as const),
      columns: [{ ...column, missing: { reference: 0, current: 0 }, new_categories: 0, lost_categories: 0, verdict: "`age` moved up." }],
    } as const;
    await runnerOf(() => result({ status: "fail", drift, kpis: [kpi()], problems: ["No labels."] })).check(
      await watchedOf("churn"),
      () => undefined,
      signal,
    );
    const [node] = productNodes(board.all, NO_FILTER);
    expect(node === undefined ? [] : partNodes(node).map(({ label, description }) => [label, description])).toEqual([
      ["No labels.", ""],
      ["f1", "is 0.7, and its target is >= 0.80."],
      ["1 of 2 columns drifted", ""],
      ["age", "moved up."],
    ]);
  });

  it("find the product of a model by its name, and of two the one beside the store", async () => {
    product("one", "model: {name: churn}\nmonitoring: {live: b.csv}\n");
    product("two", "model: {name: churn}\nmonitoring: {live: b.csv}\n");
    await board.ready();
    const states = modelStates(() => board.all);
    expect([states.hasAny(), modelStates(() => []).hasAny()]).toEqual([true, false]);
    expect(states.of("churn", { kind: "sqlite", path: join(root, "two", "mlflow.db") })?.watched.name).toBe("two");
    expect(states.of("churn", { kind: "sqlite", path: join(root, "one", "mlflow.db") })?.watched.name).toBe("one");
    expect(states.of("other", undefined)).toBeUndefined();
  });
});
