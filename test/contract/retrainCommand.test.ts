import { appendFileSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import type { TrainingJob } from "../../src/core/training/trainingJob";
import type { TrainingNeed } from "../../src/core/training/need/judgeNeed";
import { buildCommandLine, type Ended } from "./commandLineBundle";

interface Report {
  readonly plan: RetrainPlan | null;
  readonly job: TrainingJob | null;
  readonly needed: TrainingNeed | null;
}

const parent = realpathSync(mkdtempSync(join(tmpdir(), "mlops-retrain-")));
const { run, dispose } = buildCommandLine();

afterAll(() => {
  dispose();
  rmSync(parent, { recursive: true, force: true });
});

/** A product whose training notes each start and prints its first argument. */
function product({ script = "", more = "" } = {}): string {
  const folder = mkdtempSync(join(parent, "product-"));
  writeFileSync(join(folder, "data.csv"), "a,b\n1,2\n");
  writeFileSync(
    join(folder, "train.cjs"),
    `require("node:fs").appendFileSync(__dirname + "/starts.txt", "x");\nconsole.log("lr", process.argv[2]);\n${script}\n`,
  );
  const command = JSON.stringify([process.execPath, "train.cjs", "{lr}"]);
  writeFileSync(
    join(folder, "mlops.yaml"),
    `version: 1\nname: churn\nowner: ana@example.org\ntracking: {uri: "sqlite:///mlflow.db"}\ndata: [{path: data.csv, use: train}]\n` +
      `train:\n  engine: local\n  command: ${command}\n  code: [train.cjs]\n  params: {lr: 0.1}\n  trigger: {on_new_data: true}\n${more}`,
  );
  return folder;
}

function starts(folder: string): number {
  return readdirSync(folder).includes("starts.txt") ? readFileSync(join(folder, "starts.txt"), "utf8").length : 0;
}

/** Standard output is one line of JSON and nothing else. */
function reportOf({ stdout }: Ended): Report {
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(stdout) as Report;
}

const train = (folder: string, ...more: readonly string[]): Promise<Ended> => run(folder, "retrain", ".", "--yes", "--json", ...more);

describe("mlops retrain as a program", () => {
  it("trains once where two processes ask for the same at the same time", async () => {
    const folder = product({ script: "setTimeout(() => undefined, 4000);" });
    const ended = await Promise.all([train(folder), train(folder)]);
    expect(starts(folder)).toBe(1);
    const codes = ended.map(({ code }) => code).sort();
    expect(codes[0]).toBe(0);
    expect([1, 2]).toContain(codes[1]);
    const loser = ended.find(({ code }) => code !== 0);
    expect(loser?.stderr).toMatch(/being trained right now, by the job churn-/);
  });

  it("prints plan and job as one JSON text, which jobs repeats", async () => {
    const folder = product();
    const ended = await train(folder, "--param", "lr=0.5", "--reason", "A test.");
    expect(ended.code).toBe(0);
    const { plan, job, needed } = reportOf(ended);
    expect(needed).toBeNull();
    expect(plan).toMatchObject({
      ...{ schema: 1, intent: "retrain", product: "churn", engine: "local", overrides: { lr: 0.5 } },
      reason: { kind: "manual", text: "A test." },
      redundancy: { kind: "first" },
    });
    expect(job).toMatchObject({
      ...{ schema: 1, id: plan?.jobId, planHash: plan?.hash, phase: "submitted" },
      status: { state: "succeeded", exitCode: 0 },
      outcome: { runs: [], kpis: [] },
    });
    expect(ended.stderr).toContain("lr 0.5\n");
    const listed = JSON.parse((await run(folder, "jobs", "--json")).stdout) as { readonly jobs: readonly TrainingJob[] };
    expect(listed.jobs.map(({ id }) => id)).toEqual([job?.id]);
  });

  it("refuses to make the same model again, and makes it for a reason", async () => {
    const folder = product();
    expect((await train(folder)).code).toBe(0);
    const refused = await train(folder);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /Nothing was started: the plan is blocked\.\n- This would make the same model again: .+ Use the run that is there, or say why it is trained again\. On the command line: --again-because "REASON"\.\n$/,
    );
    expect(reportOf(refused)).toMatchObject({ job: null, plan: { redundancy: { kind: "redundant" } } });
    expect(starts(folder)).toBe(1);
    const again = await train(folder, "--again-because", "Check that results repeat");
    expect(again.code).toBe(0);
    expect(reportOf(again).job).toMatchObject({ againBecause: "Check that results repeat", status: { state: "succeeded" } });
    expect(starts(folder)).toBe(2);
  });

  it("trains where it is needed only, and names what changed", async () => {
    const folder = product();
    const first = await train(folder, "--if-needed");
    expect(first.code).toBe(0);
    expect(reportOf(first)).toMatchObject({ needed: { kind: "needed", reason: { kind: "data_change", text: "It was never trained." } } });
    const same = await train(folder, "--if-needed");
    expect(same.code).toBe(0);
    expect(reportOf(same)).toMatchObject({ job: null, needed: { kind: "not_needed" } });
    appendFileSync(join(folder, "data.csv"), "3");
    const changed = await train(folder, "--if-needed");
    expect(changed.code).toBe(0);
    expect(reportOf(changed)).toMatchObject({ needed: { kind: "needed" }, job: { status: { state: "succeeded" } } });
    expect(starts(folder)).toBe(2);
  });

  it.each([
    ["a training that fails", { script: "process.exitCode = 3;" }, [], 1],
    ["a parameter that there is none of", {}, ["--param", "rl=1"], 2],
    ["an engine that there is none of", {}, ["--engine", "cloud"], 2],
    ["a target that nobody can judge", { more: 'kpis: [{name: f1, target: ">= 0.8"}]\n' }, [], 3],
  ])("ends after %s with its own exit code", async (_what, shape, args, code) => {
    const folder = product(shape);
    const ended = await train(folder, ...args);
    expect(ended.code, ended.stderr).toBe(code);
  });
});
