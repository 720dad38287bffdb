import { describe, expect, it } from "vitest";

import { isAppError } from "../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type {
  DeployDraft,
  DeployTarget,
  ScoringInput,
  TargetFacts,
  TargetHealth,
  TargetStep,
} from "../../src/core/deployment/deployTarget";
import type { TargetSpec } from "../../src/core/deployment/targetSpec";

/** A version that can be released, as the registry has it. */
export interface TrialVersion {
  readonly version: string;
  readonly source: string | null;
}

/** A place of its own, at which nothing is released yet. */
export interface TrialPlace {
  readonly spec: TargetSpec;
  /** Two that work. */
  readonly versions: readonly [TrialVersion, TrialVersion];
  /** One that is registered and does not work; null where the kind of target cannot tell. */
  readonly broken: TrialVersion | null;
  /** What is sent to both; null where nothing is served. */
  readonly input: ScoringInput | null;
  /** The version that is really there, asked past the target; null for none. */
  readonly holds: () => Promise<string | null>;
  /** Somebody else puts a version there, past this program; null where a test cannot do that. */
  readonly moveElsewhere: ((version: TrialVersion) => Promise<void>) | null;
  /** Takes the place itself away, as a crash would; null where there is nothing to take away. */
  readonly takeAway: (() => Promise<void>) | null;
}

/** How one kind of target is tried out. */
export interface TargetTrial {
  /** A new object each time, as after a restart. */
  readonly target: () => DeployTarget;
  readonly place: () => Promise<TrialPlace>;
  /** A value that the target is given as a secret, and that must stay out of facts, steps and logs. */
  readonly secret: string;
  /** Whether the target itself can say which version is there. */
  readonly canTell: boolean;
  /** Whether the target can say that what is there works. Default true. */
  readonly hasHealth?: boolean;
  /** Milliseconds that what was released may take until it works. */
  readonly patienceMs?: number;
}

let count = 0;

/** A draft as plans make it, with an id of its own. */
export function deployDraft(spec: TargetSpec, { version, source }: TrialVersion, more: Partial<DeployDraft> = {}): DeployDraft {
  count += 1;
  const random = Math.floor(Math.random() * 0x1000000)
    .toString(16)
    .padStart(6, "0");
  const deploymentId = `trial${count}-20261130-120000-${random}`;
  return { deploymentId, spec, version, previous: null, isRollback: false, source, digest: null, ...more };
}

