import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { TextSink } from "../../../src/cli/cliHost";
import type { Command, CommandContext } from "../../../src/cli/command";
import { jobsCommand } from "../../../src/cli/commands/jobsCommand";
import { retrainCommand } from "../../../src/cli/commands/retrainCommand";
import { Output } from "../../../src/cli/output";
import { parseOptions } from "../../../src/cli/parseOptions";
import type { OpenTraining } from "../../../src/cli/retrain/openedTraining";
import { retrainProduct } from "../../../src/cli/retrain/retrainProduct";
import { showJobs } from "../../../src/cli/retrain/showJobs";
import { AppError } from "../../../src/core/base/appError";
import { JobService } from "../../../src/core/training/jobService";
import { NO_STATUS } from "../../../src/core/training/newJob";
import type { NeedFacts } from "../../../src/core/training/need/judgeNeed";
import type { RetrainPlan, RetrainWish } from "../../../src/core/training/retrainPlan";
import type { JudgedKpi, TrainingOutcome } from "../../../src/core/training/trainingJob";
import { LintFolder } from "../../builders/lintFolder";
import { retrainPlan, trainSpec } from "../../builders/retrainPlan";
import { MemoryJournal } from "../../fakes/memoryJournal";
import { ScriptedEngine } from "../../fakes/scriptedEngine";
import { kpi as monitoredKpi, result } from "../monitoring/monitoringBuilders";

let folder: LintFolder;

beforeAll(() => {
  folder = new LintFolder().write({ "churn/mlops.yaml": "version: 1\nname: churn\n", "other/mlops.yaml": "version: 1\nname: other\n" });
  folder.git("init", "--quiet");
});

afterAll(() => folder.dispose());

const KPI: JudgedKpi = { name: "f1", group: null, value: 0.82, target: ">= 0.80", status: "pass", champion: 0.8, isBetter: true };

class Setting {
  readonly journal = new MemoryJournal();
  readonly engine = new ScriptedEngine("local");
  readonly wishes: RetrainWish[] = [];
  readonly questions: string[] = [];
  plan: Partial<RetrainPlan> = {};
  facts: Partial<NeedFacts> = {};
  kpis: readonly JudgedKpi[] = [KPI];
  /** Why the outcome cannot be had. */
  away: Error | null = null;
  now = Date.now();
  signal = new AbortController().signal;
  /** What somebody types; null where nobody sits at a terminal. */
  answer: string | null = null;
  private tokens = 0;

  constructor() {
    this.engine.state = { ...NO_STATUS, state: "succeeded", startedAt: this.now, endedAt: this.now + 61_000, exitCode: 0 };
  }

  readonly open: OpenTraining = () => ({
    journal: this.journal,
    jobs: new JobService({
      journal: this.journal,
      engines: new Map([["local", this.engine]]),
      planning: { outdated: () => Promise.resolve([]) },
      outcomes: { find: () => (this.away === null ? Promise.resolve(this.outcome()) : Promise.reject(this.away)) },
      hashOf: ({ hash }) => hash,
      configs: () => Promise.resolve(["churn/mlops.yaml"]),
      now: () => this.now,
      who: () => Promise.resolve("ana"),
      isTrusted: () => true,
      newToken: () => String(++this.tokens),
    }),
    planning: {
      plan: (wish) => {
        this.wishes.push(wish);
        const { config, reason, againBecause } = wish;
        const spec = trainSpec({ config });
        const times = { createdAt: this.now, expiresAt: this.now + 900_000 };
        return Promise.resolve(retrainPlan({ spec, config, reason, againBecause, ...times, ...this.plan }));
      },
      outdated: () => Promise.resolve([]),
    },
    needFacts: () => Promise.resolve({ trigger: undefined, latest: null, jobs: [], newestRun: null, now: this.now, ...this.facts }),
    planText: ({ jobId }) => `The plan ${jobId}`,
    dispose: () => undefined,
  });

