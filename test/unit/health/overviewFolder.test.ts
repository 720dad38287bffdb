import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import type { Challenge, Portfolio, ProductHealth } from "../../../src/core/health/productHealth";
import { openCliOverview } from "../../../src/cli/status/openCliOverview";
import { isCancelled } from "../../../src/core/base/cancel";
import { seededStore, type SeededRun } from "../../builders/costStore";
import { LintFolder } from "../../builders/lintFolder";
import { change } from "../../builders/sqliteDatabase";

const NOW = Date.UTC(2026, 10, 24, 12);
const DAY = 86_400_000;
const never = new AbortController().signal;
const CHALLENGES: readonly Challenge[] = ["effort", "cost", "knowledge", "responsibility", "compliance"];
const folders: LintFolder[] = [];

afterEach(() => folders.splice(0).forEach((folder) => folder.dispose()));

function make(files: Readonly<Record<string, string>> = {}): LintFolder {
  const folder = new LintFolder().write(files);
  folders.push(folder);
  return folder;
}

const product = (name: string, more = ""): string =>
  `version: 1\nname: ${name}\nowner: ana@example.org\nmodel: ${name}\ntracking: {uri: ../mlflow.db, experiment: ${name}}\nkpis: [{name: f1, target: ">= 0.8"}]\n${more}`;

function aRun(id: string, experiment: string, daysAgo: number, more: Partial<SeededRun> = {}): SeededRun {
  const start = NOW - daysAgo * DAY;
  return {
    id,
    experiment,
    start,
    end: start + 3_600_000,
    metrics: { f1: [[start, 0.9]] },
    tags: { "mlflow.source.type": "NOTEBOOK" },
    ...more,
  };
}

/** Puts a store with these runs into a folder. */
function withStore(folder: LintFolder, runs: readonly SeededRun[]): void {
  copyFileSync(seededStore(runs), join(folder.path, "mlflow.db"));
}

type Opened = ReturnType<typeof openCliOverview>;

function open(folder: LintFolder): Opened {
  const host = {
    ...{ env: {}, cwd: folder.path, signal: never, now: () => NOW },
    stdout: { write: () => Promise.resolve(), isTerminal: false, columns: undefined },
    stderr: { write: () => Promise.resolve(), isTerminal: false, columns: undefined },
  };
  return openCliOverview(folder.path, { host }, NOW);
}

async function using<T>(folder: LintFolder, work: (overview: Opened) => Promise<T>): Promise<T> {
  const overview = open(folder);
  try {
    return await work(overview);
  } finally {
    overview.dispose();
  }
}

const gather = (folder: LintFolder): Promise<Portfolio> => using(folder, (overview) => overview.portfolio(never));

function named(portfolio: Portfolio, name: string): ProductHealth {
  const found = portfolio.products.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`There is no ${name} among ${portfolio.products.map((one) => one.name).join(", ")}.`);
  }
  return found;
}

const lightOf = ({ challenges }: ProductHealth, challenge: Challenge): string =>
  challenges.find((one) => one.challenge === challenge)?.light ?? "absent";

