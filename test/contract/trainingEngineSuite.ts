import { describe, expect, it } from "vitest";

import { isAppError } from "../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { isOver } from "../../src/core/training/jobState";
import type { JobDraft, JobHandle, JobStatus, TrainingEngine } from "../../src/core/training/trainingEngine";
import type { ParamValue, TrainSpec } from "../../src/core/training/trainSpec";

/** `succeed` prints `begin` and `done`; `fail` ends badly; `long` prints `begin` and runs for minutes; `echo` prints the parameter `text` as JSON. */
export type SampleKind = "succeed" | "fail" | "long" | "echo";

/** How one engine is tried out. */
export interface EngineTrial {
  /** A new engine object each time, as after a restart; asked for once there is a project. */
  readonly engine: () => TrainingEngine;
  /** A project of its own, whose training does what its kind says. */
  readonly project: (kind: SampleKind) => Promise<TrainSpec>;
  /** How often the training of a project has begun. */
  readonly starts: (spec: TrainSpec) => Promise<number>;
  /** A value that must stay out of every action, and that the engine is given as a secret. */
  readonly secret: string;
  /** What `echo` is given; an engine whose way is more narrow says so. */
  readonly text?: string;
  /** What a log does not hold: some engines tell only their own words. Default true. */
  readonly hasLog?: boolean;
  /** A line of the engine's own that stands in a log only while the training runs. */
  readonly hint?: RegExp;
  /** Milliseconds a training may take to begin or end. */
  readonly patienceMs?: number;
  /** Milliseconds between two looks; servers are asked more seldom than files. */
  readonly pollMs?: number;
}

/** How long something may take, and how often one looks. */
export interface Patience {
  readonly ms: number;
  readonly pollMs: number;
}

const POLL_MS = 50;
const NASTY = `it's "quoted"; $(touch x) \`id\` %PATH% ünï ✓ --flag`;
let count = 0;

