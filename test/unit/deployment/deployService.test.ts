import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployPlan, DeployWish } from "../../../src/core/deployment/deployPlan";
import { deployPlanHash } from "../../../src/core/deployment/deployPlanHash";
import type { Deployment } from "../../../src/core/deployment/deployment";
import type { DeployTarget } from "../../../src/core/deployment/deployTarget";
import type { DeployWorld } from "../../../src/core/deployment/deployWorld";
import { openDeployments } from "../../../src/core/deployment/openDeployments";
import { DEPLOY_CONFIG, DEPLOY_PRODUCT, deployWorld, gateResult, sha256, writeProduct } from "../../builders/deployWorld";
import { fileTarget, type FileTargetHooks, heldAt, holdAt } from "../../fakes/fileTarget";

const scratch = mkdtempSync(join(tmpdir(), "mlops-service-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A product with a place that holds version 1, or what a test says. */
class Setting {
  readonly root = mkdtempSync(join(scratch, "case-"));
  readonly folder = dirname(writeProduct(this.root));
  readonly lines: string[] = [];
  readonly seen: Deployment[] = [];
  readonly opened: ReturnType<typeof openDeployments>;

  constructor(
    held: string | null = "1",
    private readonly hooks: FileTargetHooks = {},
    private readonly changes: Partial<DeployWorld> = {},
  ) {
    holdAt(this.folder, held);
    this.opened = this.window();
  }

  /** Another window on the same folder. */
  window(changes: Partial<DeployWorld> = {}): ReturnType<typeof openDeployments> {
    return openDeployments(deployWorld(this.root, fileTarget(this.hooks), { ...this.changes, ...changes }));
  }

  plan(version: string | null, more: Partial<DeployWish> = {}): Promise<DeployPlan> {
    const wish = { config: DEPLOY_CONFIG, target: "staging", version, intent: "deploy", reason: "Because of a test", ...more } as const;
    return this.opened.planning.plan(wish, NEVER_CANCELLED);
  }

  async deploy(version: string | null, more: Partial<DeployWish> = {}, signal = NEVER_CANCELLED): Promise<Deployment> {
    return this.run(await this.plan(version, more), signal);
  }

  run(plan: DeployPlan, signal = NEVER_CANCELLED, opened = this.opened, confirmation: string | null = null): Promise<Deployment> {
    return opened.deployments.run(
      plan,
      confirmation,
      (now) => this.seen.push(now),
      (line) => this.lines.push(line),
      signal,
    );
  }

  mark(name: string): void {
    writeFileSync(join(this.folder, name), "");
  }

  async entries(): Promise<readonly string[]> {
    const { entries, problems } = await this.opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED);
    expect(problems).toEqual([]);
    return entries.map(({ state, version, previous, serves }) => `${state} ${previous ?? "-"}>${version} is ${serves ?? "-"}`).reverse();
  }

  get log(): string {
    return join(this.folder, ".mlops", "deployments.jsonl");
  }
}

describe("a deployment", () => {
  it("does each step, checks, and ends with a line in the log", async () => {
    const now = new Setting();
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "succeeded", serves: "2", previous: "1", who: "Ana" });
    expect(done.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "prepare done",
      "switch done",
      "health done",
      "score done",
      "settle done",
    ]);
    expect(heldAt(now.folder)).toBe("2");
    expect(await now.entries()).toEqual(["succeeded 1>2 is 2"]);
    expect(now.seen.at(-1)).toEqual(done);
    const kept = await now.opened.read(DEPLOY_CONFIG, done.id, NEVER_CANCELLED);
    expect(kept?.deployment).toEqual(done);
    expect(kept?.log).toContain("Did switch with version 2.");
    expect(readFileSync(join(now.folder, ".mlops", "deployments", ".gitignore"), "utf8")).toBe("*\n");
  });

  it("says in the log whether an emergency exception let it through", async () => {
    const exception = { file: ".mlops/signoffs/x.yaml", until: "2026-12-01T00:00:00Z", by: ["ana@example.org", "leo@example.org"] };
    for (const [made, gate] of [
      [null, { decision: "pass" }],
      [exception, { decision: "pass", exception: true }],
    ] as const) {
      const judge: DeployWorld["gate"]["judge"] = (wish) => Promise.resolve(gateResult(wish, { exception: made }));
      const now = new Setting("1", {}, { gate: { judge, record: () => Promise.resolve() } });
      await now.deploy("2");
      const { entries } = await now.opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED);
      expect(entries.map((entry) => ({ ...entry.gate, hash: "" }))).toEqual([{ ...gate, hash: "" }]);
    }
  });

  it("was written down before each step", async () => {
    const states: (string | undefined)[] = [];
    const now: Setting = new Setting("1", {
      at: async (when) => {
        if (when.startsWith("before ")) {
          const [id = ""] = readdirSync(join(now.folder, ".mlops", "deployments")).filter((name) => !name.startsWith("."));
          const kept = await now.opened.read(DEPLOY_CONFIG, id, NEVER_CANCELLED);
          states.push(kept?.deployment.steps.find((step) => when.endsWith(step.id))?.state);
        }
      },
    });
    await now.deploy("2");
    expect(states).toEqual(["running", "running"]);
  });

  it.each([
    ["does not work", "broken-2"],
    ["answers nonsense", "silly-2"],
    ["is refused half way", "refused-2"],
  ])("goes back by itself when the new version %s, and says so", async (_what, mark) => {
    const now = new Setting("1", {}, withInput());
    now.mark(mark);
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "rolled_back", serves: "1" });
    expect(done.message).toMatch(/^Version 2 .* Version 1 was put back by itself\.$/);
    expect(heldAt(now.folder)).toBe("1");
    expect(await now.entries()).toEqual(["rolled_back 1>2 is 1"]);
  });

  it("takes a first release away again when it does not work", async () => {
    const now = new Setting(null);
    now.mark("broken-2");
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "rolled_back", serves: null });
    expect(heldAt(now.folder)).toBeNull();
  });

  it("says so when going back fails as well", async () => {
    const now = new Setting();
    now.mark("broken-2");
    now.mark("refused-1");
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "failed", serves: "2" });
    expect(done.message).toContain("Going back failed as well: Version 1 is refused here.");
    expect(done.message).toContain("Version 2, which failed, is there now.");
  });

  it("leaves what somebody else put there meanwhile, and says so", async () => {
    const now: Setting = new Setting("1", { at: (when) => (when === "health" ? holdAt(now.folder, "3") : undefined) });
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "failed" });
    expect(heldAt(now.folder)).toBe("3");
    expect(await now.entries()).toEqual(["failed 1>2 is 3"]);
  });

  it("says of a place that goes away in the middle that nobody knows what is there", async () => {
    const now: Setting = new Setting("1", { at: (when) => (when === "after switch" ? now.mark("gone") : undefined) });
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "failed", serves: null });
    expect(done.message).toContain("What is there now is not known.");
    const [status] = await now.opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(status).toMatchObject({ version: null, problem: "The place is gone.", isMovedElsewhere: false });
  });

  it("goes back when it is called off in the middle", async () => {
    const stop = new AbortController();
    const now = new Setting("1", { at: (when) => (when === "after switch" ? stop.abort() : undefined) });
    const done = await now.deploy("2", {}, stop.signal);
    expect(done).toMatchObject({ state: "cancelled", serves: "1" });
    expect(heldAt(now.folder)).toBe("1");
    expect(await now.entries()).toEqual(["cancelled 1>2 is 1"]);
  });

  it("ends a step that takes longer than it may", async () => {
    let hangs = true;
    const hang = (when: string): Promise<void> | void => {
      if (when === "before switch" && hangs) {
        hangs = false;
        return new Promise(() => undefined);
      }
    };
    const now = new Setting("1", { at: hang }, QUICK);
    const done = await now.deploy("2");
    expect(done.message).toMatch(/was not done within/);
    expect(done).toMatchObject({ state: "rolled_back", serves: "1" });
  });
});