/** What every kind of target is held to, against the real thing. */
export function deployTargetSuite(name: string, trial: TargetTrial): void {
  const patienceMs = trial.patienceMs ?? 30_000;
  const works = { state: trial.hasHealth === false ? "unknown" : "healthy" };

  const release = async (
    target: DeployTarget,
    place: TrialPlace,
    version: TrialVersion,
    more: Partial<DeployDraft> = {},
    log: (line: string) => void = () => undefined,
  ): Promise<{ readonly draft: DeployDraft; readonly steps: readonly TargetStep[]; readonly facts: TargetFacts }> => {
    const facts = await target.inspect(place.spec, NEVER_CANCELLED);
    const draft = deployDraft(place.spec, version, { previous: facts.version, ...more });
    const steps = target.steps(draft, facts);
    for (const step of steps) {
      await target.apply(draft, step, log, NEVER_CANCELLED);
    }
    return { draft, steps, facts };
  };
  const settled = async (target: DeployTarget, spec: TargetSpec): Promise<TargetHealth> => {
    const end = performance.now() + patienceMs;
    let health = await target.health(spec, NEVER_CANCELLED);
    while (health.state === "starting" && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      health = await target.health(spec, NEVER_CANCELLED);
    }
    return health;
  };

  describe(`Target ${name}`, () => {
    it("says of a sound place that something can be released there, and that nothing is", async () => {
      const { spec, holds } = await trial.place();
      const facts = await trial.target().inspect(spec, NEVER_CANCELLED);
      expect(facts.health).toMatchObject({ ok: true });
      expect(facts.health.message).toMatch(/^[A-Z].*\.$/s);
      expect(facts.blockers).toEqual([]);
      expect(facts.version).toBeNull();
      expect(await holds()).toBeNull();
    });

    it("makes the same steps from the same draft and facts, plain and without secrets", async () => {
      const { spec, versions } = await trial.place();
      const target = trial.target();
      const facts = await target.inspect(spec, NEVER_CANCELLED);
      const draft = deployDraft(spec, versions[0]);
      const steps = target.steps(draft, facts);
      expect(steps.length).toBeGreaterThan(0);
      expect(trial.target().steps(draft, facts)).toEqual(steps);
      expect(JSON.parse(JSON.stringify({ steps, facts }))).toEqual({ steps, facts });
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      for (const { id, text } of steps) {
        expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
        expect(text).toMatch(/^[A-Z].*\.$/s);
      }
      expect(JSON.stringify({ steps, facts })).not.toContain(trial.secret);
    });

    it("releases, says what is there and that it works, goes on to the next and back", async () => {
      const place = await trial.place();
      const { spec, versions, holds, input } = place;
      const target = trial.target();
      const lines: string[] = [];
      const log = (line: string): void => void lines.push(line);
      const expectThere = async ({ version }: TrialVersion): Promise<void> => {
        expect(await settled(target, spec)).toMatchObject(works);
        expect(await holds()).toBe(version);
        const facts = await trial.target().inspect(spec, NEVER_CANCELLED);
        expect(facts).toMatchObject(trial.canTell ? { canTell: true, version } : { health: { ok: true } });
        const scoring = input === null ? null : await target.score(spec, input, NEVER_CANCELLED);
        expect(scoring).toEqual(input === null ? null : expect.objectContaining({ ok: true }));
      };
      await release(target, place, versions[0], {}, log);
      await expectThere(versions[0]);
      const { draft } = await release(target, place, versions[1], { previous: versions[0].version }, log);
      await expectThere(versions[1]);
      const back = { previous: draft.version, isRollback: true };
      await release(trial.target(), place, versions[0], back, log);
      await expectThere(versions[0]);
      expect(lines.join("\n")).not.toContain(trial.secret);
    });

    it("leaves the same when each step is done twice, also by another window", async () => {
      const place = await trial.place();
      const target = trial.target();
      const { draft, steps } = await release(target, place, place.versions[0]);
      const before = (await target.inspect(place.spec, NEVER_CANCELLED)).version;
      for (const step of steps) {
        await trial.target().apply(draft, step, () => undefined, NEVER_CANCELLED);
      }
      expect(await settled(target, place.spec)).toMatchObject(works);
      expect(await place.holds()).toBe(place.versions[0].version);
      expect((await target.inspect(place.spec, NEVER_CANCELLED)).version).toBe(before);
    });

    it("tells by its state whether anything has changed there", async () => {
      const place = await trial.place();
      const target = trial.target();
      const state = async (): Promise<string> => (await trial.target().inspect(place.spec, NEVER_CANCELLED)).state;
      const empty = await state();
      expect(await state()).toBe(empty);
      await release(target, place, place.versions[0]);
      await settled(target, place.spec);
      const first = await state();
      expect(await state()).toBe(first);
      if (trial.canTell) {
        expect(first).not.toBe(empty);
      }
      if (place.moveElsewhere !== null) {
        await place.moveElsewhere(place.versions[1]);
        expect(await state()).not.toBe(first);
        expect(await target.inspect(place.spec, NEVER_CANCELLED)).toMatchObject(
          trial.canTell ? { version: place.versions[1].version } : {},
        );
      }
    });

    it("says of a version that does not work that it does not, and goes back to the one before", async () => {
      const place = await trial.place();
      const { broken, versions, spec, input } = place;
      if (broken === null) {
        return;
      }
      const target = trial.target();
      await release(target, place, versions[0]);
      await settled(target, spec);
      const facts = await target.inspect(spec, NEVER_CANCELLED);
      const draft = deployDraft(spec, broken, { previous: versions[0].version });
      const wayBack = { ...draft, ...versions[0], previous: broken.version, isRollback: true };
      const steps = target.steps(wayBack, facts);
      const complaint = await complaintOf(async () => {
        for (const step of target.steps(draft, facts)) {
          await target.apply(draft, step, () => undefined, NEVER_CANCELLED);
        }
        const health = await settled(target, spec);
        const scoring = input === null ? null : await target.score(spec, input, NEVER_CANCELLED);
        return health.state !== works.state ? health.message : scoring !== null && !scoring.ok ? scoring.message : null;
      });
      expect(complaint).toMatch(/^\S.*\.$/s);
      for (const step of steps) {
        await target.apply(wayBack, step, () => undefined, NEVER_CANCELLED);
      }
      expect(await settled(target, spec)).toMatchObject(works);
      expect(await place.holds()).toBe(versions[0].version);
    });

    it("changes nothing for somebody who called it off", async () => {
      const place = await trial.place();
      const target = trial.target();
      const facts = await target.inspect(place.spec, NEVER_CANCELLED);
      const draft = deployDraft(place.spec, place.versions[0]);
      const off = AbortSignal.abort();
      for (const step of target.steps(draft, facts)) {
        await expect(target.apply(draft, step, () => undefined, off)).rejects.toMatchObject({ name: "AbortError" });
      }
      await expect(target.inspect(place.spec, off)).rejects.toMatchObject({ name: "AbortError" });
      await expect(target.health(place.spec, off)).rejects.toMatchObject({ name: "AbortError" });
      expect(await place.holds()).toBeNull();
    });

    it("says a sentence of a place that is gone, and never that it is healthy", async () => {
      const place = await trial.place();
      if (place.takeAway === null) {
        return;
      }
      const target = trial.target();
      await release(target, place, place.versions[0]);
      await settled(target, place.spec);
      await place.takeAway();
      const complaint = await complaintOf(async () => {
        const health = await target.health(place.spec, NEVER_CANCELLED);
        return health.state === "healthy" ? null : health.message;
      });
      expect(complaint).toMatch(/^\S.*\.$/s);
    });

    it("stops and starts again what it serves, where it serves anything", async () => {
      const place = await trial.place();
      const target = trial.target();
      if (target.stop === null && target.restart === null) {
        return;
      }
      await release(target, place, place.versions[0]);
      await settled(target, place.spec);
      await target.restart?.(place.spec, NEVER_CANCELLED);
      expect(await settled(target, place.spec)).toMatchObject(works);
      expect(await place.holds()).toBe(place.versions[0].version);
      if (target.stop !== null) {
        await trial.target().stop?.(place.spec, NEVER_CANCELLED);
        expect((await target.health(place.spec, NEVER_CANCELLED)).state).toBe("stopped");
        expect(await place.holds()).toBeNull();
        await target.stop(place.spec, NEVER_CANCELLED);
      }
    });
  });
}

/** The sentence with which something does not work; null where it works. @throws what is no sentence. */
async function complaintOf(work: () => Promise<string | null>): Promise<string | null> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    return error.message;
  }
}