  async run(command: Command, ...args: string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    const written = { stdout: "", stderr: "" };
    const sink = (name: "stdout" | "stderr"): TextSink => ({
      isTerminal: false,
      columns: undefined,
      write: (text) => {
        written[name] += text;
        return Promise.resolve();
      },
    });
    const options = parseOptions(args, command.options, command.name, command.argument);
    const { answer } = this;
    const host = {
      env: {},
      cwd: folder.path,
      stdout: sink("stdout"),
      stderr: sink("stderr"),
      signal: this.signal,
      now: () => this.now,
      ask:
        answer === null
          ? undefined
          : (question: string) => {
              this.questions.push(question);
              return Promise.resolve(answer);
            },
    };
    const context: CommandContext = {
      options,
      host,
      version: "1.2.3",
      output: new Output(host, { json: options.has("json"), quiet: options.has("quiet"), color: false }),
      openStore: () => Promise.reject(new Error("No store is needed.")),
      openStores: () => Promise.reject(new Error("No store is needed.")),
      stores: { open: () => Promise.reject(new Error("No store is needed.")) },
    };
    const code = await (command.name === "retrain" ? retrainProduct(context, this.open) : showJobs(context, this.open));
    return { code, ...written };
  }

  retrain(...args: string[]): ReturnType<Setting["run"]> {
    return this.run(retrainCommand, ...args);
  }

  jobs(...args: string[]): ReturnType<Setting["run"]> {
    return this.run(jobsCommand, ...args);
  }

  private outcome(): TrainingOutcome {
    const runs = [{ storeId: "s", experimentId: "1", runId: "r1", name: "swift-cat", status: "FINISHED" }];
    return { runs, kpis: this.kpis, champion: null, registered: null, cost: null, notes: [], at: this.now };
  }
}

const BLOCK = { result: "block", message: "No.", remedy: null } as const;