/** Steps may take a moment only; what does not listen to its signal is waited for no longer. */
const QUICK: Partial<DeployWorld> = {
  within: async (_ms, what, signal, work) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} was not done within a moment.`)), 300);
    });
    try {
      return await Promise.race([work(signal), late]);
    } finally {
      clearTimeout(timer);
    }
  },
};

/** A registry whose versions have an input example, and a target that is asked with it. */
function withInput(): Partial<DeployWorld> {
  const files: Readonly<Record<string, string>> = {
    MLmodel:
      "saved_input_example_info:\n  artifact_path: input_example.json\n  serving_input_path: serving_input_example.json\n  type: dataframe\n",
    "serving_input_example.json": JSON.stringify({ dataframe_split: { columns: ["a"], data: [[1]] } }),
  };
  const base = deployWorld("/nowhere", fileTarget());
  return {
    openStore: async (location, signal) => {
      const store = await base.openStore(location, signal);
      return Object.assign(store, { readArtifact: (_: unknown, path: string) => Promise.resolve(Buffer.from(files[path] ?? "")) });
    },
    files: {
      readText: () =>
        Promise.resolve(DEPLOY_PRODUCT.replace("command: [release]", 'command: [release], score: "http://127.0.0.1:1/score"')),
      look: base.files.look,
    },
  };
}

describe("what is refused", () => {
  it("is a plan that was changed, is old, or is not confirmed", async () => {
    const now = new Setting();
    const plan = await now.plan("2");
    await expect(now.run({ ...plan, version: "3" })).rejects.toThrow("its content and its hash differ");
    const old = withHash({ ...plan, createdAt: plan.createdAt - 3_600_000, expiresAt: plan.expiresAt - 3_600_000 });
    await expect(now.run(old)).rejects.toThrow("older than 15 minutes");
    const named = withHash({ ...plan, confirmBy: "churn" });
    await expect(now.run(named, NEVER_CANCELLED, now.opened, "chrun")).rejects.toThrow("not confirmed");
    await expect(now.run(named, NEVER_CANCELLED, now.opened, "churn")).resolves.toMatchObject({ state: "succeeded" });
  });

  it("is a plan that the gate stops, and one that it lets through by a warning is carried out", async () => {
    const blocking = { id: "kpi:f1", result: "block" as const, message: "f1 misses its target.", evidence: [], remedy: "Train it better." };
    for (const [mode, decision, goes] of [
      ["block", "block", false],
      ["block", "could_not_judge", false],
      ["warn", "block", true],
      ["block", "warn", true],
    ] as const) {
      const checks = decision === "warn" ? [] : [{ ...blocking, result: decision }];
      const gate: DeployWorld["gate"] = {
        judge: (wish) => Promise.resolve(gateResult(wish, { mode, decision, checks })),
        record: () => Promise.resolve(),
      };
      const now = new Setting("1", {}, { gate });
      const plan = await now.plan("2");
      const run = now.run(plan);
      await (goes ? expect(run).resolves.toMatchObject({ state: "succeeded" }) : expect(run).rejects.toThrow("f1 misses its target."));
      expect(heldAt(now.folder)).toBe(goes ? "2" : "1");
    }
  });

  it("is a release whose decision of the gate cannot be kept", async () => {
    const gate: DeployWorld["gate"] = {
      judge: (wish) => Promise.resolve(gateResult(wish)),
      record: () => Promise.reject(new Error("The gate's log does not verify.")),
    };
    const now = new Setting("1", {}, { gate });
    await expect(now.deploy("2")).rejects.toThrow("does not verify");
    expect(heldAt(now.folder)).toBe("1");
    expect(await now.entries()).toEqual([]);
  });

  it("is anything in a folder that is not trusted, where no target is asked either", async () => {
    const now = new Setting("1", {
      at: (when) => {
        throw new Error(`It was asked: ${when}`);
      },
    });
    const window = now.window({ isTrusted: () => false });
    const wish = { config: DEPLOY_CONFIG, target: "staging", version: "2", intent: "deploy", reason: null } as const;
    const plan = await window.planning.plan(wish, NEVER_CANCELLED);
    expect(plan.checks).toContainEqual(expect.objectContaining({ id: "trust", result: "block" }));
    expect(plan.gate.decision).toBe("could_not_judge");
    await expect(now.run(plan, NEVER_CANCELLED, window)).rejects.toThrow("not trusted");
    const [status] = await window.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(status).toMatchObject({ version: null, problem: "The target is not asked: the folder is not trusted." });
  });

  it("is a plan whose facts have changed: file, place, version or gate", async () => {
    const now = new Setting();
    const plan = await now.plan("2");
    holdAt(now.folder, "4");
    await expect(now.run(plan)).rejects.toThrow("Version 4 is there now.");
    holdAt(now.folder, "1");
    writeProduct(now.root, `${DEPLOY_PRODUCT}stage: staging\n`);
    await expect(now.run(plan)).rejects.toThrow("was changed");
    writeProduct(now.root);
    const gate: DeployWorld["gate"] = {
      judge: (wish) =>
        Promise.resolve(
          gateResult(wish, { decision: "block", checks: [{ id: "x", result: "block", message: "No.", evidence: [], remedy: null }] }),
        ),
      record: () => Promise.resolve(),
    };
    await expect(now.run(plan, NEVER_CANCELLED, now.window({ gate }))).rejects.toThrow("The gate answers otherwise by now. No.");
    await expect(now.run(plan)).resolves.toMatchObject({ state: "succeeded" });
    await expect(now.run(plan)).rejects.toThrow(/does not hold any more|already/);
  });

  it("is a release while the log does not verify: one flipped byte is enough", async () => {
    const now = new Setting();
    await now.deploy("2");
    await now.deploy("3");
    const plan = await now.plan("4");
    writeFileSync(now.log, readFileSync(now.log, "utf8").replace('"version":"2"', '"version":"9"'));
    await expect(now.run(plan)).rejects.toThrow("does not verify");
    expect(heldAt(now.folder)).toBe("3");
    expect((await now.plan("4")).checks).toContainEqual(expect.objectContaining({ id: "running", result: "block" }));
    const { problems } = await now.opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED);
    expect(problems).toHaveLength(1);
  });
});

describe("two people at once", () => {
  it("release to one target one after the other, and the second sees that its plan does not hold", async () => {
    const now = new Setting();
    const [first, second] = [await now.plan("2"), await now.plan("3")];
    const ends = await Promise.allSettled([now.run(first), now.run(second, NEVER_CANCELLED, now.window())]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = ends[0].status === "fulfilled" ? "2" : "3";
    expect(heldAt(now.folder)).toBe(winner);
    expect(await now.entries()).toEqual([`succeeded 1>${winner} is ${winner}`]);
  });

  it("do not carry one plan out twice", async () => {
    const now = new Setting();
    const plan = await now.plan("2");
    const ends = await Promise.allSettled([1, 2, 3].map(() => now.run(plan, NEVER_CANCELLED, now.window())));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await now.entries()).toEqual(["succeeded 1>2 is 2"]);
  });

  it("are told of each other while a release goes on", async () => {
    let go: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (go = resolve));
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const now = new Setting("1", {
      at: (when) => {
        if (when === "before switch") {
          begun();
          return waits;
        }
        return undefined;
      },
    });
    const work = now.deploy("2");
    await hasBegun;
    const [status] = await now.window().deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(status?.running).toMatchObject({ version: "2", state: "running" });
    expect((await now.plan("3")).checks).toContainEqual(expect.objectContaining({ id: "running", result: "block" }));
    await expect(now.opened.controls.run(DEPLOY_CONFIG, "staging", { kind: "stop" }, NEVER_CANCELLED)).rejects.toThrow(
      "being changed right now",
    );
    go();
    expect(await work).toMatchObject({ state: "succeeded" });
  });
});

describe("going back", () => {
  it("leads to the version before, two in a row to the one before that", async () => {
    const now = new Setting();
    await now.deploy("2");
    await now.deploy("3");
    expect(await now.deploy(null, { intent: "rollback" })).toMatchObject({ state: "succeeded", version: "2", serves: "2" });
    expect(await now.deploy(null, { intent: "rollback" })).toMatchObject({ state: "succeeded", version: "1", serves: "1" });
    await expect(now.deploy(null, { intent: "rollback" })).rejects.toThrow("There is no version to go back to");
    expect(await now.entries()).toHaveLength(4);
  });

  it("leads back to what the log knows when somebody moved the place elsewhere", async () => {
    const now = new Setting();
    await now.deploy("2");
    holdAt(now.folder, "4");
    const [status] = await now.opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(status).toMatchObject({ version: "4", isMovedElsewhere: true });
    expect(await now.deploy(null, { intent: "rollback" })).toMatchObject({ version: "2", serves: "2" });
  });
});

describe("a target that cannot tell its version", () => {
  /** @param mute whether it says so by now. */
  const mute = (isMute: () => boolean = () => true): Partial<DeployWorld> => {
    const told = fileTarget();
    const target: DeployTarget = {
      ...told,
      inspect: async (...about) => ({
        ...(await told.inspect(...about)),
        ...(isMute() ? { version: null, canTell: false, state: "" } : {}),
      }),
      health: async (...about) => ({ ...(await told.health(...about)), ...(isMute() ? { version: null } : {}) }),
    };
    return { targets: { get: () => target } };
  };

  it("is said to hold nothing that anybody knows after going back failed as well, and goes back to what was before", async () => {
    const now = new Setting("1", {}, mute());
    await now.deploy("1");
    await now.deploy("2");
    expect((await now.opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0]).toMatchObject({ version: "2", problem: null });
    now.mark("broken-3");
    now.mark("refused-2");
    expect(await now.deploy("3")).toMatchObject({ state: "failed", serves: null });
    const [status] = await now.opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(status).toMatchObject({ version: null, since: null, by: null, problem: expect.stringMatching(/not known/) as string });
    expect(await now.plan("4")).toMatchObject({ previous: null });
    rmSync(join(now.folder, "refused-2"));
    expect(await now.deploy(null, { intent: "rollback" })).toMatchObject({ state: "succeeded", version: "2" });
    expect(await now.deploy(null, { intent: "rollback" })).toMatchObject({ state: "succeeded", version: "1" });
    expect(await now.entries()).toEqual([
      "succeeded ->1 is -",
      "succeeded 1>2 is -",
      "failed 2>3 is -",
      "succeeded ->2 is -",
      "succeeded 2>1 is -",
    ]);
  });

  it("is not said to hold what it held before where it fell silent meanwhile", async () => {
    let isMute = false;
    const now = new Setting(
      "1",
      {},
      mute(() => isMute),
    );
    const silencing = async (version: string): Promise<Deployment> => {
      isMute = false;
      const plan = await now.plan(version);
      const onProgress = ({ steps }: Deployment): void => {
        isMute ||= steps.some(({ id, state }) => id === "switch" && state === "done");
      };
      return now.opened.deployments.run(plan, null, onProgress, () => undefined, NEVER_CANCELLED);
    };
    const status = async (): Promise<unknown> => (await now.opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0];
    expect(await silencing("2")).toMatchObject({ state: "succeeded", serves: null });
    expect(await status()).toMatchObject({ version: "2", isMovedElsewhere: false });
    isMute = false;
    expect(await status()).toMatchObject({ version: "2", isMovedElsewhere: false });
    now.mark("broken-3");
    now.mark("refused-2");
    expect(await silencing("3")).toMatchObject({ state: "failed", serves: null });
  });
});

describe("the journal", () => {
  it("passes over a damaged file and a line that was never finished", async () => {
    const now = new Setting();
    const done = await now.deploy("2");
    writeFileSync(join(now.folder, ".mlops", "deployments", done.id, "deployment.json"), "{");
    appendFileSync(now.log, '{"at":"2026');
    const fresh = now.window();
    const [status] = await fresh.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(status).toMatchObject({ version: "2", problem: null });
    expect(await now.deploy("3")).toMatchObject({ state: "succeeded" });
    expect(await now.entries()).toEqual(["succeeded 1>2 is 2", "succeeded 2>3 is 3"]);
  });

  it("says that a release took place that could not be written down, and finds it again", async () => {
    const now: Setting = new Setting("1", {
      at: (when) => (when === "health" && !existsSync(now.log) ? writeFileSync(now.log, "no log\n") : undefined),
    });
    const done = await now.deploy("2");
    expect(done).toMatchObject({ state: "succeeded", serves: "2" });
    expect(done.message).toContain("That could not be written down.");
    rmSync(now.log);
    await now.window().deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
    expect(await now.entries()).toEqual(["interrupted 1>2 is 2"]);
  });
});

function withHash(plan: DeployPlan): DeployPlan {
  const { hash: _, ...content } = plan;
  return { ...plan, hash: deployPlanHash(content, sha256) };
}
