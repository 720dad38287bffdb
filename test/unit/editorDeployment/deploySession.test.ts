import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";

import { unlessCancelled } from "../../../src/core/base/cancel";
import { openDeployments } from "../../../src/core/deployment/openDeployments";
import { toDeployChoices } from "../../../src/core/deployment/view/toDeployChoices";
import { deployPlanMarkdown } from "../../../src/core/deployment/view/deployPlanText";
import type { Deployment } from "../../../src/core/deployment/deployment";
import type { DeployWorld } from "../../../src/core/deployment/deployWorld";
import type { DeploymentFolder } from "../../../src/editor/deployment/deploymentServices";
import { DeploySession } from "../../../src/editor/deployment/deploySession";
import { type DeploySubject, EMPTY_DEPLOY_FORM, parseDeploySubject } from "../../../src/editor/deployment/deploySubject";
import { aVersion, DEPLOY_CONFIG, deployWorld, gateResult, writeProduct } from "../../builders/deployWorld";
import { fileTarget, type FileTargetHooks, heldAt, holdAt } from "../../fakes/fileTarget";

const scratch = mkdtempSync(join(tmpdir(), "mlops-deploy-session-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Setting {
  readonly session: DeploySession;
  readonly place: string;
  readonly ended: Deployment[];
  readonly subjects: DeploySubject[];
  /** Another page that shows the same, as a second window has it. */
  readonly elsewhere: () => DeploySession;
}

function setting(
  subject: Partial<DeploySubject> = {},
  { hooks = {}, world = {}, isTrusted = true }: { hooks?: FileTargetHooks; world?: Partial<DeployWorld>; isTrusted?: boolean } = {},
): Setting {
  const root = mkdtempSync(join(scratch, "case-"));
  const place = dirname(writeProduct(root));
  holdAt(place, "1");
  const made = deployWorld(root, fileTarget(hooks), world);
  const { planning, deployments, read } = openDeployments(made);
  const folder: DeploymentFolder = {
    ...{ root, planning, deployments, read },
    files: made.files as DeploymentFolder["files"],
    planText: deployPlanMarkdown,
    choices: () =>
      Promise.resolve(toDeployChoices([{ name: "staging", type: "command", version: "1" }], [aVersion("2"), aVersion("1")], [])),
    approvals: { list: () => Promise.resolve({ waiting: [], problem: null }), decide: () => Promise.resolve() },
    evidenceFor: () => Promise.resolve([]),
    controlsOf: () => Promise.resolve([]),
    control: () => Promise.resolve(""),
    dispose: () => undefined,
  };
  const ended: Deployment[] = [];
  const subjects: DeploySubject[] = [];
  const form = { ...EMPTY_DEPLOY_FORM, version: "2" };
  const open = (shown: DeploySubject): DeploySession => {
    const opened = new DeploySession(shown, {
      folderOf: () => folder,
      isTrusted: () => isTrusted,
      logError: () => undefined,
      changed: () => undefined,
      ended: (_, deployment) => ended.push(deployment),
    });
    onTestFinished(() => opened.dispose());
    return opened;
  };
  const session = open({ kind: "plan", root, config: DEPLOY_CONFIG, intent: "deploy", form, ...subject } as DeploySubject);
  session.onDidChangeSubject((next) => subjects.push(next));
  return { session, place, ended, subjects, elsewhere: () => open(session.place) };
}

/** Waits until the page shows what is wanted. */
const until = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 10 });

async function planned(session: DeploySession): Promise<string> {
  session.load();
  return until(() => {
    const { plan, step, failure } = session.view;
    expect(failure).toBeNull();
    expect(step).toBeNull();
    return plan?.hash ?? expect.fail("there is no plan");
  });
}

/** A deployment that stands before its last step until it may go on. */
async function halfWay(): Promise<Setting & { readonly goOn: () => void; readonly work: Promise<void> }> {
  let goOn: () => void = () => undefined;
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
  const made = setting({}, { hooks: { at: (when) => (when === "before switch" ? mayGoOn : undefined) } });
  const work = made.session.start(await planned(made.session), "");
  await until(() => expect(made.session.view.deployment?.steps.some(({ id, state }) => id === "switch" && state === "running")).toBe(true));
  return { ...made, goOn, work };
}

/** A gate that is at a large file, and stays there until it is stopped. @param from which of its answers takes so long. */
function hashingGate({ from = 1 }: { readonly from?: number } = {}): {
  readonly gate: DeployWorld["gate"];
  readonly wasStopped: () => boolean;
} {
  let asked = 0;
  let wasStopped = false;
  const gate: DeployWorld["gate"] = {
    judge: (wish, signal, onHashed) => {
      asked++;
      if (asked < from) {
        return Promise.resolve(gateResult(wish));
      }
      onHashed?.({ bytes: 3_200_000_000, total: 5_600_000_000 });
      return unlessCancelled(new Promise<never>(() => undefined), signal).finally(() => (wasStopped = true));
    },
    record: () => Promise.resolve(),
  };
  return { gate, wasStopped: () => wasStopped };
}

