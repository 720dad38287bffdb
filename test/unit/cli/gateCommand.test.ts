import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readChainedLog, appendChainedLine } from "../../../src/adapters/node/chainedLog";
import type { DeploymentEntry } from "../../../src/core/deployment/deployment";
import type { GateEntry } from "../../../src/core/deployment/gate/gateEntry";
import type { GateResult } from "../../../src/core/deployment/gate/gate";
import { GateRepository, GATED, REAL_DIGEST } from "../../builders/gateRepository";
import { mlops } from "../../builders/memoryHost";

const signal = new AbortController().signal;
const MODEL = "mlruns/1/r14r14r14r14r14r14r14r14r14r14r1/artifacts/model";
let repository: GateRepository;

beforeEach(() => {
  repository = new GateRepository();
});
afterEach(() => repository.dispose());

async function json(args: readonly string[] = [], now?: number): Promise<GateResult & { readonly code: number }> {
  const { stdout, stderr, code } = await repository.gate(["--json", "--no-write", ...args], now);
  expect(stderr).toBe("");
  return { ...(JSON.parse(stdout) as GateResult), code };
}

const stops = ({ checks }: GateResult): readonly string[] =>
  checks.filter(({ result }) => result === "block" || result === "could_not_judge").map(({ id }) => id);

describe("mlops gate", () => {
  it("blocks what nobody approved, passes what somebody did, and blocks it again once that changed", async () => {
    expect(await json()).toMatchObject({ decision: "block", code: 1 });
    expect(stops(await json())).toEqual(["sign-off:launch"]);
    repository.approve();
    const approved = await json();
    expect(approved).toMatchObject({
      decision: "warn",
      code: 0,
      digest: REAL_DIGEST,
      commit: repository.git("rev-parse", "HEAD"),
      today: "2026-11-24",
    });
    expect((await json(["--strict"])).code).toBe(1);

    repository.write("mlops.yaml", GATED.replace("call them first", "call them at once"));
    expect(stops(await json())).toEqual(["sign-off:launch", "tree"]);
    repository.commitAs("leo@example.org");
    expect(stops(await json())).toEqual(["sign-off:launch"]);
  });

  it("finds a changed file of the model, of the tree and of the training", async () => {
    repository.approve();
    appendFileSync(join(repository.path, MODEL, "model.pkl"), "x");
    expect(stops(await json())).toEqual(["approved:2026-11-20-launch-mia.yaml", "digest"]);
    writeFileSync(join(repository.path, MODEL, "model.pkl"), "weights of 14");
    repository.write("helper.py", "x = 1\n");
    expect(stops(await json())).toEqual(["tree"]);
    rmSync(join(repository.path, "helper.py"));
    // What this program and its stores write is no change.
    repository.write(".mlops/monitoring/churn/x.txt", "");
    repository.write(".mlops/deployments/d1/plan.json", "{}");
    expect(stops(await json())).toEqual([]);
    repository.write("train.py", "print('trains otherwise')\n");
    repository.commitAs("leo@example.org");
    const changed = await json();
    expect(stops(changed)).toContain("evaluated-commit");
    expect(changed.checks.find(({ id }) => id === "evaluated-commit")?.message).toContain("train.py has changed since");
  });

  it("judges each part of what it cannot read as such", async () => {
    repository.approve();
    repository.write("reports/eval.json", "{");
    repository.commitAs("leo@example.org");
    expect(await json()).toMatchObject({ decision: "could_not_judge", code: 3 });
    rmSync(join(repository.path, "mlruns"), { recursive: true });
    expect(stops(await json())).toEqual(expect.arrayContaining(["digest", "version", "kpi:f1", "evaluation"]));
    rmSync(join(repository.path, ".git"), { recursive: true });
    expect(stops(await json())).toEqual(expect.arrayContaining(["tree", "sign-off:launch", "sign-offs"]));
  });

  it("judges by no report of which a part would be left out, nor by figures of other data", async () => {
    repository.approve();
    const about = { model_version: "14", commit: repository.git("rev-list", "--max-parents=0", "HEAD") };
    const commit = async (report: object): ReturnType<typeof json> => {
      repository.evaluate({ ...about, ...report });
      repository.commitAs("ana@example.org");
      return json();
    };
    const rows = Array.from({ length: 20_001 }, (_, index) => ({ metric: `m${index}`, value: 1 }));
    const large = await commit({ f1: 0.85, rows });
    expect(stops(large)).toEqual(["evaluation", "kpi:f1"]);
    expect(large.checks.find(({ id }) => id === "kpi:f1")?.message).toBe(
      "Could not judge whether f1 is good enough: reports/eval.json cannot be judged: it holds more than 20,000 figures.",
    );
    const train = await commit({ results: [{ metric: "f1", split: "train", value: 0.99 }] });
    // The run's own figure stands in, which is not that of the training data.
    expect(train.checks.find(({ id }) => id === "kpi:f1")?.message).toContain("f1, by the run good");
  });

  it("says the same, byte for byte, wherever it is asked from", async () => {
    repository.approve();
    const here = (await repository.gate(["--json", "--no-write"])).stdout;
    mkdirSync(join(repository.path, "docs/deep"));
    const there = await mlops(["gate", "../../mlops.yaml", "--target", "production", "--json", "--no-write"], {
      cwd: join(repository.path, "docs/deep"),
      now: Date.parse("2026-11-24T18:00:00Z"),
    });
    expect(there.stdout).toBe(here);
    const byName = await mlops(["gate", "churn", "--target", "production", "--json", "--no-write", "--today", "2026-11-24"], {
      cwd: repository.path,
    });
    expect(byName.stdout).toBe(here);
  });

  it("keeps each decision in a chain that verifies, and nothing in one that does not", async () => {
    await repository.gate();
    repository.approve();
    await repository.gate();
    const log = join(repository.path, ".mlops/gate-log.jsonl");
    const { lines, fault } = await readChainedLog<GateEntry>(log);
    expect(fault).toBeNull();
    expect(lines.map(({ entry }) => [entry.decision, entry.stopped_by, entry.at, entry.version, entry.digest])).toEqual([
      ["block", ["sign-off:launch"], "2026-11-24T12:00:00.000Z", "14", REAL_DIGEST],
      ["warn", [], "2026-11-24T12:00:00.000Z", "14", REAL_DIGEST],
    ]);
    writeFileSync(log, readFileSync(log, "utf8").replace('"decision":"block"', '"decision":"warn"'));
    const refused = await repository.gate();
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Line 1 of .mlops/gate-log.jsonl does not verify") as unknown,
    });
    expect((await repository.gate(["--no-write"])).code).toBe(0);
  });

  it("lets warnings through where the file asks for that, but for what nothing overrides", async () => {
    repository.write("mlops.yaml", GATED.replace("deploy: {", "deploy: {gate: warn, "));
    repository.commitAs("leo@example.org");
    expect(await json()).toMatchObject({ decision: "block", mode: "warn", code: 0 });
    expect((await json(["--strict"])).code).toBe(1);
    repository.write("mlops.yaml", GATED.replace("deploy: {", "deploy: {gate: warn, ").replace("risk: minimal", "risk: prohibited"));
    repository.commitAs("leo@example.org");
    expect(await json()).toMatchObject({ decision: "block", mode: "warn", code: 1 });
  });

  it.each([
    [["--target", "produktion"], 'has no target "produktion". Did you mean production?'],
    [["--format", "xml"], 'There is no format "xml".'],
    [["--today", "2026-13-01"], "--today takes a day as YYYY-MM-DD."],
    [["--json", "--format", "sarif"], "--json and --format sarif exclude each other."],
  ])("refuses %j", async (args, sentence) => {
    const refused = await repository.gate(args);
    expect(refused.stderr).toContain(sentence);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(existsSync(join(repository.path, ".mlops/gate-log.jsonl"))).toBe(false);
  });

  it("asks which target is meant where there are several", async () => {
    const refused = await mlops(["gate", "churn"], { cwd: repository.path });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("Name one with --target: production, staging.") as unknown });
  });
});