describe("an overview of a folder", () => {
  it("has no product where there is none, and tells of no problem", async () => {
    expect(await gather(make())).toEqual({ schema: 1, at: NOW, products: [], stack: [], problems: [] });
  });

  it("says of a product without history what is missing, without a figure that nobody has", async () => {
    const row = named(await gather(make({ "churn/mlops.yaml": product("churn") })), "churn");
    expect(row).toMatchObject({
      stage: "design",
      owner: "ana@example.org",
      version: null,
      kpi: null,
      drift: null,
      effort: null,
      cost: null,
      events: [],
    });
    expect(row.challenges.map(({ challenge }) => challenge)).toEqual(CHALLENGES);
    expect(lightOf(row, "effort")).not.toBe("good");
    expect(lightOf(row, "knowledge")).toBe("unknown");
    expect(JSON.stringify(row.challenges)).not.toMatch(/NaN|undefined|Infinity|\b0 (?:EUR|h)\b/);
  });

  it("reads runs, models and money of a store that products share, each for its own", async () => {
    const folder = make({
      ".mlops/policy.yaml": "version: 1\nprices: {currency: EUR, instances: {gpu: 2}}\n",
      "churn/mlops.yaml": product("churn", "train: {resources: {instance: gpu}}\ncost: {budget: 100 EUR/month}\n"),
      "demand/mlops.yaml": product("demand"),
    });
    withStore(folder, [
      ...[1, 2, 3].map((day) => aRun(`c${day}`, "churn", day, { metrics: { f1: [[NOW, 1 - day / 8]] } })),
      aRun("c40", "churn", 40, { metrics: {} }),
      aRun("c9", "churn", 9, { isDeleted: true }),
      aRun("d1", "demand", 1, { tags: { "mlflow.source.type": "JOB" }, metrics: { f1: [[NOW, 0.5]] } }),
      aRun("m1", "other", 1, { model: "nobodys" }),
    ]);
    const portfolio = await gather(folder);
    const churn = named(portfolio, "churn");
    // A deleted run was paid for, and tells nothing else.
    expect(churn.cost).toMatchObject({ month: "2026-11", amount: 8, currency: "EUR", runs: 4, budget: 100 });
    expect(churn.cost).toMatchObject({ deletedRuns: 1, deletedAmount: 2, deletedHours: 1 });
    expect(churn.kpi).toEqual({ name: "f1", values: [0.625, 0.75, 0.875], status: "ok" });
    expect(churn.effort).toMatchObject({ manual: 3, automated: 0, hours: 1, before: { manual: 1, automated: 0, hours: 1 / 3 } });
    expect(churn.stage).toBe("build");
    const demand = named(portfolio, "demand");
    expect(demand.effort).toMatchObject({ manual: 0, automated: 1 });
    expect([demand.kpi?.values, lightOf(demand, "knowledge")]).toEqual([[0.5], "trouble"]);
    expect(demand.cost).toMatchObject({ runs: 1, unpricedRuns: 1 });
    expect(lightOf(demand, "cost")).not.toBe("good");
    const unowned = named(portfolio, "nobodys");
    expect(unowned).toMatchObject({ config: null, owner: null, model: "nobodys", stage: "build" });
    expect([lightOf(unowned, "responsibility"), lightOf(unowned, "cost")]).toEqual(["attention", "unknown"]);
    expect(unowned.challenges.every(({ action }) => action?.kind === "describe_model")).toBe(true);
    expect(portfolio.problems).toEqual([]);
  });

  it("gives a product without an experiment what no other names, and one that names Default its own", async () => {
    const folder = make({
      "a/mlops.yaml": product("a").replace("experiment: a", "experiment: Default"),
      "b/mlops.yaml": "version: 1\nname: b\ntracking: {uri: ../mlflow.db}\n",
    });
    withStore(folder, [aRun("d", "Default", 1), aRun("x", "xs", 1), aRun("y", "ys", 2)]);
    const portfolio = await gather(folder);
    expect([named(portfolio, "a").effort?.manual, named(portfolio, "b").effort?.manual]).toEqual([1, 2]);
  });

  it("calls a model whose alias is at work without an owner trouble", async () => {
    const folder = make({ "churn/mlops.yaml": product("churn") });
    withStore(folder, [aRun("m1", "other", 1, { model: "nobodys" })]);
    change(
      join(folder.path, "mlflow.db"),
      "INSERT INTO registered_model_aliases (name, alias, version, workspace) VALUES ('nobodys', 'champion', 1, 'default')",
    );
    const row = named(await gather(folder), "nobodys");
    expect([row.stage, row.version?.place, lightOf(row, "responsibility")]).toEqual(["run", "alias champion", "trouble"]);
  });

  it("says that a store is gone which a product used, and knows neither its stage nor a zero", async () => {
    const folder = make({ "churn/mlops.yaml": product("churn", 'model: {name: churn, version: "3"}\n').replace("model: churn\n", "") });
    const portfolio = await gather(folder);
    const row = named(portfolio, "churn");
    expect(row).toMatchObject({ stage: "unknown", effort: null, cost: null });
    expect(row.challenges.find(({ challenge }) => challenge === "knowledge")?.reason).toMatch(
      /runs could not be read: The store mlflow\.db, .+ is not there\./,
    );
    expect(portfolio.problems.join()).toMatch(/churn: The store mlflow\.db, which tracking\.uri names, is not there\./);
  });

  it("says that a store is damaged, and shows the rest", async () => {
    const folder = make({ "churn/mlops.yaml": product("churn"), "mlflow.db": "this is no database" });
    const portfolio = await gather(folder);
    expect(named(portfolio, "churn").stage).toBe("unknown");
    expect(portfolio.problems).toHaveLength(1);
    expect(portfolio.problems[0]).not.toMatch(/undefined|SQLITE_|Error:/);
  });

  it("shows a product's file that cannot be understood, with its fault", async () => {
    const row = named(await gather(make({ "churn/mlops.yaml": "version: 1\nname: [unclosed\n" })), "churn/mlops.yaml");
    expect(lightOf(row, "effort")).toBe("trouble");
    expect(row.waits.map(({ what }) => what).join()).toContain("in its file");
  });

  it("reads logs and results beside the file, and tells which are damaged", async () => {
    const monitored = product("churn", "monitoring: {live: b.csv, checks: {every: 7 days}}\n");
    const result = {
      version: 1,
      product: "churn",
      status: "fail",
      checked_at: NOW - DAY,
      verdict: "3 columns drifted.",
      started_by: "person",
      kpis: [],
    };
    const portfolio = await gather(
      make({
        "churn/mlops.yaml": monitored,
        "churn/.mlops/monitoring/churn/20261123T120000.000Z.json": JSON.stringify(result),
        "churn/.mlops/monitoring/churn/20261110T120000.000Z.json": "{",
        "churn/.mlops/deployments.jsonl": '{"at":"2026-11-01T00:00:00Z"}\n',
        "churn/.mlops/jobs/churn-20261120-120000-0a0a0a/job.json": "{}",
      }),
    );
    const row = named(portfolio, "churn");
    expect(row.drift).toEqual({ status: "fail", checkedAt: NOW - DAY });
    expect(lightOf(row, "knowledge")).toBe("trouble");
    expect(row.effort).toMatchObject({ manual: 1, untold: 1 });
    const sorted = [...portfolio.problems].sort();
    expect(sorted).toHaveLength(4);
    expect(sorted[0]).toMatch(/^A result of churn is passed over, churn\/\.mlops\/monitoring\/churn\/20261110T120000\.000Z\.json: /);
    expect(sorted[1]).toMatch(/^Line 1 of the deployment log of churn does not verify: /);
    expect(sorted[2]).toMatch(/job\.json is damaged: /);
    expect(sorted[3]).toMatch(/^churn: The store mlflow\.db, which tracking\.uri names, is not there\./);
  });

  it("reads 500 products", async () => {
    const names = Array.from({ length: 500 }, (_, index) => `m${index}`);
    const folder = make(Object.fromEntries(names.map((name) => [`${name}/mlops.yaml`, product(name)])));
    withStore(folder, [aRun("r", "m7", 1)]);
    const steps: number[] = [];
    const portfolio = await using(folder, (overview) => overview.portfolio(never, ({ done }) => steps.push(done)));
    expect(portfolio.products.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect([steps[0], steps.at(-1)]).toEqual([0, 500]);
    expect(portfolio.products.filter(({ stage }) => stage === "build").map(({ name }) => name)).toEqual(["m7"]);
  });

  it("tells who owns what before it knows more", async () => {
    const folder = make({
      "churn/mlops.yaml": product("churn"),
      "old/mlops.yaml": "name: old\nstage: retired\n",
      "broken/mlops.yaml": "[",
    });
    const rows: ProductHealth[] = [];
    const portfolio = await using(folder, (overview) =>
      overview.portfolio(never, undefined, (listed) => {
        rows.push(...listed);
      }),
    );
    expect(rows.map(({ name, stage }) => [name, stage])).toEqual([
      ["broken/mlops.yaml", "unknown"],
      ["churn", "unknown"],
      ["old", "retired"],
    ]);
    expect(rows.map(({ owner, team }) => [owner, team])).toEqual(portfolio.products.map(({ owner, team }) => [owner, team]));
    const lights = rows.flatMap(({ challenges }) => challenges);
    const unlit = { light: "unknown", reason: "It is still being looked at.", action: null };
    expect(lights.map(({ light, reason, action }) => ({ light, reason, action }))).toEqual(lights.map(() => unlit));
    expect(lights).toHaveLength(15);
  });

  it("stops when it is cancelled, and starts anew afterwards", async () => {
    await using(make({ "churn/mlops.yaml": product("churn") }), async (overview) => {
      const work = new AbortController();
      const gathering = overview.portfolio(work.signal, () => work.abort());
      await expect(gathering).rejects.toSatisfy(isCancelled);
      expect((await overview.portfolio(never)).products).toHaveLength(1);
    });
  });
});

describe("what was read", () => {
  it("is read again as soon as a file, a journal or a store has changed, and not before", async () => {
    const folder = make({ "churn/mlops.yaml": product("churn"), "demand/mlops.yaml": product("demand") });
    withStore(folder, [aRun("c1", "churn", 1)]);
    await using(folder, async (overview) => {
      const of = async (): Promise<ProductHealth> => named(await overview.portfolio(never), "churn");
      expect(await of()).toMatchObject({ owner: "ana@example.org", drift: null, kpi: { values: [0.9] } });
      folder.write({ "churn/mlops.yaml": product("churn").replace("ana@", "leo@") });
      expect((await of()).owner).toBe("ana@example.org");
      overview.forget("churn/mlops.yaml");
      expect((await of()).owner).toBe("leo@example.org");
      const result = { version: 1, product: "churn", status: "ok", checked_at: NOW - DAY, verdict: "Fine.", kpis: [] };
      folder.write({ "churn/.mlops/monitoring/churn/20261123T120000.000Z.json": JSON.stringify(result) });
      overview.forget("churn/.mlops/monitoring/churn/20261123T120000.000Z.json");
      expect((await of()).drift?.status).toBe("ok");
      // A store tells by itself that it has changed.
      change(join(folder.path, "mlflow.db"), "UPDATE latest_metrics SET value = 0.5; UPDATE runs SET end_time = end_time + 1");
      overview.forgetFacts();
      expect((await of()).kpi?.values).toEqual([0.5]);
      folder.write({ "new/mlops.yaml": product("new") });
      overview.forget();
      expect((await overview.portfolio(never)).products.map(({ name }) => name)).toEqual(["churn", "demand", "new"]);
    });
  });

  it.each(["churn/.mlops", "churn/.mlops/monitoring", "churn"])("is read again when all of %s comes at once", async (came) => {
    const folder = make({ "churn/mlops.yaml": product("churn") });
    await using(folder, async (overview) => {
      const drift = async (): Promise<unknown> => named(await overview.portfolio(never), "churn").drift?.status ?? null;
      expect(await drift()).toBeNull();
      const result = { version: 1, product: "churn", status: "ok", checked_at: NOW - DAY, verdict: "Fine.", kpis: [] };
      folder.write({ "churn/.mlops/monitoring/churn/20261123T120000.000Z.json": JSON.stringify(result) });
      overview.forget(came);
      expect(await drift()).toBe("ok");
    });
  });

  it("says so where a store goes while it is read, and comes back with it", async () => {
    const folder = make({ "churn/mlops.yaml": product("churn") });
    withStore(folder, [aRun("c1", "churn", 1)]);
    await using(folder, async (overview) => {
      expect(named(await overview.portfolio(never), "churn").stage).toBe("build");
      rmSync(join(folder.path, "mlflow.db"));
      expect(existsSync(join(folder.path, "mlflow.db"))).toBe(false);
      const gone = named(await overview.portfolio(never), "churn");
      expect(gone.kpi).toBeNull();
      withStore(folder, [aRun("c1", "churn", 1)]);
      overview.forgetFacts();
      expect(named(await overview.portfolio(never), "churn").stage).toBe("build");
    });
  });
});

describe("whose addresses they are", () => {
  it("follows git and .mailmap, and is nobody's without git", async () => {
    const waiting = product("churn", "risk: limited\n").replace("ana@example.org", "{email: Ana.Ruiz@example.org}");
    const files = {
      "churn/mlops.yaml": `${waiting}monitoring: {live: b.csv}\n`,
      ".mailmap": "Ana Ruiz <ana@example.org> <ana.ruiz@example.org>\n",
    };
    const folder = make(files);
    folder.git("init", "-q");
    folder.git("config", "user.email", "ana@example.org");
    folder.git("add", ".");
    folder.git("commit", "-q", "-m", "All");
    await using(folder, async (overview) => {
      const portfolio = await overview.portfolio(never);
      expect(portfolio.products.flatMap(({ waits }) => waits.flatMap(({ who }) => who))).toContain("Ana.Ruiz@example.org");
      expect([...(await overview.myAddresses(portfolio, never))].sort()).toEqual(["ana.ruiz@example.org", "ana@example.org"]);
    });
  });
});