describe("a deployment on its page", () => {
  it("is planned for the only target, carried out, and shown to its end", async () => {
    const { session, place, ended, subjects } = setting();
    const hash = await planned(session);
    expect(session.view.plan).toMatchObject({ version: "2", previous: "1", target: "staging", blocked: [], confirmBy: null });
    await session.start(hash, "");
    expect(heldAt(place)).toBe("2");
    expect(session.view.deployment).toMatchObject({ state: "succeeded", canRollBack: true });
    expect(session.view.log).toContain("Did switch with version 2.");
    expect(session.isRunning).toBe(false);
    expect(ended.map(({ state }) => state)).toEqual(["succeeded"]);
    expect(subjects.at(-1)?.kind).toBe("deployment");
  });

  it("asks for a version before anything is judged", async () => {
    const { session } = setting({ form: EMPTY_DEPLOY_FORM });
    session.load();
    await until(() => expect(session.view.choices?.versions).toHaveLength(2));
    expect(session.view).toMatchObject({ plan: null, step: null, failure: null });
    session.setForm({ ...EMPTY_DEPLOY_FORM, version: "2" });
    await until(() => expect(session.view.plan?.version).toBe("2"));
  });

  it("shows a version that does not work going back, and offers the one before", async () => {
    const { session, place } = setting();
    writeFileSync(join(place, "broken-2"), "");
    await session.start(await planned(session), "");
    expect(session.view.deployment).toMatchObject({ state: "rolled_back" });
    expect(heldAt(place)).toBe("1");
  });

  it("starts nothing else than what is shown", async () => {
    const { session, place } = setting();
    await planned(session);
    await expect(session.start("0".repeat(64), "")).rejects.toThrow("Another plan is shown by now.");
    expect(heldAt(place)).toBe("1");
  });

  it("plans anew where the plan does not hold any more, and says why", async () => {
    const { session, place } = setting();
    const hash = await planned(session);
    holdAt(place, "3");
    await session.start(hash, "");
    await until(() => expect(session.view.step).toBeNull());
    expect(session.view.notice).toMatch(/does not hold any more/);
    expect(session.view.plan).toMatchObject({ previous: "3" });
    expect(heldAt(place)).toBe("3");
  });

  it("tells how much of a large model was hashed while it is planned, and can be stopped there", async () => {
    const judged = hashingGate();
    const { session } = setting({}, { world: { gate: judged.gate } });
    session.load();
    await until(() => expect(session.view.step).toBe("Hashing the model: 3.2 of 5.6 GB"));
    session.cancelPlanning();
    expect(session.view).toMatchObject({ step: null, plan: null, failure: null });
    await until(() => expect(judged.wasStopped()).toBe(true));
    expect(session.view).toMatchObject({ step: null, failure: null });
  });

  it("tells the same while it looks once more before a start, and changes nothing where it is stopped there", async () => {
    const judged = hashingGate({ from: 2 });
    const { session, place } = setting({}, { world: { gate: judged.gate } });
    const work = session.start(await planned(session), "");
    await until(() => expect(session.view.step).toBe("Hashing the model: 3.2 of 5.6 GB"));
    session.cancelPlanning();
    await work;
    expect(judged.wasStopped()).toBe(true);
    expect(session.view).toMatchObject({ step: null, failure: null, deployment: null, isRunning: false });
    expect(session.view.plan).toMatchObject({ version: "2", blocked: [] });
    expect(heldAt(place)).toBe("1");
  });

  it("cannot be started while the gate blocks, and says by what", async () => {
    const checks = [
      { id: "kpi:f1", result: "block", message: "f1 0.7 misses the target >= 0.8.", evidence: [], remedy: "Train it." },
    ] as const;
    const gate: DeployWorld["gate"] = {
      judge: (wish) => Promise.resolve(gateResult(wish, { decision: "block", checks })),
      record: () => Promise.resolve(),
    };
    const { session, place } = setting({}, { world: { gate } });
    const hash = await planned(session);
    expect(session.view.plan?.blocked).toEqual(["f1 0.7 misses the target >= 0.8."]);
    expect(session.view.plan?.gate.verdict).toBe("Blocked by 1 check.");
    await session.start(hash, "");
    await until(() => expect(session.view.step).toBeNull());
    expect(session.view.notice).toMatch(/blocked/);
    expect(heldAt(place)).toBe("1");
  });

  it("goes back when it is cancelled on its way", async () => {
    let reached: () => void = () => undefined;
    const atSwitch = new Promise<void>((resolve) => (reached = resolve));
    const { session, place } = setting({}, { hooks: { at: (when) => (when === "after prepare" ? reached() : undefined) } });
    const hash = await planned(session);
    const work = session.start(hash, "");
    await atSwitch;
    session.cancel();
    await work;
    expect(["cancelled", "rolled_back", "succeeded"]).toContain(session.view.deployment?.state);
    expect(heldAt(place)).toBe(session.view.deployment?.state === "succeeded" ? "2" : "1");
  });

  it("changes and asks nothing from a folder that is not trusted", async () => {
    const { session, place } = setting({}, { isTrusted: false });
    session.load();
    await until(() => expect(session.view.failure?.message).toMatch(/do not trust/));
    expect(session.view.plan).toBeNull();
    expect(heldAt(place)).toBe("1");
  });

  it("keeps what was shown where planning is stopped, and starts nothing of it", async () => {
    const { session } = setting();
    await planned(session);
    session.setForm({ ...EMPTY_DEPLOY_FORM, version: "1" });
    session.cancelPlanning();
    expect(session.view.plan?.blocked).toEqual(["Planning was stopped, so that this plan is older than what is chosen. Plan again."]);
  });

  it("is found again by its id, with its log", async () => {
    const { session } = setting();
    await session.start(await planned(session), "");
    session.load();
    await until(() => expect(session.view.step).toBeNull());
    expect(session.view.deployment).toMatchObject({ state: "succeeded" });
    expect(session.view.log).toContain("Did switch with version 2.");
  });

  it("is followed in another window to its end", async () => {
    const { session, ended, elsewhere, goOn, work } = await halfWay();
    const other = elsewhere();
    other.load();
    await until(() => expect(other.view.deployment?.state).toBe("running"));
    expect(other.view).toMatchObject({ isRunning: false, step: null });
    const seen: (string | undefined)[] = [];
    other.onDidChangeView(({ deployment }) => seen.push(deployment?.state));
    goOn();
    await work;
    expect(session.view.deployment?.state).toBe("succeeded");
    await until(() => expect(other.view.deployment).toEqual(session.view.deployment));
    expect(other.view.log).toContain("Did switch with version 2.");
    expect(seen.at(-1)).toBe("succeeded");
    expect(ended).toHaveLength(1);
  });

  it("is followed on where it cannot be read for a moment, and not where it is gone", async () => {
    const { session, place, elsewhere, goOn, work } = await halfWay();
    const other = elsewhere();
    other.load();
    await until(() => expect(other.view.deployment?.state).toBe("running"));
    const file = join(place, ".mlops", "deployments", other.view.deployment?.id ?? "", "deployment.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, "{");
    await until(() => expect(other.view.failure).not.toBeNull());
    expect(other.view.deployment?.state).toBe("running");
    writeFileSync(file, text);
    await until(() => expect(other.view.failure).toBeNull());
    rmSync(file);
    await until(() => expect(other.view.failure?.message).toMatch(/is not there any more/));
    writeFileSync(file, text);
    goOn();
    await work;
    expect(session.view.deployment?.state).toBe("succeeded");
    expect(other.view.failure?.message).toMatch(/is not there any more/);
  });

  it("is not looked at any more once it is over, or its page is closed or shows something else", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { session, elsewhere, goOn, work } = await halfWay();
    const others = [elsewhere(), elsewhere(), elsewhere()] as const;
    const waiting = vi.getTimerCount();
    for (const [index, other] of others.entries()) {
      other.load();
      await until(() => expect(vi.getTimerCount()).toBe(waiting + index + 1));
    }
    others[0].dispose();
    expect(vi.getTimerCount()).toBe(waiting + 2);
    others[1].planFor({ ...session.place, kind: "plan", intent: "deploy", form: EMPTY_DEPLOY_FORM });
    expect(vi.getTimerCount()).toBe(waiting + 1);
    goOn();
    await work;
    await until(() => expect(others[2].view.deployment?.state).toBe("succeeded"));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says that a deployment is gone", async () => {
    const { session } = setting({ kind: "deployment", id: "churn-20261130-000000-aaaaaa" });
    session.load();
    await until(() => expect(session.view.failure?.message).toMatch(/is not there any more/));
  });

  it("plans the way back to the version before", async () => {
    const { session } = setting();
    await session.start(await planned(session), "");
    expect(session.nextSubject("rollback")).toMatchObject({ intent: "rollback", form: { target: "staging", version: "1" } });
    expect(session.nextSubject("deploy")).toMatchObject({ intent: "deploy", form: { target: "staging", version: "2" } });
  });
});

describe("what a page kept over a reload", () => {
  it.each([
    [null],
    [{}],
    [{ kind: "plan", root: "/a", config: "mlops.yaml", intent: "destroy", form: EMPTY_DEPLOY_FORM }],
    [{ kind: "deployment", root: "/a", config: "mlops.yaml", id: "../../etc" }],
    [{ kind: "plan", root: "/a", config: "mlops.yaml", intent: "deploy", form: { target: 3, version: null, reason: null } }],
  ])("is dropped where it is none of ours: %j", (value) => {
    expect(parseDeploySubject(value)).toBeNull();
  });
});