describe("going back", () => {
  const entry: DeploymentEntry = {
    ...{ at: "2026-11-01T00:00:00.000Z", deployment: "d1", intent: "deploy", product: "churn", target: "production", type: "mlflow_alias" },
    ...{ model: "churn", version: "13", previous: null, digest: REAL_DIGEST, commit: null, plan: "p" },
    gate: { decision: "pass", hash: "h" },
    ...{ state: "succeeded", serves: "13", who: "ana", reason: null, message: null },
  };
  const log = (): string => join(repository.path, ".mlops/deployments.jsonl");

  it("to a version that the gate let through to there is allowed, as long as its files are the same and nobody rejected it", async () => {
    const wish = ["--rollback", "--version", "14"];
    repository.write("mlops.yaml", GATED.replace('version: "14"', 'version: "15"'));
    repository.commitAs("leo@example.org");
    expect(await json(wish)).toMatchObject({ decision: "block", is_rollback: false });
    await appendChainedLine(log(), { ...entry, version: "14", gate: { decision: "block", hash: "h" } }, "log", signal);
    await appendChainedLine(log(), { ...entry, version: "14", gate: { decision: "warn", hash: "h", exception: true } }, "log", signal);
    expect(await json(wish)).toMatchObject({ decision: "block", is_rollback: false });
    await appendChainedLine(log(), { ...entry, version: "14" }, "log", signal);
    repository.commitAs("ana@example.org");
    expect(await json(wish)).toMatchObject({
      ...{ decision: "pass", is_rollback: true, code: 0 },
      checks: [{ id: "rollback", message: expect.stringContaining("Version 14 was at work on production") as unknown }],
    });
    expect(await json(["--version", "14"])).toMatchObject({ decision: "block" });
    expect(await json([...wish, "--target", "staging"])).toMatchObject({ is_rollback: false });
    repository.write(
      ".mlops/signoffs/2026-11-20-launch-ines.yaml",
      repository.signOff(GATED, { email: "ines@example.org", decision: "reject" }),
    );
    repository.commitAs("ines@example.org");
    const rejected = await json(wish);
    expect(rejected).toMatchObject({ decision: "block", is_rollback: false });
    expect(rejected.checks.find(({ id }) => id === "rollback:log")?.message).toContain("ines@example.org rejected it since");
  });

  it("to a version whose files nobody can look up is not judged by the log", async () => {
    await appendChainedLine(log(), { ...entry, version: "13" }, "log", signal);
    const found = await json(["--rollback", "--version", "13"]);
    expect(found).toMatchObject({ is_rollback: false });
    expect(stops(found)).toEqual(expect.arrayContaining(["rollback:log", "version", "digest"]));
  });

  it("is not opened by one approval where another person rejected the version", async () => {
    repository.write(
      ".mlops/signoffs/2026-11-19-launch-ines.yaml",
      repository.signOff(GATED, { email: "ines@example.org", decision: "reject", when: "2026-11-19T09:00:00Z" }),
    );
    repository.commitAs("ines@example.org");
    repository.approve();
    repository.write("mlops.yaml", GATED.replace('version: "14"', 'version: "15"'));
    repository.commitAs("ana@example.org");
    const found = await json(["--rollback", "--version", "14"]);
    expect(found).toMatchObject({ decision: "block", is_rollback: false });
    expect(found.checks.find(({ id }) => id === "rollback:sign-off")?.message).toContain("ines@example.org rejected it");
  });

  it("is judged like a release where the log does not verify", async () => {
    await appendChainedLine(log(), entry, "log", signal);
    writeFileSync(log(), readFileSync(log(), "utf8").replace('"who":"ana"', '"who":"eve"'));
    const found = await json(["--rollback", "--version", "13"]);
    expect(found).toMatchObject({ decision: "block", is_rollback: false });
    expect(stops(found)).toContain("log");
  });

  it("to a version that was approved is allowed, also once the file describes another", async () => {
    repository.approve();
    repository.write("mlops.yaml", GATED.replace('version: "14"', 'version: "15"'));
    repository.commitAs("ana@example.org");
    expect(await json(["--rollback", "--version", "14"])).toMatchObject({ decision: "pass", is_rollback: true });
    appendFileSync(join(repository.path, MODEL, "model.pkl"), "x");
    expect(await json(["--rollback", "--version", "14"])).toMatchObject({ decision: "block", is_rollback: false });
  });
});