describe("mlops retrain", () => {
  it("shows the plan, trains, writes the log to standard error, and judges", async () => {
    const setting = new Setting();
    const { code, stdout, stderr } = await setting.retrain(
      "churn",
      "--yes",
      "--param",
      "lr=0.1",
      "--param",
      "note=a=b c",
      "--reason",
      "Why not?",
    );
    expect(code).toBe(0);
    expect(stdout).toContain("The plan churn-2026");
    expect(stdout).toContain("f1: 0.82, target >= 0.80, meets its target; the model at work has 0.8, this is better");
    expect(stdout).toContain("swift-cat (r1), finished");
    expect(stderr).toContain("epoch 1\n");
    expect(setting.wishes).toEqual([
      {
        config: "churn/mlops.yaml",
        engine: null,
        params: { lr: "0.1", note: "a=b c" },
        reason: { kind: "manual", text: "Why not?" },
        againBecause: null,
        consents: [],
      },
    ]);
  });

  it("writes plan and job as JSON and nothing else to standard output", async () => {
    const setting = new Setting();
    const { code, stdout } = await setting.retrain("churn/mlops.yaml", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ plan: { product: "churn" }, job: { status: { state: "succeeded" } }, needed: null });
  });

  it("needs a yes: from the terminal, or by an option where nobody sits at one", async () => {
    const nobody = new Setting();
    await expect(nobody.retrain("churn")).rejects.toThrow(/Nobody sits at a terminal/);
    const no = new Setting();
    no.answer = "";
    expect(await no.retrain("churn")).toMatchObject({ code: 0, stderr: expect.stringContaining("Nothing was started.") as string });
    expect(no.engine.calls).toEqual([]);
    const yes = new Setting();
    yes.answer = "y";
    expect((await yes.retrain("churn")).code).toBe(0);
    expect(yes.questions).toEqual(["Train churn on local as shown? [y/N] "]);
    expect(yes.engine.started.size).toBe(1);
  });

  it("only shows the plan where nothing else is asked for", async () => {
    const setting = new Setting();
    expect(await setting.retrain("churn", "--plan-only")).toMatchObject({ code: 0, stdout: expect.stringContaining("The plan") as string });
    const { stdout } = await setting.retrain("churn", "--plan-only", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ plan: { intent: "retrain" }, job: null, needed: null });
    expect(setting.engine.calls).toEqual([]);
  });

  it("says below a blocked plan what blocks it, and how a terminal mends that", async () => {
    const setting = new Setting();
    const question = 'The DAG "train" is paused. Unpause it?';
    setting.plan = {
      facts: { health: { ok: true, message: "" }, warnings: [], consents: [{ id: "unpause", question }], python: null },
      checks: [
        { id: "cost", result: "pass", message: "Cheap.", remedy: null },
        { id: "redundancy", result: "block", message: "The same again.", remedy: "Say why." },
        { id: "engine", result: "block", message: `A question is not answered: ${question}`, remedy: "Answer it." },
        { id: "data", result: "block", message: "Rows\u001b[2J are missing.", remedy: null },
      ],
    };
    for (const more of [[], ["--quiet"], ["--json"]]) {
      const { code, stderr } = await setting.retrain("churn", "--yes", ...more);
      expect(code).toBe(1);
      expect(stderr).toBe(
        [
          "Nothing was started: the plan is blocked.",
          '- The same again. Say why. On the command line: --again-because "REASON".',
          `- A question is not answered: ${question} Answer it. On the command line: --consent unpause.`,
          "- Rows\\u001b[2J are missing.\n",
        ].join("\n"),
      );
    }
    expect(setting.engine.calls).toEqual([]);
  });

  it("leaves a training alone that it started with --detach", async () => {
    const setting = new Setting();
    const { code, stdout, stderr } = await setting.retrain("churn", "--yes", "--detach", "--json");
    expect({ code, stderr: stderr.includes("epoch") }).toEqual({ code: 0, stderr: false });
    expect(JSON.parse(stdout)).toMatchObject({ job: { phase: "submitted", status: { state: "queued" } } });
  });

  it("ends the looking on with Ctrl-C, and says how to end the training", async () => {
    const setting = new Setting();
    const controller = new AbortController();
    setting.signal = controller.signal;
    setting.engine.state = { ...NO_STATUS, state: "running", startedAt: setting.now };
    const { status } = setting.engine;
    setting.engine.status = (...args) => {
      setTimeout(() => controller.abort(), 0);
      return status(...args);
    };
    const { code, stderr } = await setting.retrain("churn", "--yes");
    expect(code).toBe(130);
    expect(stderr).toContain('goes on. See how it is with "mlops jobs churn-');
    expect(stderr).toContain("--cancel");
    expect(setting.engine.calls).not.toContain("cancel");
  });

  it.each<[string, number, (setting: Setting) => void]>([
    ["failed", 1, ({ engine }) => (engine.state = { ...engine.state, state: "failed", exitCode: 1 })],
    ["was cancelled", 1, ({ engine }) => (engine.state = { ...engine.state, state: "cancelled" })],
    ["missed a target", 1, (setting) => (setting.kpis = [KPI, { ...KPI, status: "fail" }])],
    ["has no figure for a target", 3, (setting) => (setting.kpis = [{ ...KPI, value: null, status: "unknown" }])],
    ["has a figure without a target", 0, (setting) => (setting.kpis = [{ ...KPI, target: null, status: "unknown" }])],
    ["came near its target", 0, (setting) => (setting.kpis = [{ ...KPI, status: "warn" }])],
    ["is blocked by data", 1, (setting) => (setting.plan = { checks: [{ ...BLOCK, id: "data" }] })],
    ["is blocked by the model that is there", 1, (setting) => (setting.plan = { checks: [{ ...BLOCK, id: "redundancy" }] })],
    ["is blocked by a parameter", 2, (setting) => (setting.plan = { checks: [{ ...BLOCK, id: "params" }] })],
    [
      "is blocked by data that cannot be judged",
      3,
      (setting) =>
        (setting.plan = {
          checks: [{ ...BLOCK, id: "data" }],
          dataCheck: {
            schema: 1,
            product: "churn",
            config: "churn/mlops.yaml",
            result: "unknown",
            files: [],
            findings: [],
            commit: null,
            checkedAt: 0,
            tool: "test",
          },
        }),
    ],
  ])("where it %s ends with %d", async (_, code, prepare) => {
    const setting = new Setting();
    prepare(setting);
    expect((await setting.retrain("churn", "--yes")).code).toBe(code);
  });

  it("gives up on a store that stays away after the end", async () => {
    const setting = new Setting();
    setting.away = new AppError("store/unreachable", "The server does not answer.");
    const { code, stdout } = await setting.retrain("churn", "--yes");
    expect(code).toBe(3);
    expect(stdout).toContain("The result is not judged yet. The server does not answer.");
  });

  it.each<[string, RegExp, readonly string[]]>([
    ["an unknown engine", /There is no engine "lokal"\. Did you mean "?local/, ["--engine", "lokal"]],
    ["a parameter without a value", /takes a name and a value/, ["--param", "lr"]],
    ["a parameter twice", /given twice/, ["--param", "lr=1", "--param", "lr=2"]],
    ["an empty reason", /--again-because is empty/, ["--again-because", " "]],
    ["plan only and yes", /exclude each other/, ["--plan-only"]],
  ])("refuses %s", async (_, message, args) => {
    await expect(new Setting().retrain("churn", "--yes", ...args)).rejects.toThrow(message);
  });

  it("refuses a product that is not there, and a folder with several", async () => {
    await expect(new Setting().retrain("chrun", "--yes")).rejects.toThrow(/There is no product.*churn/);
    await expect(new Setting().retrain(".", "--yes")).rejects.toThrow(/holds 2 products/);
  });
});

