import { appendFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { localDriftService } from "../../../src/adapters/drift/localDriftService";
import { readCommitState } from "../../../src/adapters/git/readCommitState";
import { openMonitoringTracker } from "../../../src/adapters/node/monitoringTracker";
import { openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { openChosenStore } from "../../../src/cli/openChosenStore";
import { liveTables } from "../../../src/core/monitoring/liveTables";
import { type CheckWish, MonitoringCheck, NEWEST_WINDOW } from "../../../src/core/monitoring/monitoringCheck";
import type { MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import type { LintFolder } from "../../builders/lintFolder";
import { CONFIG, live, monitoredFolder, WEEK } from "./monitoringFolder";

const DAY = 86_400_000;
/** Tuesday of the fourth week. */
const NOW = WEEK + 22 * DAY;

const folders: LintFolder[] = [];

afterEach(() => {
  folders.splice(0).forEach((folder) => folder.dispose());
});

function make(liveText: string, config = CONFIG, more: Readonly<Record<string, string>> = {}): LintFolder {
  const folder = monitoredFolder(liveText, config).write(more);
  folders.push(folder);
  return folder;
}

interface Setting {
  readonly wish?: Partial<CheckWish>;
  readonly now?: number;
  readonly path?: string;
}

async function checkAll(
  folder: LintFolder,
  { wish = {}, now = NOW, path = "churn/mlops.yaml" }: Setting = {},
): Promise<readonly MonitoringResult[]> {
  const tables = createTableReader();
  const tracker = openMonitoringTracker(folder.path, {
    open: (location, signal) => openChosenStore({ location, uri: "" }, {}, {}, signal),
  });
  const check = new MonitoringCheck({
    files: openWorkspaceFiles(folder.path, () => Promise.resolve(null)),
    tracker,
    drift: localDriftService(tables),
    live: liveTables(tables),
    commit: (config, signal) => readCommitState(folder.path, config, signal),
    toAbsolute: (one) => join(folder.path, one),
    now: () => now,
    tool: "mlops 1.2.3",
  });
  try {
    return (await check.check(path, { ...NEWEST_WINDOW, ...wish }, {}, new AbortController().signal)).results;
  } finally {
    tracker.dispose();
  }
}

async function check(folder: LintFolder, setting: Setting = {}): Promise<MonitoringResult> {
  const results = await checkAll(folder, setting);
  expect(results).toHaveLength(1);
  const [result] = results;
  if (result === undefined) {
    throw new Error("There is no result.");
  }
  expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity|undefined/);
  for (const sentence of [result.verdict, ...result.problems, ...result.kpis.map(({ verdict }) => verdict)]) {
    expect(sentence).toMatch(/\.$/);
  }
  return result;
}

describe("a product that is well", () => {
  it("says so, with all that a reviewer needs", async () => {
    const result = await check(make(live({}, {}, {})));
    expect(result).toMatchObject({
      version: 1,
      product: "churn-model",
      config: "churn/mlops.yaml",
      checked_at: NOW,
      tool: "mlops 1.2.3",
      commit: null,
      status: "ok",
      verdict: "No drift in 5 columns; 1 KPI holds its target.",
      window: { from: WEEK + 14 * DAY, to: WEEK + 21 * DAY, column: "timestamp", by: "week", complete: true },
      reference: { path: "reference.csv", rows: 2000, sampled: false },
      live: { path: "live.csv", rows: 400, total_rows: 1200, files: [{ path: "churn/live.csv" }] },
      problems: [],
    });
    expect(result.config_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(result.live?.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(result.drift?.columns.map(({ name }) => name)).toEqual(["minutes", "plan", "score", "prediction", "label"]);
  });
});

describe("which window is judged", () => {
  it("is the last one that is over, not the one that goes on", async () => {
    const folder = make(live({}, {}, { shift: 60 }));
    expect(await check(folder, { now: WEEK + 20 * DAY })).toMatchObject({ status: "ok", window: { to: WEEK + 14 * DAY } });
    expect(await check(folder)).toMatchObject({ status: "fail", window: { to: WEEK + 21 * DAY } });
  });

  it("can be named", async () => {
    const folder = make(live({}, { shift: 60 }, {}));
    expect(await check(folder, { wish: { window: { kind: "at", time: WEEK + 9 * DAY } } })).toMatchObject({
      status: "fail",
      window: { from: WEEK + 7 * DAY },
    });
    expect(await check(folder, { wish: { window: { kind: "span", from: WEEK, to: WEEK + 7 * DAY } } })).toMatchObject({
      status: "ok",
      live: { rows: 400 },
    });
    expect(await check(folder, { wish: { window: { kind: "all" } } })).toMatchObject({
      live: { rows: 1200 },
      window: { from: null, to: null },
    });
    expect((await check(folder, { wish: { by: "day" } })).window).toMatchObject({ by: "day", to: WEEK + 21 * DAY });
  });

  it("can be all that were missed, oldest first, and KPIs belong to the newest", async () => {
    const folder = make(live({}, { shift: 60 }, {}));
    const results = await checkAll(folder, { wish: { window: { kind: "missed", since: WEEK + 7 * DAY } } });
    expect(results.map(({ window, status }) => [window?.from, status])).toEqual([
      [WEEK + 7 * DAY, "fail"],
      [WEEK + 14 * DAY, "ok"],
    ]);
    expect(results.map(({ kpis }) => kpis.length)).toEqual([0, 1]);
  });

  it("has too few rows to be judged, and that is not well", async () => {
    const result = await check(make(live({}, {}, { rows: 150, shift: 60 })));
    expect(result.status).toBe("unjudged");
    expect(result.problems).toContain("The live data (2026-11-16 to 2026-11-22) has 150 rows, and 200 are needed to judge.");
  });

  it("leaves out rows of the future, and says so", async () => {
    const result = await check(make(live({}, {}, {}, {}, { shift: 90 })));
    expect(result.window?.to).toBe(WEEK + 21 * DAY);
    expect(result.problems).toEqual(["400 rows lie in the future, from 2026-11-30 to 2026-12-06 on; they are left out."]);
  });

  it("says that nothing has come for long", async () => {
    const result = await check(make(live({}, {}, {})), { now: WEEK + 60 * DAY });
    expect(result).toMatchObject({ status: "warn", window: { to: WEEK + 21 * DAY } });
    expect(result.verdict).toBe("The live data ends with 2026-11-16 to 2026-11-22; nothing has come for 39 days.");
  });

  it("is all rows where no column holds times, and says so", async () => {
    const text = live({}, {}).replace("timestamp", "moment");
    const result = await check(make(text));
    expect(result.live?.rows).toBe(800);
    expect(result.problems[0]).toContain("no column of the live data holds times");
  });

  it("is cut by the column that is named, and needs it to hold times", async () => {
    const named = (name: string): string => CONFIG.replace("  window:", `  columns: {time: ${name}}\n  window:`);
    const text = live({}, {}, {}).replace("timestamp", "moment");
    expect((await check(make(text, named("moment")))).window?.column).toBe("moment");
    expect((await check(make(text, named("when")))).problems[0]).toContain('has no column "when"');
    expect((await check(make(text, named("plan")))).problems[0]).toContain('The column "plan" of the live data holds no times');
  });
});

describe("what fails", () => {
  it("is a column beyond the limit that the file sets, and missing values", async () => {
    const lost = live({}, {}, {})
      .split("\n")
      .map((line, index) => (index > 800 && index % 4 === 0 ? line.replace(/,(?:gold|basic),/, ",,") : line));
    const result = await check(make(lost.join("\n")));
    expect(result.status).toBe("fail");
    expect(result.drift?.columns.find(({ name }) => name === "plan")).toMatchObject({ status: "fail" });
  });

  it("is a KPI below its target, though nothing drifted", async () => {
    const result = await check(make(live({}, {}, { right: 0.6 })));
    expect(result.drift?.status).toBe("ok");
    expect(result).toMatchObject({
      status: "fail",
      kpis: [{ name: "accuracy", status: "fail", rows: 400, kind: "measured", source: "live.csv" }],
    });
    expect(result.verdict).toMatch(/^accuracy: 0\.\d+ misses the target >= 0\.8\.$/);
  });

  it("is told by group", async () => {
    const config = CONFIG.replace('kpis: [{name: accuracy, target: ">= 0.80"}]', 'kpis: [{name: accuracy, target: ">= 0.80", by: plan}]');
    const result = await check(make(live({}, {}, {}), config));
    expect(result.kpis.map(({ by, group, status }) => [by, group, status]).sort()).toEqual([
      ["plan", "basic", "ok"],
      ["plan", "gold", "ok"],
    ]);
  });

  it("is told of columns that live data lacks", async () => {
    const text = live({}, {}, {})
      .split("\n")
      .map((line) => line.replace(/^([^,]*),([^,]*),/, "$1,"))
      .join("\n");
    const result = await check(make(text));
    expect(result.problems).toContain("The live data lacks minutes.");
    expect(result.status).toBe("warn");
  });
});

describe("outcomes that come later", () => {
  const late = (days: number): string => CONFIG.replace("  alert:", `  labels: {source: support, delay: ${days} days}\n  alert:`);

  it("are judged in the newest window in which they are known, and estimated since then", async () => {
    const text = live({ right: 0.6 }, {}, { labels: false });
    const result = await check(make(text, late(15)));
    expect(result.kpis.map(({ kind, status, window }) => [kind, status, window?.from])).toEqual([
      ["measured", "fail", WEEK],
      ["estimated", "ok", undefined],
    ]);
    expect(result.kpis[0]?.verdict).toContain("accuracy (2026-11-02 to 2026-11-08): ");
    expect(result.drift?.columns.map(({ name }) => name)).not.toContain("label");
  });

  it("are estimated where none is known, which is never more than a warning", async () => {
    const result = await check(make(live({}, {}, { labels: false }), late(90).replace('">= 0.80"', '">= 0.99"')));
    expect(result.kpis.map(({ kind, status }) => [kind, status])).toEqual([
      ["measured", "unjudged"],
      ["estimated", "fail"],
    ]);
    expect(result.status).toBe("warn");
    expect(result.verdict).toContain("estimated without outcomes");
  });

  it("that are later than anybody thought are told, and the newest that are known count", async () => {
    const result = await check(make(live({ right: 0.6 }, { labels: false }, { labels: false }), late(8)));
    expect(result.kpis[0]).toMatchObject({ kind: "measured", status: "fail", window: { from: WEEK } });
    expect(result.problems).toEqual(["No outcomes of 2026-11-09 to 2026-11-15 have come, though they are due."]);
  });

  it("are asked of the very window that was named", async () => {
    const result = await check(make(live({}, {}, {}), late(15)), { wish: { window: { kind: "at", time: WEEK + 15 * DAY } } });
    expect(result.kpis[0]).toMatchObject({
      kind: "measured",
      status: "unjudged",
      verdict: "accuracy: The outcomes of 2026-11-16 to 2026-11-22 are known from 2026-12-08 on.",
    });
  });
});

describe("KPIs from elsewhere", () => {
  it("come from a file of metrics, the last that is not in the future", async () => {
    const config = CONFIG.replace('target: ">= 0.80"', 'target: ">= 0.80", data: metrics.json');
    const metrics = JSON.stringify([
      { date: "2026-11-10", accuracy: 0.9 },
      { date: "2026-11-17", accuracy: 0.7 },
      { date: "2027-01-01", accuracy: 0.99 },
    ]);
    const result = await check(make(live({}, {}, {}), config, { "churn/metrics.json": metrics }));
    expect(result.kpis).toMatchObject([{ value: 0.7, status: "fail", source: "metrics.json of 2026-11-17", rows: null }]);
  });

  it.each(["{", "[]", '{"f1": 0.9}'])("fall back to live data where the file is %j", async (text) => {
    const config = CONFIG.replace('target: ">= 0.80"', 'target: ">= 0.80", data: metrics.json');
    const result = await check(make(live({}, {}, {}), config, { "churn/metrics.json": text }));
    expect(result.kpis[0]?.name).toBe("accuracy");
    expect(result.status).not.toBe("ok");
  });

  it("are not judged where nothing knows them", async () => {
    const config = CONFIG.replace("name: accuracy", "name: engagement");
    const result = await check(make(live({}, {}, {}), config));
    expect(result).toMatchObject({ status: "unjudged", kpis: [{ status: "unjudged", value: null }] });
  });
});

describe("hostile and half-written products", () => {
  it.each([
    ["no YAML", "a: [b\n  c: {", /mistake/],
    ["nothing", "", /live data is/],
    ["no monitoring", "name: churn\n", /monitoring\.live does not say/],
    ["no reference", CONFIG.replace("  reference: reference.csv\n", ""), /monitoring\.reference does not say/],
    ["a reference that is gone", CONFIG.replace("reference.csv", "gone.csv"), /The reference data "gone.csv" is not there/],
    ["a pattern without a file", CONFIG.replace("live.csv", "logs/*.csv"), /matches no file/],
    ["a folder without a table", CONFIG.replace("live.csv", "."), /./],
    ["a path that leads outside", CONFIG.replace("live.csv", "../../../etc/passwd"), /lies outside of the workspace/],
    ["an address", CONFIG.replace("live.csv", "s3://bucket/live.csv"), /is at an address, and none is opened/],
    ["an address that lacks a part", CONFIG.replace("live.csv", "runs:/abc"), /Write runs:\/RUN\/path/],
    ["a run without a store", CONFIG.replace("live.csv", "runs:/abc/live.csv"), /There is no store of runs here/],
  ])("%s", async (_, config, sentence) => {
    const result = await check(make(live({}, {}, {}), config));
    expect(result.status).not.toBe("ok");
    expect(result.problems.join(" ")).toMatch(sentence);
  });

  it.each([
    ["an empty file", ""],
    ["a heading without rows", "timestamp,minutes,plan,score,prediction,label\n"],
    ["binary rubbish", "\u0000\u0001\u0002".repeat(500)],
    ["other columns", `a,b\n${"1,2\n".repeat(500)}`],
    ["times that are none", `timestamp,minutes\n${"soon,1\n".repeat(500)}`],
  ])("live data is %s", async (_, text) => {
    const result = await check(make(text));
    expect(result.status).not.toBe("ok");
    expect(result.problems.length).toBeGreaterThan(0);
  });

  it("a file that is gone", async () => {
    const result = await check(make(live({})), { path: "other/mlops.yaml" });
    expect(result).toMatchObject({
      status: "unjudged",
      product: "other/mlops.yaml",
      problems: ["The file other/mlops.yaml is not there."],
    });
  });

  it("a link that leads out of the workspace", async () => {
    const folder = make(live({}, {}, {}));
    rmSync(join(folder.path, "churn/live.csv"));
    symlinkSync("/etc/passwd", join(folder.path, "churn/live.csv"));
    expect((await check(folder)).problems[0]).toContain('The live data "live.csv" is not there');
  });
});

describe("several files", () => {
  it("are one table, in a folder or by a pattern", async () => {
    const [head = "", ...rows] = live({}, {}, {}).trim().split("\n");
    const part = (from: number, to: number): string => [head, ...rows.slice(from, to), ""].join("\n");
    for (const text of ["logs", "logs/live-*.csv"]) {
      const folder = make(part(0, 1), CONFIG.replace("live: live.csv", `live: ${text}`), {
        "churn/logs/live-1.csv": part(0, 600),
        "churn/logs/live-2.csv": part(600, 1200),
      });
      expect(await check(folder)).toMatchObject({ status: "ok", live: { path: text, rows: 400, total_rows: 1200 } });
    }
  });
});

describe("the commit", () => {
  it("stands in the result, and whether files were changed since; kept results do not count", async () => {
    const folder = make(live({}, {}, {}));
    folder.git("init", "--quiet");
    folder.write({ "churn/.mlops/monitoring/churn-model/20261101T000000.000Z.json": "{}" });
    folder.git("add", "--all");
    folder.git("commit", "--quiet", "--message", "Begin");
    const commit = folder.git("rev-parse", "HEAD").trim();
    expect(await check(folder)).toMatchObject({ commit, dirty: false });
    appendFileSync(join(folder.path, "churn/.mlops/monitoring/churn-model/20261101T000000.000Z.json"), "\n");
    expect(await check(folder)).toMatchObject({ commit, dirty: false });
    appendFileSync(join(folder.path, "churn/mlops.yaml"), "# changed\n");
    expect(await check(folder)).toMatchObject({ commit, dirty: true });
  });
});