describe("an emergency", () => {
  function except(email: string, when = "2026-11-24T09:00:00Z", more = ""): void {
    const name = email.split("@")[0] ?? "";
    repository.write(
      `.mlops/signoffs/2026-11-24-exception-${name}.yaml`,
      repository.signOff(GATED, { subject: "exception", email, when, more }),
    );
    repository.commitAs(email);
  }

  it("lets through what the owner and one other person let through, until it ends", async () => {
    // Nobody approves their own change, so that somebody else made the last one.
    except("ines@example.org");
    expect(await json()).toMatchObject({ decision: "block", exception: null });
    except("ana@example.org");
    const found = await json();
    expect(found).toMatchObject({
      ...{ decision: "warn", code: 0 },
      exception: { until: "2026-11-27T09:00:00.000Z", by: ["ana@example.org", "ines@example.org"] },
    });
    expect(stops(found)).toEqual(["sign-off:launch"]);
    expect(found.checks.map(({ id }) => id)).toEqual(expect.arrayContaining(["exception", "exception:review"]));
    expect(await json([], Date.parse("2026-11-27T09:00:01Z"))).toMatchObject({ decision: "block", exception: null });
    for (const format of ["text", "markdown", "junit", "sarif"]) {
      expect((await repository.gate(["--format", format, "--no-write"])).stdout).toMatch(/emergency/i);
    }
  });

  it("never overrides a prohibited use, nor a missing legal basis", async () => {
    except("ines@example.org");
    except("ana@example.org");
    for (const [part, other, code] of [
      ["risk: minimal", "risk: prohibited", "lint:COMP02"],
      ["personal_data: no", "personal_data: yes", "lint:COMP14"],
    ] as const) {
      repository.write("mlops.yaml", GATED.replace(part, other));
      repository.commitAs("leo@example.org");
      const found = await json();
      expect(found).toMatchObject({ decision: "block", exception: null, code: 1 });
      expect(stops(found)).toContain(code);
    }
  });
});

it("tells files by their hashes in evidence", async () => {
  repository.approve();
  const { checks } = await json();
  const kpi = checks.find(({ id }) => id === "kpi:f1");
  const report = readFileSync(join(repository.path, "reports/eval.json"));
  expect(kpi?.evidence).toEqual([
    { file: "mlops.yaml", line: GATED.split("\n").findIndex((line) => line.startsWith("kpis:")) + 1, value: '">= 0.80"' },
    { file: "reports/eval.json", sha256: createHash("sha256").update(report).digest("hex"), value: "f1: 0.85" },
  ]);
});