describe("mlops retrain --if-needed", () => {
  it("trains with the reason that asked for it", async () => {
    const setting = new Setting();
    setting.facts = {
      trigger: { on_drift: "fail" },
      latest: result({ status: "fail", verdict: "f1 misses its target.", kpis: [monitoredKpi()] }),
    };
    const { code, stdout } = await setting.retrain("churn", "--if-needed", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ needed: { kind: "needed", reason: { kind: "drift" } }, job: { reason: { kind: "drift" } } });
  });

  it("says why not, and makes no plan where that is known without one", async () => {
    const setting = new Setting();
    const { code, stdout, stderr } = await setting.retrain("churn", "--if-needed", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ plan: null, job: null, needed: { kind: "not_needed" } });
    expect(stderr).toContain("Nothing starts a training by itself");
    expect(setting.wishes).toEqual([]);
  });

  it("does not train the same model again, unless somebody says why", async () => {
    const past = { jobId: null, run: null, endedAt: null, durationMs: null, kpis: {}, cost: null, commit: null, params: {} };
    const setting = new Setting();
    setting.facts = { trigger: { schedule: "@daily" } };
    setting.plan = { redundancy: { kind: "redundant", past, because: "It is that of swift-cat." } };
    const refused = await setting.retrain("churn", "--if-needed", "--yes");
    expect(refused).toMatchObject({ code: 0, stderr: expect.stringContaining("It is that of swift-cat.") as string });
    expect(setting.engine.calls).toEqual([]);
    expect((await setting.retrain("churn", "--if-needed", "--yes", "--again-because", "To see it repeat")).code).toBe(0);
    expect(setting.engine.started.size).toBe(1);
  });

  it("ends with 3 where nobody can tell", async () => {
    const setting = new Setting();
    setting.facts = { trigger: { on_drift: "fail" } };
    expect(await setting.retrain("churn", "--if-needed", "--yes")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("never checked") as string,
    });
  });
});

describe("mlops jobs", () => {
  it("lists trainings, shows one by the beginning of its ID, and writes its log", async () => {
    const setting = new Setting();
    expect(await setting.jobs()).toMatchObject({ code: 0, stdout: "", stderr: "There is no training here.\n" });
    await setting.retrain("churn", "--yes", "--quiet");
    const list = await setting.jobs();
    expect(list.stdout).toMatch(/churn-20261130-120000-a1b2c3 +churn +local +succeeded/);
    expect((JSON.parse((await setting.jobs("--json")).stdout) as { jobs: unknown[] }).jobs).toHaveLength(1);
    expect((await setting.jobs("churn-2026")).stdout).toContain("meets its target");
    expect(await setting.jobs("churn-2026", "--log")).toMatchObject({ stdout: "epoch 1\n", stderr: "" });
    expect(JSON.parse((await setting.jobs("churn-2026", "--log", "--json")).stdout)).toMatchObject({
      log: "epoch 1\n",
      job: { product: "churn" },
    });
  });

  it("ends a training, and asks engines how those are that are not over", async () => {
    const setting = new Setting();
    setting.engine.state = { ...NO_STATUS, state: "running", startedAt: setting.now };
    await setting.retrain("churn", "--yes", "--detach");
    expect((await setting.jobs()).stdout).toContain("running");
    const { stdout } = await setting.jobs("churn-2026", "--cancel", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ job: { status: { state: "cancelled" } } });
  });

  it.each<[RegExp, readonly string[]]>([
    [/There is no training "nobody"/, ["nobody"]],
    [/--log is for one training/, ["--log"]],
    [/--cancel is for one training/, ["--cancel"]],
    [/--max takes a whole number/, ["--max", "0"]],
  ])("says %s", async (message, args) => {
    await expect(new Setting().jobs(...args)).rejects.toThrow(message);
  });
});
