import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { RetrainPlan } from "../../../src/core/training/retrainPlan";
import type { TrainingJob } from "../../../src/core/training/trainingJob";
import { buildCommandLine, type CommandLine } from "../../contract/commandLineBundle";

const venv = resolve(process.env["MLOPS_VENV_PIPELINES"] ?? ".venvs/pipelines");
const bin = join(venv, process.platform === "win32" ? "Scripts" : "bin");
const env = { PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, DVC_NO_ANALYTICS: "1" };

const TRAIN = `import pathlib
open("starts.txt", "a").write("x")
pathlib.Path("model.txt").write_text(pathlib.Path("rows.csv").read_text() + pathlib.Path("params.yaml").read_text())
`;
/** `raw.csv` is known to DVC alone: no line of mlops.yaml names it. */
const PIPELINE = `stages:
  prepare:
    cmd: python -c "import shutil; shutil.copy('raw.csv', 'rows.csv')"
    deps: [raw.csv]
    outs: [rows.csv]
  train:
    cmd: python train.py
    deps: [train.py, rows.csv]
    params: [lr]
    outs: [model.txt]
`;
const FILE = `version: 1
name: churn
owner: ana@example.org
pipeline: dvc.yaml
data: [{path: reference.csv, use: train}]
train: {engine: dvc, code: [train.py], trigger: {on_new_data: true}}
`;

/** DVC is asked anew for each plan, and takes seconds to answer on a busy machine. */
const PATIENCE_MS = 600_000;

let cli: CommandLine;
let folder: string;

beforeAll(() => {
  cli = buildCommandLine(env);
});
afterAll(() => cli.dispose());

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mlops-dvc-guard-")));
  write("train.py", TRAIN);
  write("dvc.yaml", PIPELINE);
  write("mlops.yaml", FILE);
  write("raw.csv", "a\n1\n");
  write("reference.csv", "a\n1\n");
  write("params.yaml", "lr: 0.1\n");
  write(".gitignore", "starts.txt\n.mlops\n");
  git("init", "-q");
  execFileSync("dvc", ["init", "-q"], { cwd: folder, env: { ...process.env, ...env } });
  git("add", "-A");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Begin");
  return () => rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function git(...args: readonly string[]): void {
  execFileSync("git", args, { cwd: folder, stdio: "ignore" });
}

async function retrain(...more: readonly string[]) {
  const { code, stdout, stderr } = await cli.run(folder, "retrain", ".", "--json", ...more);
  expect(stdout, stderr).not.toBe("");
  const { plan, job } = JSON.parse(stdout) as { readonly plan: RetrainPlan; readonly job: TrainingJob | null };
  return { code, plan, job, redundancy: plan.redundancy };
}

const planned = async (...more: readonly string[]) => (await retrain("--plan-only", ...more)).redundancy;
const starts = (): number => readFileSync(join(folder, "starts.txt"), "utf8").length;

/** Trains, and forgets all that our own journal knows of it: what is left is what DVC knows. */
async function trainedOnce(): Promise<void> {
  expect(await retrain("--yes")).toMatchObject({ code: 0, redundancy: { kind: "first" }, job: { status: { state: "succeeded" } } });
  rmSync(join(folder, ".mlops"), { recursive: true });
}

const NOTHING = "DVC says that nothing has changed since its pipeline last ran, so that it would compute nothing.";

describe("a pipeline of DVC that nothing has changed for", { timeout: PATIENCE_MS }, () => {
  it("is redundant in DVC's words, is trained again only for a reason, and then really is", async () => {
    await trainedOnce();
    expect(await retrain("--yes")).toMatchObject({ code: 1, job: null, redundancy: { kind: "redundant", because: NOTHING } });
    const again = await retrain("--yes", "--again-because", "To see how much results vary.");
    expect(again).toMatchObject({ code: 0, job: { status: { state: "succeeded" }, againBecause: "To see how much results vary." } });
    expect(again.plan.action).toMatchObject({ argv: expect.arrayContaining(["repro", "--force"]) as string[] });
    expect(starts()).toBe(2);
    // Now our own journal knows it too, and both are named.
    expect(await planned()).toMatchObject({
      kind: "redundant",
      because: expect.stringMatching(/job churn-.*DVC says that nothing/) as string,
    });
    const quiet = await retrain("--yes", "--if-needed");
    expect(quiet).toMatchObject({ code: 0, job: null });
    expect(starts()).toBe(2);
  });
});

