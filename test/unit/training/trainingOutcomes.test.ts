import { describe, expect, it, onTestFinished } from "vitest";

import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import { AppError } from "../../../src/core/base/appError";
import { readConfig } from "../../../src/core/config/readConfig";
import type { ModelRegistrar, RegisterWish } from "../../../src/core/training/outcome/modelRegistrar";
import type { RegisterWhen } from "../../../src/core/training/outcome/registerOutcome";
import { type OutcomePorts, TrainingOutcomes } from "../../../src/core/training/outcome/trainingOutcomes";
import type { TrainingJob, TrainingOutcome } from "../../../src/core/training/trainingJob";
import { idOf, MlrunsFolder } from "../../builders/mlrunsFolder";
import { endedJob, PLANNED_AT, retrainPlan } from "../../builders/retrainPlan";

const never = new AbortController().signal;
const plan = retrainPlan();
const STARTED = PLANNED_AT + 2000;
const TAGGED = { "mlops.job": plan.jobId };

/** One line of a metric's file. */
function metric(value: number): string {
  return `${STARTED} ${value} 0\n`;
}

/** An experiment with nothing but what a test adds. */
function runsFolder(): MlrunsFolder {
  const folder = new MlrunsFolder();
  onTestFinished(() => folder.dispose());
  return folder.experiment("0", { name: "Default" }).experiment("1", { name: "churn" });
}

function startedAt(time: number, more: Readonly<Record<string, string>> = {}): { readonly meta: Readonly<Record<string, string>> } {
  return { meta: { start_time: String(time), end_time: String(time + 1000), ...more } };
}

interface Setting {
  readonly config?: string;
  readonly experiment?: string | null;
  readonly when?: RegisterWhen;
  readonly job?: TrainingJob;
  readonly ports?: Partial<OutcomePorts>;
  readonly registrar?: ModelRegistrar;
}

async function outcome(folder: MlrunsFolder | null, setting: Setting = {}): Promise<TrainingOutcome> {
  const { config = "name: churn\n", experiment = "churn", when = "never", job = endedJob(plan), registrar = unused } = setting;
  const finder = new TrainingOutcomes({
    product: () => Promise.resolve(readConfig(config).value),
    registerWhen: () => when,
    open: async () =>
      folder === null
        ? null
        : { store: await openFileStore(folder.root, never), location: { kind: "file", path: folder.root }, experiment },
    file: () => Promise.resolve(null),
    price: () => Promise.resolve(null),
    registrar,
    now: () => PLANNED_AT + 100_000,
    ...setting.ports,
  });
  return finder.find(job, plan, never);
}

const unused: ModelRegistrar = { register: () => Promise.reject(new Error("Nobody asked for this.")) };

describe("the runs of a job", () => {
  it("are those with its tag, nested ones as well, and no others of the same time", async () => {
    const folder = runsFolder()
      .run("1", idOf("a"), { ...startedAt(STARTED), tags: TAGGED })
      .run("1", idOf("b"), { ...startedAt(STARTED + 10), tags: { ...TAGGED, "mlflow.parentRunId": idOf("a") } })
      .run("1", idOf("c"), startedAt(STARTED))
      .run("1", idOf("d"), { ...startedAt(STARTED), tags: { "mlops.job": `${plan.jobId}-2` } });
    const { runs, notes } = await outcome(folder);
    expect(runs.map(({ runId }) => runId)).toEqual([idOf("b"), idOf("a")]);
    expect(runs[1]).toEqual({ storeId: `file:${folder.root}`, experimentId: "1", runId: idOf("a"), name: "run-aaaa", status: "FINISHED" });
    expect(notes).toEqual([]);
  });

  it("are found in another experiment too, where a script chose its own", async () => {
    const folder = runsFolder()
      .experiment("2", { name: "mine" })
      .run("2", idOf("a"), { ...startedAt(STARTED), tags: TAGGED });
    expect((await outcome(folder)).runs.map(({ experimentId }) => experimentId)).toEqual(["2"]);
  });

  it("are guessed by time where a script drops the tag, and that is said", async () => {
    const folder = runsFolder()
      .run("1", idOf("a"), startedAt(STARTED))
      .run("1", idOf("b"), startedAt(STARTED - 3_600_000))
      .run("1", idOf("c"), startedAt(STARTED + 3_600_000));
    const { runs, notes } = await outcome(folder);
    expect(runs.map(({ runId }) => runId)).toEqual([idOf("a")]);
    expect(notes).toEqual(["No run bears the job's tag; the run is guessed by time."]);
  });

  it.each<[string, { readonly meta?: Readonly<Record<string, string>>; readonly tags?: Readonly<Record<string, string>> }]>([
    ["another person's run started then", { meta: { user_id: "bob" } }],
    ["another job's run started then", { tags: { "mlops.job": "other" } }],
  ])("are not guessed where %s", async (_, other) => {
    const folder = runsFolder()
      .run("1", idOf("a"), startedAt(STARTED))
      .run("1", idOf("b"), { ...startedAt(STARTED, other.meta ?? {}), tags: other.tags ?? {} });
    const { runs, notes } = await outcome(folder);
    expect(runs).toEqual([]);
    expect(notes).toEqual([
      "No run bears the job's tag, and runs of others started while the job ran, so that nobody can tell which are the job's.",
    ]);
  });

  it("are none where there is no store, and that is said", async () => {
    expect(await outcome(null)).toMatchObject({ runs: [], notes: ["There is no store of runs, so that no run was looked for."] });
  });

  it("are waited for while their store is away, but not for more than a week", async () => {
    const away = new AppError("store/unreachable", "The server does not answer.");
    const ports = { open: () => Promise.reject(away) };
    await expect(outcome(null, { ports })).rejects.toBe(away);
    const late = { ...ports, now: () => PLANNED_AT + 8 * 86_400_000 };
    expect((await outcome(null, { ports: late })).notes).toEqual(["Its runs were not found: The server does not answer."]);
  });
});

