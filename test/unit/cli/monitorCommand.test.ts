import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

import type { MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import type { LintFolder } from "../../builders/lintFolder";
import { type CliResult, type CliSetting, mlops } from "../../builders/memoryHost";
import { CONFIG, live, monitoredFolder, reference, WEEK } from "../monitoring/monitoringFolder";

const DAY = 86_400_000;
const NOW = WEEK + 22 * DAY;
const FINE = live({}, {}, {});
const DRIFTED = live({}, {}, { shift: 60 });

const folders: LintFolder[] = [];
let server: Server | undefined;

afterEach(() => {
  folders.splice(0).forEach((folder) => folder.dispose());
  server?.closeAllConnections();
  server?.close();
});

function make(liveText: string, more: Readonly<Record<string, string>> = {}): LintFolder {
  const folder = monitoredFolder(liveText).write(more);
  folders.push(folder);
  return folder;
}

const monitor = (folder: LintFolder, args: readonly string[] = [], setting: CliSetting = {}): Promise<CliResult> =>
  mlops(["monitor", ...args], { cwd: folder.path, now: NOW, ...setting });

async function results(folder: LintFolder, args: readonly string[] = [], setting: CliSetting = {}): Promise<readonly MonitoringResult[]> {
  const { stdout } = await monitor(folder, ["--json", ...args], setting);
  return (JSON.parse(stdout) as { readonly products: readonly MonitoringResult[] }).products;
}

const kept = (folder: LintFolder, name = "churn-model", at = "churn"): readonly string[] => {
  const place = join(folder.path, at, ".mlops/monitoring", name);
  return existsSync(place) ? readdirSync(place) : [];
};

describe("wrong use", () => {
  it.each([
    [["--window", "fortnight"], '--window does not take "fortnight".'],
    [["--window", "2026-11-09..2026-11-02"], "--window does not take"],
    [["--window", "2026-02-30"], "--window does not take"],
    [["--format", "jsno"], 'There is no format "jsno". Did you mean json?'],
    [["--json", "--junit"], "exclude each other"],
    [["--all", "churn-model"], "--all and a PRODUCT exclude each other."],
    [["--missed", "--window", "all"], "--missed and this --window exclude each other."],
    [["--mode", "evidenty"], 'There is no mode "evidenty". Did you mean evidently?'],
    [["--separator", ";;"], "--separator takes one character."],
    [["--type", "plan"], "--type takes COLUMN=TYPE."],
    [["--window", "0rows"], "--window does not take"],
    [["--today", "tomorrow"], "--today takes a day as YYYY-MM-DD."],
    [["churn-modl"], 'There is no product, file or folder "churn-modl". Did you mean churn-model?'],
    [["gone/mlops.yaml"], 'There is no file or folder "gone/mlops.yaml".'],
    [["churn/live.csv"], '"churn/live.csv" is no file of a product.'],
    [["--webhook", "http://hooks.example.org/topsecret"], "The webhook at hooks.example.org is not encrypted."],
  ])("%j ends with 2, one sentence and no output", async (args, sentence) => {
    const { code, stdout, stderr } = await monitor(make(FINE), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^mlops: .*\n$/);
    expect(stderr).not.toMatch(/defect|topsecret/);
  });

  it("does not choose between products of one name", async () => {
    const folder = make(FINE, { "other/mlops.yaml": CONFIG });
    expect((await monitor(folder, ["churn-model"])).stderr).toContain(
      '2 products are called "churn-model". Name one by its path: churn/mlops.yaml, other/mlops.yaml.',
    );
  });
});

describe("exit codes", () => {
  it.each([
    ["fine", FINE, 0],
    ["drift", DRIFTED, 1],
    ["too few rows", live({}, {}, { rows: 50 }), 3],
  ])("%s ends with %3$i", async (_, text, code) => {
    expect((await monitor(make(text))).code).toBe(code);
  });

  it("says that there is nothing to check, and that is fine", async () => {
    const folder = make(FINE, { "plain/mlops.yaml": "version: 1\nname: plain\n" });
    const result = await monitor(folder, ["plain"]);
    expect(result.code).toBe(3);
    expect(await mlops(["monitor"], { cwd: join(folder.path, "plain"), now: NOW })).toMatchObject({
      code: 0,
      stderr: "There is nothing to check: no mlops.yaml with monitoring was found.\n",
    });
  });

  it("is 2 where a result cannot be kept, and the result is told all the same", async () => {
    const folder = make(FINE);
    writeFileSync(join(folder.path, "churn/.mlops"), "a file");
    const { code, stdout, stderr } = await monitor(folder, ["--json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("a file stands where a folder is needed");
    expect(JSON.parse(stdout)).toMatchObject({
      products: [{ status: "ok" }],
      failures: [expect.stringContaining("was not kept") as string],
    });
  });
});

describe("products", () => {
  it("are named by name, file or folder, or all of them", async () => {
    const second = CONFIG.replace("churn-model", "second");
    const folder = make(FINE, {
      "b/second.mlops.yaml": second,
      "b/live.csv": FINE,
      "b/reference.csv": reference(),
      "c/mlops.yaml": "name: plain\n",
    });
    const named = async (args: readonly string[], cwd = folder.path): Promise<readonly string[]> =>
      (await results(folder, [...args, "--no-write"], { cwd })).map(({ product }) => product);
    expect(await named(["second"])).toEqual(["second"]);
    expect(await named(["churn"])).toEqual(["churn-model"]);
    expect(await named(["b/second.mlops.yaml", "churn/mlops.yaml"])).toEqual(["churn-model", "second"].sort().reverse());
    expect((await named([])).length).toBe(2);
    folder.git("init", "--quiet");
    expect(await named([], join(folder.path, "churn"))).toEqual(["churn-model"]);
    expect((await named(["--all"], join(folder.path, "churn"))).length).toBe(2);
  });
});

describe("a product that cannot be read", () => {
  it.each([
    ["is broken", CONFIG.replace("monitoring:", "monitoring: ]")],
    ["is too large", `${CONFIG}${"# much\n".repeat(800_000)}`],
  ])("and %s is not passed over", async (_, text) => {
    const folder = make(FINE).write({ "churn/mlops.yaml": text });
    for (const args of [[], ["--due"]]) {
      const { code, stdout } = await monitor(folder, ["--json", "--no-write", ...args]);
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({ products: [{ status: "unjudged", config: "churn/mlops.yaml" }] });
    }
  });
});

describe("what is kept", () => {
  it("is what --json prints, a file a check, beside the product", async () => {
    const folder = make(DRIFTED);
    const [printed] = await results(folder);
    expect(kept(folder)).toEqual(["20261124T000000.000Z.json"]);
    expect(JSON.parse(folder.read("churn/.mlops/monitoring/churn-model/20261124T000000.000Z.json"))).toEqual(printed);
  });

  it("is nothing with --no-write", async () => {
    const folder = make(FINE);
    await monitor(folder, ["--no-write"]);
    expect(existsSync(join(folder.path, "churn/.mlops"))).toBe(false);
  });

  it("makes a second check pass over what is not due", async () => {
    const folder = make(FINE);
    expect(await results(folder, ["--due"])).toHaveLength(1);
    expect(await results(folder, ["--due"], { now: NOW + 6 * DAY })).toHaveLength(0);
    expect((await monitor(folder, ["--due"])).stderr).toBe("No check is due.\n");
    expect(await results(folder, ["--due"], { now: NOW + 8 * DAY })).toHaveLength(1);
    expect(kept(folder)).toHaveLength(2);
  });

  it("with --missed holds the windows since the last check", async () => {
    const folder = make(live({}, { shift: 60 }, {}, {}));
    await monitor(folder, [], { now: WEEK + 8 * DAY });
    const later = await results(folder, ["--missed"], { now: WEEK + 29 * DAY });
    expect(later.map(({ window }) => ((window?.from ?? 0) - WEEK) / DAY)).toEqual([7, 14, 21]);
    expect(kept(folder)).toHaveLength(4);
    // A drift of then is told and does not fail the check of now.
    expect(later.map(({ status }) => status)).toEqual(["fail", "ok", "ok"]);
    expect((await monitor(folder, ["--missed"], { now: WEEK + 29 * DAY })).code).toBe(0);
  });

  it("names a damaged result and goes on", async () => {
    const folder = make(FINE);
    mkdirSync(join(folder.path, "churn/.mlops/monitoring/churn-model"), { recursive: true });
    folder.write({ "churn/.mlops/monitoring/churn-model/20261101T000000.000Z.json": "{" });
    const { code, stderr } = await monitor(folder);
    expect(code).toBe(0);
    expect(stderr).toContain("A result of churn-model is passed over");
  });
});

describe("formats", () => {
  it("Markdown has a table of products, and what is behind each that is not well", async () => {
    const { stdout } = await monitor(make(DRIFTED), ["--markdown"]);
    expect(stdout).toMatch(/^## Monitoring\n/);
    expect(stdout).toContain("| churn-model | ❌ fails | 2026-11-16 to 2026-11-22 |");
    expect(stdout).toContain("| `minutes` | ❌ fails | psi_quantile |");
    expect(stdout).toMatch(/live `live.csv`, 400 rows · reference `reference.csv`, 2,000 rows/);
  });

  it("Markdown lets no name end a cell, make HTML or mention people", async () => {
    const name = "x|y <b>@all</b> [a](http://b) `c";
    const folder = make(DRIFTED);
    folder.write({ "churn/mlops.yaml": CONFIG.replace("name: churn-model", `name: ${JSON.stringify(name)}`) });
    const { stdout } = await monitor(folder, ["--markdown"]);
    const row = stdout.split("\n").find((line) => line.startsWith("| x")) ?? "";
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    expect(stdout).not.toMatch(/<b>|[^\\]\[a|@all/);
  });

  it("JUnit has a case for the data, for each column and for each KPI", async () => {
    const { stdout } = await monitor(make(DRIFTED), ["--junit"]);
    expect(stdout).toContain('<testsuites name="mlops monitor" tests="7" failures="2" errors="0">');
    expect(stdout).toMatch(/<testcase name="drift of minutes" classname="churn\/mlops.yaml"><failure type="fail"/);
    expect(stdout).toContain('<testcase name="KPI accuracy" classname="churn/mlops.yaml"/>');
  });

  it("text is for people, and says nothing on standard output but results", async () => {
    const { stdout, stderr } = await monitor(make(DRIFTED), ["--quiet"]);
    expect(stdout).toMatch(/^churn-model {2}fails {2}2026-11-16 to 2026-11-22\n/);
    expect(stderr).toBe("");
  });
});

describe("the webhook", () => {
  async function listen(status: number): Promise<{ readonly url: string; readonly bodies: Record<string, unknown>[] }> {
    const bodies: Record<string, unknown>[] = [];
    const own = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        bodies.push(JSON.parse(body) as Record<string, unknown>);
        response.writeHead(status).end();
      });
    });
    server = own;
    await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(own.address() as AddressInfo).port}/topsecret`, bodies };
  }

  it("is told when it becomes worse, and not again while it stays so", async () => {
    const folder = make(DRIFTED);
    const { url, bodies } = await listen(200);
    const env = { MLOPS_WEBHOOK_URL: url };
    expect((await monitor(folder, [], { env })).code).toBe(1);
    expect((await monitor(folder, [], { env, now: NOW + 3_600_000 })).code).toBe(1);
    expect(bodies).toMatchObject([
      { text: expect.stringContaining("churn-model fails") as string, mlops: { status: "fail", recipients: ["ops@example.org"] } },
    ]);
    await monitor(folder, [], { env, now: NOW + 25 * 3_600_000 });
    expect(bodies).toMatchObject([{}, { mlops: { reason: "still" } }]);
  });

  it("that refuses makes the command end with 2, names no secret, and leaves the result", async () => {
    const folder = make(DRIFTED);
    const { url } = await listen(404);
    const { code, stdout, stderr } = await monitor(folder, ["--webhook", url]);
    expect(code).toBe(2);
    expect(stdout).toContain("churn-model  fails");
    expect(stderr).toContain("it answers with status 404");
    expect(stdout + stderr).not.toContain("topsecret");
    expect(kept(folder)).toHaveLength(1);
  });

  it("is never taken from a file of the repository", async () => {
    const { url, bodies } = await listen(200);
    const folder = make(DRIFTED, { ".env": `MLOPS_WEBHOOK_URL=${url}\n` });
    await monitor(folder);
    expect(bodies).toEqual([]);
  });
});

describe("help", () => {
  it("shows the command with an example", async () => {
    const { stdout } = await mlops(["monitor", "--help"]);
    expect(stdout).toContain("mlops monitor --all --due --quiet");
  });

  it("lists what a result holds as the file format says, so that scripts can rely on it", async () => {
    const [result] = await results(make(FINE));
    expect(Object.keys(result ?? {})).toEqual([
      ...["version", "product", "config", "config_sha256", "checked_at", "tool", "commit", "dirty", "status", "verdict"],
      ...["window", "reference", "live", "drift", "kpis", "problems", "started_by"],
    ]);
    expect(parse(CONFIG)).toHaveProperty("monitoring.reference", "reference.csv");
  });

  it.each<readonly [string, readonly string[], CliSetting, MonitoringResult["started_by"]]>([
    ["a timer", ["--due"], { columns: 200 }, "automation"],
    ["a workflow", [], { env: { CI: "true" }, columns: 200 }, "automation"],
    ["a person at a terminal", [], { columns: 200, env: { CI: "false" } }, "person"],
    ["nobody knows whom", [], {}, null],
  ])("says in what it keeps that it was made for %s", async (_, args, setting, by) => {
    const folder = make(FINE);
    await monitor(folder, args, setting);
    const [name = ""] = kept(folder);
    expect(JSON.parse(folder.read(`churn/.mlops/monitoring/churn-model/${name}`))).toHaveProperty("started_by", by);
  });
});

describe("how tables are read and cut", () => {
  it("follows the options, for this run", async () => {
    const folder = make(DRIFTED.replaceAll(",", "#"), { "churn/reference.csv": reference().replaceAll(",", "#") });
    const options = ["--no-write", "--separator", "#", "--missing", "gold", "--ignore", "score", "--type", "minutes=cat"];
    const [result] = await results(folder, [...options, "--window", "300rows"]);
    const columns = result?.drift?.columns ?? [];
    expect(columns.map(({ name }) => name)).not.toContain("score");
    expect(columns.find(({ name }) => name === "minutes")?.type).toBe("cat");
    expect(columns.find(({ name }) => name === "plan")?.missing.reference).toBeGreaterThan(0.3);
    expect(result?.live?.rows).toBe(300);
    expect(result?.window?.by).toBeNull();
    expect(result?.status).toBe("fail");
  });

  it("takes windows by rows and the mode from the product's file", async () => {
    const config = CONFIG.replace("window: {by: week, min_rows: 200}", "window: {rows: 400, min_rows: 200}").replace(
      "drift: {psi_warn",
      "drift: {mode: evidently, psi_warn",
    );
    const folder = make(FINE, { "churn/mlops.yaml": config });
    const [result] = await results(folder, ["--no-write"]);
    expect(result?.drift?.mode).toBe("evidently");
    expect(result?.live?.rows).toBe(400);
    expect((await results(folder, ["--no-write", "--mode", "own"]))[0]?.drift?.mode).toBe("own");
  });
});
