import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { toPolicy } from "../../../src/core/config/policy";
import { draftOf } from "../../../src/core/training/newJob";
import { planHash } from "../../../src/core/training/planHash";
import { planText } from "../../../src/core/training/planText";
import { refusePlan } from "../../../src/core/training/refusePlan";
import { toPlanPage } from "../../../src/core/training/view/toPlanPage";
import { blocks, CONFIG, GOOD_FACTS, pastTraining, PlannerWorld, sha256 } from "../../builders/plannerWorld";

describe("a plan", () => {
  it("holds all that will happen, and may be started as it is", async () => {
    const world = new PlannerWorld();
    world.past = [pastTraining(), pastTraining({ durationMs: 1_200_000 }), pastTraining({ durationMs: null })];
    world.policy = toPolicy({ prices: { currency: "EUR", instances: { "gpu-a10": 2 } } });
    const plan = await world.plan({ params: { lr: "0.05" } });
    expect(blocks(plan)).toEqual([]);
    expect(plan).toMatchObject({
      jobId: "churn-klassifikator-20261130-120000-a1b2c3",
      configHash: sha256(CONFIG),
      engine: "local",
      action: { argv: ["python", "train.py", "--lr", "0.05", "--note", "none"], cwd: "/nowhere/churn" },
      spec: { tracking: { uri: "sqlite:///mlflow.db", experiment: "churn" }, resources: { timeoutMs: 7_200_000 } },
      overrides: { lr: 0.05, note: "none" },
      estimate: { durationMs: 900_000, basedOn: 2, cost: { amount: 0.5, currency: "EUR", perHour: 2 }, note: null },
      expiresAt: world.now + 900_000,
    });
    expect(plan.tags).toMatchObject({ "mlops.job": plan.jobId, "mlops.fingerprint": plan.fingerprint.value });
    expect(() => refusePlan(plan, planHash(plan, sha256), world.now)).not.toThrow();
    expect(world.steps).toContain("Reading churn/mlops.yaml");
    expect(world.steps).toContain("Asking the engine local");
    expect(draftOf(plan).params).toEqual({ lr: 0.05, note: "none" });
  });

  it("says every kind of check at least once", async () => {
    const { checks } = await new PlannerWorld().plan();
    expect(new Set(checks.map(({ id }) => id)).size).toBe(10);
  });

  it("throws only where the product's file cannot be read at all", async () => {
    const world = new PlannerWorld();
    await expect(world.plan({ config: "other/mlops.yaml" })).rejects.toThrow("There is no file other/mlops.yaml.");
    world.texts = { "churn/mlops.yaml": null };
    await expect(world.plan()).rejects.toThrow(/permission denied/);
    world.texts = { "churn/mlops.yaml": "train: [" };
    expect(blocks(await world.plan())[0]).toMatch(/^config: churn\/mlops.yaml has a mistake/);
  });

  it("ends with the signal's reason", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(new PlannerWorld().plan({}, stop.signal)).rejects.toThrow(expect.objectContaining({ name: "AbortError" }) as Error);
  });

  it.each([
    [
      "a mistake in train",
      { "churn/mlops.yaml": CONFIG.replace("engine: local", "engine: lokal") },
      /^config: churn\/mlops\.yaml has a mistake/,
    ],
    ["no word of training", { "churn/mlops.yaml": "version: 1\nname: churn\n" }, /^config: .*does not say how the model is trained/],
    [
      "a missing file of parameters",
      { "churn/mlops.yaml": CONFIG.replace("params:", "params_file: p.yaml\n  params:") },
      /^params: .*p\.yaml is not there/,
    ],
  ])("is blocked by %s", async (_, texts, message) => {
    const world = new PlannerWorld();
    world.texts = texts;
    expect(blocks(await world.plan())[0]).toMatch(message);
  });

  it("only warns of mistakes that no training depends on", async () => {
    const world = new PlannerWorld();
    world.texts = { "churn/mlops.yaml": `${CONFIG}review: {next: soon}\n` };
    const plan = await world.plan();
    expect(blocks(plan)).toEqual([]);
    expect(plan.checks).toContainEqual(expect.objectContaining({ id: "config", result: "warn" }));
  });

  it("is blocked by data that fail, that cannot be judged, and whose check fails", async () => {
    const world = new PlannerWorld();
    const report = world.dataCheck;
    if (report instanceof Error) {
      throw report;
    }
    const finding = { path: "data/train.csv", use: "train", column: "age", rule: "max", limit: "120", found: "130", rows: null, from: "x" };
    world.dataCheck = {
      ...report,
      result: "fail",
      findings: [{ ...finding, result: "fail", message: "age is at most 120, and 130 is there." }],
    };
    expect(blocks(await world.plan())[0]).toMatch(/^data: 1 of 1 expectation of the data fails. data\/train.csv: age is at most 120/);
    world.dataCheck = { ...report, result: "unknown", findings: [{ ...finding, result: "unknown", message: "It is damaged." }] };
    expect(blocks(await world.plan())[0]).toMatch(/^data: .*could not be judged/);
    world.dataCheck = new Error("The thread ended.");
    const plan = await world.plan();
    expect(plan.dataCheck).toBeNull();
    expect(blocks(plan)).toEqual(["data: The data could not be checked: The thread ended."]);
  });

  it("tells what the last check of the model at work said, also of one that nobody trains because of it", async () => {
    const world = new PlannerWorld();
    expect(await world.plan()).not.toHaveProperty("atWork");
    world.lastCheck = {
      ...{
        version: 1,
        product: "churn",
        config: "churn/mlops.yaml",
        config_sha256: "",
        checked_at: Date.UTC(2026, 10, 2, 10),
        tool: "test",
      },
      ...{ commit: null, dirty: null, status: "fail", verdict: "2 of 5 columns drifted", window: null, reference: null, live: null },
      ...{ drift: null, kpis: [], problems: [] },
    };
    const plan = await world.plan();
    expect(planText(plan)).toContain("The model at work fails, by the check of 2026-11-02 10:00 UTC: 2 of 5 columns drifted.");
    const page = toPlanPage(plan, { ...plan, engine: null, params: {} });
    expect(page.facts).toContainEqual({
      label: "Model at work",
      value: "fails, by the check of 2026-11-02 10:00 UTC: 2 of 5 columns drifted",
    });
    world.lastCheck = new Error("The folder cannot be read.");
    expect(blocks(await world.plan())).toEqual([]);
  });

  it("comes also where hashes cannot be remembered, and says so", async () => {
    const world = new PlannerWorld();
    world.notKept = "The file hashes.json was not written: the disk is full.";
    const plan = await world.plan();
    expect(blocks(plan)).toEqual([]);
    expect(plan.checks).toContainEqual(
      expect.objectContaining({ id: "data", result: "warn", message: expect.stringContaining("the disk is full") as string }),
    );
    expect(planText(plan)).toContain("so that the next plan reads it all again");
    world.notKept = null;
    expect(await world.outdated(plan)).toEqual([]);
  });

  it("says what the pipeline's own tool says, and does not hold any more once the pipeline ran", async () => {
    const world = new PlannerWorld();
    const change = { stage: "train", kind: "file", name: "raw.csv", change: "changed", text: "train: raw.csv modified" } as const;
    world.engine.facts = { ...GOOD_FACTS, pipeline: { kind: "changed", changes: [change], hasRun: true } };
    const plan = await world.plan();
    expect(plan.redundancy).toMatchObject({ kind: "changed", changes: [{ kind: "data", name: "raw.csv" }] });
    expect(await world.outdated(plan)).toEqual([]);
    world.engine.facts = { ...GOOD_FACTS, pipeline: { kind: "up_to_date" } };
    expect(await world.outdated(plan)).toEqual(["The pipeline ran in the meantime: nothing has changed since."]);
  });

  it("is blocked where it would make the same model again, until somebody says why", async () => {
    const world = new PlannerWorld();
    world.redundancy = { kind: "redundant", past: pastTraining(), because: "All is the same, byte by byte." };
    const plan = await world.plan({ againBecause: "  " });
    expect(blocks(plan)).toEqual([
      "redundancy: This would make the same model again: All is the same, byte by byte. " +
        "The run swift-cat has f1 0.82, cost 1.20 EUR, commit fedcba9876, ended 2026-11-01 00:00 UTC.",
    ]);
    expect(plan.againBecause).toBeNull();
    const again = await world.plan({ againBecause: "To measure how much results vary." });
    expect(blocks(again)).toEqual([]);
    expect(again).toMatchObject({
      againBecause: "To measure how much results vary.",
      tags: { "mlops.again_because": "To measure how much results vary." },
    });
    world.redundancy = { kind: "first" };
    expect((await world.plan({ againBecause: "Why not?" })).againBecause).toBeNull();
  });

  it("warns where nobody can tell", async () => {
    const world = new PlannerWorld();
    world.redundancy = new AppError("store/unreachable", "The store does not answer.");
    world.commit = { commit: "0123456789abcdef", dirty: true };
    const plan = await world.plan();
    expect(blocks(plan)).toEqual([]);
    expect(plan.redundancy).toEqual({
      kind: "cannot_tell",
      why: "Earlier trainings could not be looked at: The store does not answer.",
      past: null,
    });
    expect(plan.checks.filter(({ result }) => result === "warn").map(({ id }) => id)).toEqual(["data", "redundancy", "code"]);
  });

  it("is blocked by an engine that is ill, by what forbids a start, and by open questions", async () => {
    const world = new PlannerWorld();
    world.engine.away = new AppError("store/unreachable", "Nobody answers at that address.");
    expect(blocks(await world.plan())).toEqual(["engine: Nobody answers at that address."]);
    world.engine.away = null;
    const question = { id: "unpause", question: "Unpause the DAG?" };
    world.engine.facts = { ...GOOD_FACTS, consents: [question], warnings: ["The DAG is paused."] };
    expect(blocks(await world.plan())).toEqual(["engine: A question is not answered: Unpause the DAG?"]);
    const agreed = await world.plan({ consents: ["unpause", "anything"] });
    expect(blocks(agreed)).toEqual([]);
    expect(agreed.consents).toEqual(["unpause"]);
    world.engine.facts = { ...GOOD_FACTS, health: { ok: false, message: "No." }, blockers: ["No.", "The DAG is broken."] };
    expect(blocks(await world.plan())).toEqual(["engine: No.", "engine: The DAG is broken."]);
    world.engine.facts = GOOD_FACTS;
    world.engine.refuses = new AppError("usage", "The command takes no seed.");
    expect(blocks(await world.plan())).toEqual(["engine: The command takes no seed."]);
    expect(blocks(await world.plan({ engine: "ray" }))).toContain("engine: The engine ray is not to be had here.");
  });

  it("asks no engine and no git in a folder that is not trusted", async () => {
    const world = new PlannerWorld();
    world.isTrusted = false;
    const plan = await world.plan();
    expect(world.engine.calls).toEqual([]);
    expect(plan.commit).toBeNull();
    expect(blocks(plan)[0]).toMatch(/^trust:/);
    expect(plan.checks.find(({ id }) => id === "code")?.message).toMatch(/^Git was not asked/);
  });

  it("is blocked while the same is trained", async () => {
    const world = new PlannerWorld();
    world.running = "churn-9";
    expect(blocks(await world.plan())).toEqual(["running: The same is being trained right now, by the job churn-9."]);
    world.unknown = ["The data data/train.csv is not there."];
    expect(blocks(await world.plan())).toEqual([]);
  });

  it("keeps logins and secrets out of all that it says", async () => {
    const world = new PlannerWorld();
    const secret = `ghp_${"a".repeat(36)}`;
    world.texts = {
      "churn/mlops.yaml": CONFIG.replace("sqlite:///mlflow.db", "https://ana:hunter22@mlflow.example.org").replace(
        "note: none",
        `note: ${secret}`,
      ),
    };
    const plan = await world.plan({ params: { lr: secret } });
    expect(JSON.stringify(plan)).not.toContain("hunter22");
    expect(JSON.stringify(plan)).not.toContain(secret);
    expect(plan.spec.tracking.uri).toBe("https://mlflow.example.org");
    expect(blocks(plan).join("\n")).toMatch(/"note" in train.params looks like a GitHub token[^]*"lr" looks like a GitHub token/);
  });

  it("holds no secret of somebody's words, and is blocked by it", async () => {
    const world = new PlannerWorld();
    world.redundancy = { kind: "redundant", past: pastTraining(), because: "All is the same." };
    const text = "As https://ana:hunter22@example.org says.";
    const plan = await world.plan({ reason: { kind: "manual", text }, againBecause: text });
    expect(JSON.stringify(plan)).not.toContain("hunter22");
    expect(blocks(plan)).toHaveLength(2);
    expect(blocks(plan).join()).toMatch(/reason holds a password[^]*again-because holds a password/);
  });

  it("claims no more than it knows where nobody answers", async () => {
    const world = new PlannerWorld();
    world.past = new AppError("store/unreachable", "The store is away.");
    world.policy = new AppError("usage", "The policy is damaged.");
    world.commit = null;
    const { estimate, checks } = await world.plan();
    expect(estimate.note).toMatch(
      /earlier trainings could not be looked at: The store is away\. .*policy could not be read: The policy is damaged\./,
    );
    expect(checks.find(({ id }) => id === "code")?.message).toMatch(/^No commit of the code is known/);
  });

  it("shows values of the last training, and what changed since", async () => {
    const world = new PlannerWorld();
    world.past = [pastTraining({ params: { lr: "0.10", note: "other" } })];
    const { params } = await world.plan();
    expect(params.map(({ field, before, isChanged }) => [field.name, before, isChanged])).toEqual([
      ["lr", "0.10", false],
      ["note", "other", true],
    ]);
  });

  it("tells of parameters that reach nothing, and hands them to nobody", async () => {
    const world = new PlannerWorld();
    world.texts = { "churn/mlops.yaml": CONFIG.replace("{lr: 0.1,", "{seed: 7, lr: 0.1,") };
    const plan = await world.plan();
    expect(plan.overrides).toEqual({ lr: 0.1, note: "none" });
    expect(plan.checks).toContainEqual(
      expect.objectContaining({ id: "params", result: "warn", message: expect.stringContaining('"seed"') as string }),
    );
  });

  it("reads parameters of DVC beside its pipeline, lists among what it depends on", async () => {
    const world = new PlannerWorld("dvc");
    world.texts = {
      "churn/mlops.yaml": "version: 1\nname: churn\npipeline: dvc.yaml\ntrain: {params: {train.seed: 7}}\n",
      "churn/params.yaml": "train: {lr: 0.1, seed: 1, layers: [64, 32]}\n",
    };
    const plan = await world.plan({ params: { "train.lr": "0.2" } });
    expect(plan).toMatchObject({
      engine: "dvc",
      spec: { paramsFile: "churn/params.yaml", command: [] },
      overrides: { "train.lr": 0.2, "train.seed": 7 },
    });
    expect(world.params).toEqual({ "train.lr": 0.2, "train.seed": 7, "train.layers": "[64,32]" });
    expect(plan.overrides).not.toHaveProperty("train.layers");
  });
});