/** What every engine is held to. */
export function trainingEngineSuite(name: string, trial: EngineTrial): void {
  const patience: Patience = { ms: trial.patienceMs ?? 30_000, pollMs: trial.pollMs ?? POLL_MS };

  const prepare = async (kind: SampleKind, params: Readonly<Record<string, ParamValue>> = {}) => {
    const spec = await trial.project(kind);
    const engine = trial.engine();
    const draft = draftOf(spec, params);
    const facts = await engine.inspect(spec, NEVER_CANCELLED);
    return { engine, spec, draft, facts, action: engine.action(draft, facts) };
  };
  const start = async (kind: SampleKind, params: Readonly<Record<string, ParamValue>> = {}) => {
    const prepared = await prepare(kind, params);
    return { ...prepared, handle: await prepared.engine.submit(prepared.draft, prepared.action, NEVER_CANCELLED) };
  };

  describe(`Engine ${name}`, () => {
    it("says of a sound project that it can start", async () => {
      const { facts } = await prepare("succeed");
      expect(facts.health).toMatchObject({ ok: true });
      expect(facts.blockers).toEqual([]);
      expect(facts.health.message).toMatch(/\.$/);
    });

    it("makes the same action from the same draft, without secrets", async () => {
      const { engine, draft, facts, action } = await prepare("echo", { text: "a" });
      expect(engine.action(draft, facts)).toEqual(action);
      expect(JSON.parse(JSON.stringify(action))).toEqual(action);
      expect(JSON.stringify({ action, facts })).not.toContain(trial.secret);
    });

    it("starts, is followed, and succeeds", async () => {
      const { engine, handle, spec } = await start("succeed");
      const status = await untilOver(engine, handle, patience);
      expect(status).toMatchObject({ state: "succeeded" });
      expect(status.endedAt ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(status.startedAt ?? 0);
      expect(await trial.starts(spec)).toBe(1);
      if (trial.hasLog !== false) {
        const log = await wholeLog(engine, handle, patience);
        expect(log).toContain("begin");
        expect(log).toContain("done");
      }
      expect(JSON.stringify(handle)).not.toContain(trial.secret);
    });

    it("hands a parameter over unchanged", async () => {
      const text = trial.text ?? NASTY;
      const { engine, handle } = await start("echo", { text });
      expect(await untilOver(engine, handle, patience)).toMatchObject({ state: "succeeded" });
      if (trial.hasLog !== false) {
        expect(await wholeLog(engine, handle, patience)).toContain(JSON.stringify(text));
      }
    });

    it("says of a training that failed that it failed, and why", async () => {
      const { engine, handle } = await start("fail");
      const status = await untilOver(engine, handle, patience);
      expect(status.state).toBe("failed");
      expect(status.message).toMatch(/\S/);
    });

    it("ends what it is asked to end, once and again", async () => {
      const { engine, handle } = await start("long");
      await until(async () => (await engine.status(handle, NEVER_CANCELLED)).state === "running", patience);
      await engine.cancel(handle, NEVER_CANCELLED);
      expect((await untilOver(engine, handle, patience)).state).toBe("cancelled");
      await engine.cancel(handle, NEVER_CANCELLED);
      expect((await engine.status(handle, NEVER_CANCELLED)).state).toBe("cancelled");
    });

    it("starts a job once, however often and from wherever it is asked", async () => {
      const { engine, draft, action, handle, spec } = await start("succeed");
      const again = await Promise.all([
        engine.submit(draft, action, NEVER_CANCELLED),
        trial.engine().submit(draft, action, NEVER_CANCELLED),
      ]);
      expect(again).toEqual([handle, handle]);
      await untilOver(engine, handle, patience);
      expect(await trial.engine().submit(draft, action, NEVER_CANCELLED)).toEqual(handle);
      expect(await trial.starts(spec)).toBe(1);
    });

    it("finds a job whose answer nobody heard, and none that was never started", async () => {
      const { engine, draft, action } = await prepare("succeed");
      expect(await engine.find(draft, NEVER_CANCELLED)).toBeNull();
      const handle = await engine.submit(draft, action, NEVER_CANCELLED);
      expect(await trial.engine().find(draft, NEVER_CANCELLED)).toEqual(handle);
      await untilOver(engine, handle, patience);
    });

    it("tells of a job after a restart, from its handle alone", async () => {
      const { handle } = await start("succeed");
      const kept = JSON.parse(JSON.stringify(handle)) as JobHandle;
      expect((await untilOver(trial.engine(), kept, patience)).state).toBe("succeeded");
      if (trial.hasLog !== false) {
        expect(await wholeLog(trial.engine(), kept, patience)).toContain("done");
      }
    });

    it("repeats and loses nothing of a log that is read while it grows", async () => {
      const { engine, handle } = await start("succeed");
      const followed = await wholeLog(engine, handle, patience);
      const read = await wholeLog(trial.engine(), handle, patience);
      expect(read).toBe(trial.hint === undefined ? followed : followed.replace(trial.hint, ""));
    });

    it("says a sentence of a job that it does not know", async () => {
      const { engine, handle } = await start("succeed");
      await untilOver(engine, handle, patience);
      const other = `${handle.externalId.slice(0, -6)}999999`;
      const answer = await engine.status({ ...handle, jobId: "none-20260101-000000-999999", externalId: other }, NEVER_CANCELLED).then(
        ({ state, message }) => `${isOver(state) && state !== "failed" ? "wrong" : ""}${String(message)}`,
        (error: unknown) => (isAppError(error) ? error.message : "no sentence"),
      );
      expect(answer).toMatch(/^[A-Z].+\.$/);
    });

    it("does nothing for somebody who called it off", async () => {
      const { engine, draft, action, spec } = await prepare("succeed");
      const off = AbortSignal.abort();
      await expect(engine.submit(draft, action, off)).rejects.toMatchObject({ name: "AbortError" });
      expect(await trial.starts(spec)).toBe(0);
    });
  });
}

/** A draft as the planner makes it, with an id of its own. */
export function draftOf(spec: TrainSpec, params: Readonly<Record<string, ParamValue>>): JobDraft {
  count += 1;
  const random = Math.floor(Math.random() * 0x1000000)
    .toString(16)
    .padStart(6, "0");
  const stamp = new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const jobId = `trial${count}-${stamp}-${random}`;
  return { jobId, spec, params, overrides: params, tags: { "mlops.job": jobId, "mlops.reason": "a trial" }, consents: [] };
}

/** @throws Error once patience is over. */
export async function untilOver(engine: TrainingEngine, handle: JobHandle, patience: number | Patience): Promise<JobStatus> {
  let status: JobStatus | null = null;
  await until(async () => {
    status = await engine.status(handle, NEVER_CANCELLED);
    return isOver(status.state);
  }, patience);
  return status as unknown as JobStatus;
}

/** All chunks up to the last. */
export async function wholeLog(engine: TrainingEngine, handle: JobHandle, patience: number | Patience): Promise<string> {
  let text = "";
  let cursor: string | null = null;
  await until(async () => {
    const chunk = await engine.log(handle, cursor, NEVER_CANCELLED);
    text += chunk.text;
    ({ cursor } = chunk);
    return chunk.isComplete;
  }, patience);
  return text;
}

export async function until(isSo: () => Promise<boolean>, patience: number | Patience): Promise<void> {
  const { ms, pollMs } = typeof patience === "number" ? { ms: patience, pollMs: POLL_MS } : patience;
  const begin = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begin > ms) {
      throw new Error(`It is not so after ${ms} ms: ${isSo.toString().slice(0, 200)}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs);
    });
  }
}