describe("the KPIs of a job", () => {
  const config = `name: churn
kpis:
  - {name: f1, target: ">= 0.80", warn: ">= 0.85"}
  - {name: rmse, target: "<= 2"}
  - {name: ratio, target: ">= 0.8", by: sex}
  - {name: recall, target: ">= 0.5"}
model: {name: churn-model, version: "1"}
`;
  const version = (number: number, run: string): string =>
    `creation_timestamp: 1700000000000\ncurrent_stage: None\ndescription: ''\nlast_updated_timestamp: 1700000000000\n` +
    `name: churn-model\nrun_id: ${run}\nsource: x\nstatus: READY\nuser_id: alice\nversion: ${number}\n`;

  function withModel(alias: string | null): MlrunsFolder {
    const folder = runsFolder()
      .run("1", idOf("1"), { metrics: { f1: metric(0.8), rmse: metric(1) } })
      .run("1", idOf("2"), { metrics: { f1: metric(0.9) } })
      .run("1", idOf("a"), {
        ...startedAt(STARTED),
        tags: TAGGED,
        metrics: { f1: metric(0.82), rmse: metric(3), "ratio/sex/f": metric(0.7), "ratio/sex/m": metric(0.9) },
      });
    folder.write(
      "models/churn-model/meta.yaml",
      "creation_timestamp: 1700000000000\nlast_updated_timestamp: 1700000000000\nname: churn-model\n",
    );
    folder.write("models/churn-model/version-1/meta.yaml", version(1, idOf("1")));
    folder.write("models/churn-model/version-2/meta.yaml", version(2, idOf("2")));
    if (alias !== null) {
      folder.write(`models/churn-model/aliases/${alias}`, "2");
    }
    return folder;
  }

  it("are judged by target and bound for warnings, by group, and beside the model that the file names", async () => {
    const { kpis, champion, notes } = await outcome(withModel(null), { config });
    expect(champion).toEqual({ model: "churn-model", version: "1", runId: idOf("1") });
    expect(kpis).toEqual([
      { name: "f1", group: null, value: 0.82, target: ">= 0.80", status: "warn", champion: 0.8, isBetter: true },
      { name: "rmse", group: null, value: 3, target: "<= 2", status: "fail", champion: 1, isBetter: false },
      { name: "ratio", group: "f", value: 0.7, target: ">= 0.8", status: "fail", champion: null, isBetter: null },
      { name: "ratio", group: "m", value: 0.9, target: ">= 0.8", status: "pass", champion: null, isBetter: null },
      { name: "recall", group: null, value: null, target: ">= 0.5", status: "unknown", champion: null, isBetter: null },
    ]);
    expect(notes).toEqual([]);
  });

  it.each(["champion", "production"])("stand beside the version with the alias %s first of all", async (alias) => {
    const { kpis, champion } = await outcome(withModel(alias), { config });
    expect(champion?.version).toBe("2");
    expect(kpis[0]).toMatchObject({ value: 0.82, champion: 0.9, isBetter: false });
  });

  it("are taken from the best nested run of a sweep, which is said", async () => {
    const nested = { ...TAGGED, "mlflow.parentRunId": idOf("a") };
    const folder = runsFolder()
      .run("1", idOf("a"), { ...startedAt(STARTED), tags: TAGGED })
      .run("1", idOf("b"), { ...startedAt(STARTED + 1), tags: nested, metrics: { rmse: metric(1.5) } })
      .run("1", idOf("c"), { ...startedAt(STARTED + 2), tags: nested, metrics: { rmse: metric(4) } });
    const { kpis, notes } = await outcome(folder, { config: `kpis: [{name: rmse, target: "<= 2"}]` });
    expect(kpis).toMatchObject([{ value: 1.5, status: "pass" }]);
    expect(notes).toEqual(['rmse is that of the nested run "run-bbbb".']);
  });

  it("are taken from a file of metrics that the job wrote, and from none that is older", async () => {
    const written = (modifiedAt: number): Setting => ({
      config: `kpis: [{name: f1, target: ">= 0.8", data: out/metrics.json}]`,
      ports: { file: (path) => Promise.resolve(path === "out/metrics.json" ? { text: '{"f1": 0.91}', modifiedAt } : null) },
    });
    expect((await outcome(null, written(STARTED))).kpis).toMatchObject([{ value: 0.91, status: "pass" }]);
    expect((await outcome(null, written(STARTED - 60_000))).kpis).toMatchObject([{ value: null, status: "unknown" }]);
  });

  it("are not judged for a training that failed", async () => {
    const job = endedJob(plan);
    const failed = { ...job, status: { ...job.status, state: "failed" as const, exitCode: 1 } };
    expect((await outcome(withModel(null), { config, job: failed })).kpis).toEqual([]);
  });
});