describe("whether a plan still holds", () => {
  async function after(
    change: (world: PlannerWorld) => void,
    params: Readonly<Record<string, string>> = { lr: "0.2" },
  ): Promise<readonly string[]> {
    const world = new PlannerWorld();
    world.texts["churn/p.yaml"] = "depth: 6\n";
    world.texts["churn/mlops.yaml"] = CONFIG.replace("params:", "params_file: p.yaml\n  params:").replace(
      '"{note}"',
      '"{note}", "{params_file}"',
    );
    const plan = await world.plan({ params });
    expect(blocks(plan)).toEqual([]);
    change(world);
    return world.outdated(plan);
  }

  it("does while nothing changes, whatever was typed", async () => {
    expect(await after(() => undefined)).toEqual([]);
    expect(await after((world) => (world.now += 60_000), { note: "", lr: "1e-3", depth: "7" })).toEqual([]);
    const world = new PlannerWorld();
    world.unknown = ["A file is not there."];
    expect(await world.outdated(await world.plan())).toEqual([]);
  });

  it.each<[string, (world: PlannerWorld) => void, RegExp]>([
    ["the product's file", (world) => (world.texts["churn/mlops.yaml"] = `${CONFIG}\n`), /^churn\/mlops.yaml was changed\.$/],
    ["the product's file, which is gone", (world) => delete world.texts["churn/mlops.yaml"], /^There is no file churn\/mlops.yaml/],
    ["data", (world) => (world.data = "2".repeat(64)), /^An input changed: data\/train.csv: content changed/],
    ["a file of parameters", (world) => (world.texts["churn/p.yaml"] = "depth: 9\n"), /^An input changed: depth: 6 → 9\.$/],
    ["data that are gone", (world) => (world.unknown = ["The data x is not there."]), /The data x is not there\./],
    ["the engine's health", (world) => (world.engine.away = new Error("Nobody answers.")), /^Nobody answers\.$/],
    ["what forbids a start", (world) => (world.engine.facts = { ...GOOD_FACTS, blockers: ["It is broken."] }), /^It is broken\.$/],
    [
      "questions",
      (world) => (world.engine.facts = { ...GOOD_FACTS, consents: [{ id: "x", question: "Really?" }] }),
      /^There is a new question: Really\?$/,
    ],
    ["the Python", (world) => (world.engine.facts = { ...GOOD_FACTS, python: null }), /^Another Python would be used: none is found\.$/],
    ["what the engine refuses", (world) => (world.engine.refuses = new AppError("usage", "Not any more.")), /^Not any more\.$/],
    ["another training", (world) => (world.running = "churn-9"), /^The same is being trained right now, by the job churn-9\.$/],
  ])("names what changed: %s", async (_, change, message) => {
    const said = await after(change);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(message);
  });

  it("finds a file that mlops.yaml includes", async () => {
    const world = new PlannerWorld();
    const text = CONFIG.replace("  resources: {instance: gpu-a10, timeout: 2h}", "  resources: {$include: r.yaml}");
    world.texts = { "churn/mlops.yaml": text, "churn/r.yaml": "timeout: 2h\n" };
    const plan = await world.plan();
    expect(await world.outdated(plan)).toEqual([]);
    world.texts["churn/r.yaml"] = "timeout: 3h\n";
    expect(await world.outdated(plan)).toEqual([
      "What churn/mlops.yaml says of the training was changed in a file that it includes or names.",
    ]);
  });

  it("leaves the claim to say that the plan itself is started", async () => {
    const world = new PlannerWorld();
    const plan = await world.plan();
    world.running = plan.jobId;
    expect(await world.outdated(plan)).toEqual([]);
    expect(await world.planner.outdated(plan, NEVER_CANCELLED)).toEqual([]);
  });
});