describe("a change of a pipeline of DVC", { timeout: PATIENCE_MS }, () => {
  it("is let through and named, each of data, code, parameter, command and output", async () => {
    await trainedOnce();
    const change = async (name: string, text: string): Promise<unknown> => {
      const before = readFileSync(join(folder, name));
      appendFileSync(join(folder, name), text);
      const found = await planned();
      writeFileSync(join(folder, name), before);
      return found;
    };
    const named = (kind: string, text: RegExp) =>
      expect.objectContaining({
        kind: "changed",
        changes: [expect.objectContaining({ kind, text: expect.stringMatching(text) as string })],
      }) as unknown;
    expect(await change("raw.csv", "2\n")).toEqual(named("data", /^DVC says prepare: raw\.csv modified$/));
    expect(await change("train.py", "# one line\n")).toEqual(named("code", /^DVC says train: train\.py modified$/));
    write("params.yaml", "lr: 0.2\n");
    expect(await planned()).toEqual(named("param", /^DVC says train: lr in params\.yaml modified$/));
    write("params.yaml", "lr: 0.1\n");
    write("dvc.yaml", PIPELINE.replace("python train.py", "python -u train.py"));
    expect(await planned()).toEqual(named("command", /^DVC says train: changed command$/));
    write("dvc.yaml", PIPELINE);
    rmSync(join(folder, "model.txt"));
    expect(await planned()).toEqual(named("output", /^DVC says train: model\.txt deleted$/));
    expect(starts()).toBe(1);
  });

  it("is a parameter that is set for this training, unless the file says the same", async () => {
    await trainedOnce();
    expect(await planned("--param", "lr=0.1")).toMatchObject({ kind: "redundant" });
    expect(await planned("--param", "lr=0.2")).toMatchObject({ kind: "changed", changes: [{ kind: "param", text: "lr: 0.1 → 0.2" }] });
    expect((await retrain("--yes", "--param", "lr=0.2")).job?.status.state).toBe("succeeded");
    expect(starts()).toBe(2);
  });

  it("is not one of values that were trained before, though DVC only knows that they differ from the last", async () => {
    await retrain("--yes");
    write("params.yaml", "lr: 0.2\n");
    expect((await retrain("--yes")).redundancy).toMatchObject({ kind: "changed" });
    write("params.yaml", "lr: 0.1\n");
    expect(await planned()).toMatchObject({
      kind: "redundant",
      because: expect.stringMatching(
        /job churn-.* Since its pipeline last ran, DVC says, this changed: train: lr in params\.yaml modified\.$/,
      ) as string,
    });
    // What no line of mlops.yaml names counts all the same.
    appendFileSync(join(folder, "raw.csv"), "3\n");
    expect(await planned()).toMatchObject({ kind: "changed", changes: [{ kind: "data", name: "raw.csv" }] });
  });
});

it("says that DVC cannot tell, and why", { timeout: PATIENCE_MS }, async () => {
  await trainedOnce();
  write("dvc.yaml", "stages: [\n");
  const { redundancy, plan } = await retrain("--plan-only");
  expect(redundancy).toMatchObject({
    kind: "cannot_tell",
    why: expect.stringMatching(/DVC cannot tell .*dvc\.yaml' is invalid/) as string,
  });
  expect(plan.checks).toContainEqual(expect.objectContaining({ id: "redundancy", result: "warn" }));
});