describe("the cost of a job", () => {
  it("is its duration times the price of an hour", async () => {
    const ports = { price: () => Promise.resolve({ perHour: 6, currency: "EUR" }) };
    expect((await outcome(null, { ports })).cost).toEqual({ amount: 0.1, currency: "EUR" });
  });
});

describe("registering", () => {
  const config = `model: {name: churn-model}\nkpis: [{name: f1, target: ">= 0.80"}]\n`;

  /** A registrar that writes down what it is asked for, and writes the version into the folder as MLflow would. */
  function registrar(folder: MlrunsFolder, answers = true): { readonly wishes: RegisterWish[]; readonly port: ModelRegistrar } {
    const wishes: RegisterWish[] = [];
    return {
      wishes,
      port: {
        register: (wish) => {
          wishes.push(wish);
          folder.write("models/churn-model/meta.yaml", "creation_timestamp: 1\nlast_updated_timestamp: 1\nname: churn-model\n");
          folder.write(
            "models/churn-model/version-1/meta.yaml",
            `creation_timestamp: 1\nlast_updated_timestamp: 1\nname: churn-model\nrun_id: ${wish.runId}\nsource: x\nstatus: READY\nversion: 1\n`,
          );
          return answers ? Promise.resolve({ version: "1" }) : Promise.reject(new AppError("store/timeout", "No answer came."));
        },
      },
    };
  }

  function trained(f1: number): MlrunsFolder {
    const folder = runsFolder().run("1", idOf("a"), { ...startedAt(STARTED), tags: TAGGED, metrics: { f1: metric(f1) } });
    folder.write(`1/${idOf("a")}/artifacts/model/MLmodel`, "flavors: {}\n");
    return folder;
  }

  it("happens once, with what made the model, and a second look takes the version that is there", async () => {
    const folder = trained(0.9);
    const { wishes, port } = registrar(folder);
    const first = await outcome(folder, { config, when: "targets_met", registrar: port });
    const second = await outcome(folder, { config, when: "targets_met", registrar: port });
    expect([first.registered, second.registered]).toEqual(Array(2).fill({ model: "churn-model", version: "1" }));
    expect(wishes).toHaveLength(1);
    expect(wishes[0]).toMatchObject({
      runId: idOf("a"),
      model: "churn-model",
      source: { kind: "artifact", path: "model" },
      tags: { "mlops.job": plan.jobId, "mlops.plan": plan.hash, "mlops.fingerprint": plan.fingerprint.value },
    });
  });

  it("is found to have happened where only the answer got lost", async () => {
    const folder = trained(0.9);
    const { wishes, port } = registrar(folder, false);
    expect(await outcome(folder, { config, when: "finished", registrar: port })).toMatchObject({
      registered: { model: "churn-model", version: "1" },
      notes: [],
    });
    expect(wishes).toHaveLength(1);
  });

  it.each([
    ["never", 0.9, config, []],
    ["targets_met", 0.7, config, ["Nothing was registered: f1 does not meet the target."]],
    ["targets_met", 0.9, "model: {name: churn-model}\nkpis: [{name: f1}]", ["Nothing was registered: no KPI has a target."]],
    [
      "targets_met",
      0.9,
      `${config.trim().slice(0, -1)}, {name: auc, target: ">= 0.9"}]`,
      ["Nothing was registered: auc does not meet the target."],
    ],
    ["finished", 0.9, "name: churn", ["Nothing was registered: model.name says no name."]],
  ] as const)("does not happen with %s, f1 %d and %j", async (when, f1, text, notes) => {
    const folder = trained(f1);
    const { wishes, port } = registrar(folder);
    expect(await outcome(folder, { config: text, when, registrar: port })).toMatchObject({ registered: null, notes });
    expect(wishes).toEqual([]);
  });

  it("does not happen without a model, and says so", async () => {
    const folder = runsFolder().run("1", idOf("a"), { ...startedAt(STARTED), tags: TAGGED, metrics: { f1: metric(0.9) } });
    expect(await outcome(folder, { config, when: "finished" })).toMatchObject({
      registered: null,
      notes: ["Nothing was registered: the run logged no model."],
    });
  });
});
