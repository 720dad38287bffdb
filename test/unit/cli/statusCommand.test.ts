import { copyFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { seededStore } from "../../builders/costStore";
import { LintFolder } from "../../builders/lintFolder";
import { type CliResult, type CliSetting, mlops } from "../../builders/memoryHost";

const NOW = Date.UTC(2026, 10, 24, 12);
const DAY = 86_400_000;
const folders: LintFolder[] = [];
let server: Server | undefined;

afterEach(() => {
  folders.splice(0).forEach((folder) => folder.dispose());
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

const PRODUCT = `version: 1
name: churn
owner: mia@example.org
model: churn
tracking: {uri: ../../mlflow.db, experiment: churn}
train: {engine: ray, resources: {instance: gpu}}
cost: {budget: 100 EUR/month}
monitoring: {live: b.csv, checks: {every: 7 days}}
review: {next: 2026-12-10}
`;

/** Two products in folders of their own, one with runs of this week, a check that fails now, and a release; and a model that nobody owns. */
function make(more: Readonly<Record<string, string>> = {}): LintFolder {
  const check = (days: number, status: string): string =>
    JSON.stringify({ version: 1, product: "churn", status, checked_at: NOW - days * DAY, verdict: "3 of 9 columns | drifted.", kpis: [] });
  const folder = new LintFolder().write({
    ".mlops/policy.yaml": "version: 1\nprices: {currency: EUR, instances: {gpu: 2}}\n",
    "models/churn/mlops.yaml": PRODUCT,
    "models/churn/.mlops/monitoring/churn/20261123T120000.000Z.json": check(1, "fail"),
    "models/churn/.mlops/monitoring/churn/20261110T120000.000Z.json": check(14, "ok"),
    "models/demand/mlops.yaml": "version: 1\nname: <b>demand</b> @team\nowner: leo@example.org\ntrain: {engine: airflow}\n",
    "models/rain/mlops.yaml": "version: 1\nname: rain\nowner: leo@example.org\ntrain: {engine: ray}\n",
    ...more,
  });
  folders.push(folder);
  const run = (id: string, days: number, status = "FINISHED"): Parameters<typeof seededStore>[0][number] => {
    const start = NOW - days * DAY;
    return { id, experiment: "churn", start, end: start + 3_600_000, status, tags: { "mlflow.source.type": "NOTEBOOK" }, model: "churn" };
  };
  copyFileSync(
    seededStore([run("a", 1), run("b", 2, "FAILED"), run("c", 20), { ...run("d", 3), experiment: "x", model: "nobodys" }]),
    join(folder.path, "mlflow.db"),
  );
  return folder;
}

const status = (folder: LintFolder, args: readonly string[] = [], setting: CliSetting = {}): Promise<CliResult> =>
  mlops(["status", ...args], { cwd: folder.path, now: NOW, ...setting });

interface StatusJson {
  readonly schema: number;
  readonly since: number | null;
  readonly products: readonly {
    readonly name: string;
    readonly config: string | null;
    readonly challenges: Readonly<Record<string, { readonly light: string; readonly reason: string }>>;
    readonly cost: { readonly amount: number; readonly unpriced_runs: number } | null;
    readonly effort: { readonly manual: number; readonly minutes_per_action: number } | null;
    readonly drift: { readonly checked_at: number } | null;
    readonly events?: readonly { readonly kind: string }[];
    readonly waits: readonly { readonly what: string }[];
  }[];
  readonly stack: readonly { readonly kind: string; readonly majority: string; readonly odd: readonly object[] }[];
}

async function json(folder: LintFolder, args: readonly string[] = [], setting: CliSetting = {}): Promise<StatusJson> {
  const { stdout, code } = await status(folder, ["--json", ...args], setting);
  expect(code).toBe(0);
  return JSON.parse(stdout) as StatusJson;
}

describe("wrong use", () => {
  it.each([
    [["--since", "fortnight"], '--since does not take "fortnight".'],
    [["--since", "2026-11-30"], "--since does not take"],
    [["--since", "36d"], "--since goes back 35 days at most."],
    [["--json", "--markdown"], "exclude each other"],
    [["--all", "models"], "--all and a PATH exclude each other."],
    [["--today", "tomorrow"], "--today takes a day"],
    [["gone"], 'There is no file or folder "gone".'],
    [["--webhook", "http://hooks.example.org/topsecret"], "is not encrypted"],
  ])("%j ends with 2, one sentence and no output", async (args, sentence) => {
    const { code, stdout, stderr } = await status(make(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/defect|topsecret/);
  });
});

describe("mlops status", () => {
  it("says so where there is nothing", async () => {
    const folder = new LintFolder();
    folders.push(folder);
    const { code, stdout, stderr } = await status(folder);
    expect([code, stdout, stderr]).toEqual([0, "There is no product: no mlops.yaml and no registered model was found.\n", ""]);
    expect((await json(folder)).products).toEqual([]);
    expect((await status(folder, ["--since", "7d", "--markdown"])).stdout).toContain("Nothing that anybody wrote down.");
  });

  it("gives all that is known as JSON, with money, work and waits", async () => {
    const { schema, since, products, stack } = await json(make());
    expect([schema, since, products.map(({ name }) => name)]).toEqual([1, null, ["churn", "<b>demand</b> @team", "rain", "nobodys"]]);
    const [churn] = products;
    expect(churn?.cost).toMatchObject({ amount: 6, unpriced_runs: 0, budget: 100, month: "2026-11" });
    expect(churn?.effort).toMatchObject({ manual: 3, minutes_per_action: 20, untold: 2 });
    expect(churn?.challenges["knowledge"]).toMatchObject({ light: "trouble" });
    expect(Object.keys(churn?.challenges ?? {})).toEqual(["effort", "cost", "knowledge", "responsibility", "compliance"]);
    expect(churn?.waits.map(({ what }) => what)).toContain("Decision on the review by the role requirements, which nobody has");
    expect(churn).not.toHaveProperty("events");
    // Never trained: no zero that would look like a fact.
    expect([products[1]?.cost, products[1]?.challenges["cost"]?.light]).toEqual([null, "unknown"]);
    expect(stack).toContainEqual({ kind: "Training", majority: "Ray", odd: [{ product: "<b>demand</b> @team", value: "Airflow" }] });
  });

  it("tells what happened since then, and not what was before", async () => {
    const kinds = async (since: string): Promise<readonly string[] | undefined> =>
      (await json(make(), ["--since", since])).products[0]?.events?.map(({ kind }) => kind);
    expect(await kinds("7d")).toEqual(["trained", "check_changed", "training_failed"]);
    expect(await kinds("24h")).toEqual(["trained", "check_changed"]);
    expect(await kinds("2026-11-01")).toEqual(["trained", "check_changed", "training_failed", "trained"]);
  });

  it("shows the current folder only, or the file that is named", async () => {
    const folder = make();
    folder.git("init", "-q");
    const names = async (args: readonly string[], cwd = folder.path): Promise<readonly string[]> =>
      (await json(folder, args, { cwd })).products.map(({ name }) => name);
    expect(await names([], join(folder.path, "models/churn"))).toEqual(["churn"]);
    expect(await names(["--all"], join(folder.path, "models/churn"))).toHaveLength(4);
    expect(await names(["models/rain/mlops.yaml", "models/demand"])).toEqual(["<b>demand</b> @team", "rain"]);
  });

  it("shows only what waits for whoever asks", async () => {
    const folder = make();
    folder.git("init", "-q");
    folder.git("config", "user.email", "Mia@example.org");
    const { products } = await json(folder, ["--mine"]);
    expect(products.map(({ name }) => name)).toEqual(["churn"]);
    expect(products[0]?.waits.length).toBeGreaterThan(0);
    folder.git("config", "user.email", "nobody@example.org");
    expect((await json(folder, ["--mine"])).products).toEqual([]);
  });

  it("writes a digest in Markdown in which no name can do harm", async () => {
    const { stdout } = await status(make(), ["--since", "7d", "--markdown"]);
    expect(stdout).toMatch(/^## Models from 17 Nov 2026 to 24 Nov 2026\n\n4 models: /);
    expect(stdout).toContain("**churn**: trained 2 times, 1 of them failed; the check says fail after ok: 3 of 9 columns \\| drifted.");
    expect(stdout).toContain(
      "- **churn**: Decision on the review by the role requirements, which nobody has, due on 10 Dec 2026 – mia@\u2060example.org",
    );
    expect(stdout).toMatch(
      /- 3 actions by hand in the last 30 days took 1\.0 h at 20 minutes each; 0\.0 h in the 30 days before\. 0 % was automated\./,
    );
    expect(stdout).toContain("Training is Ray, but Airflow in &lt;b&gt;demand&lt;/b&gt; @\u2060team");
    expect(stdout).not.toMatch(/<b>|NaN|undefined|Infinity|@team/);
    const rows = stdout.split("\n").filter((line) => line.startsWith("| "));
    expect(new Set(rows.map((line) => line.replaceAll("\\|", "").split("|").length)).size).toBe(1);
  });

  it("prints a table that fits a terminal", async () => {
    const { stdout } = await status(make(), [], { columns: 100, env: { NO_COLOR: "1" } });
    const [header = "", first = ""] = stdout.split("\n");
    expect(header).toMatch(/^model +stage +version +effort +cost +knowledge +responsibility +compliance/);
    expect(first).toMatch(/^churn +build +/);
    expect(stdout).toMatch(/\n4 models: \d/);
    expect(stdout).toContain("churn, knowledge: ");
  });

  it("prints a workflow that GitHub can read, and which runs the version at hand", async () => {
    const { stdout, stderr } = await status(make(), ["--workflow"]);
    const workflow = parse(stdout) as {
      readonly on: { readonly schedule: readonly object[] };
      readonly jobs: { readonly digest: { readonly steps: readonly { readonly run?: string }[] } };
    };
    expect(workflow.on.schedule).toHaveLength(1);
    expect(workflow.jobs.digest.steps.at(-1)?.run).toBe(
      'npx --yes --package mlops-workbench@1.2.3 mlops status --all --since 7d --markdown >> "$GITHUB_STEP_SUMMARY"',
    );
    expect(stderr).toContain(".github/workflows/mlops-digest.yml");
  });
});

describe("the webhook", () => {
  async function listen(code: number): Promise<{ readonly url: string; readonly bodies: string[] }> {
    const bodies: string[] = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(code).end();
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, bodies };
  }

  it("is sent the digest, which mentions nobody, and nothing without a digest", async () => {
    const { url, bodies } = await listen(200);
    await status(make(), [], { env: { MLOPS_WEBHOOK_URL: url } });
    expect(bodies).toEqual([]);
    const { code } = await status(make(), ["--since", "7d"], { env: { MLOPS_WEBHOOK_URL: url } });
    expect([code, bodies.length]).toEqual([0, 1]);
    const { text, blocks } = JSON.parse(bodies[0] ?? "") as {
      readonly text: string;
      readonly blocks: readonly { readonly text: { readonly text: string } }[];
    };
    expect(text).toMatch(/^4 models: /);
    expect(blocks.map((block) => block.text.text).join("\n")).toContain("• churn: trained 2 times, 1 of them failed");
    expect(bodies[0]).not.toContain("<b>");
    expect(blocks.every((block) => block.text.text.length <= 3000)).toBe(true);
  });

  it("that refuses ends with 2, after the digest was written", async () => {
    const { url } = await listen(404);
    const { code, stdout, stderr } = await status(make(), ["--since", "7d", "--markdown", "--webhook", url]);
    expect(code).toBe(2);
    expect(stdout).toContain("## Models from");
    expect(stderr).toMatch(
      /The digest was not sent to 127\.0\.0\.1:\d+: it answers with status 404\. It stands on standard output all the same\.\n$/,
    );
  });
});
