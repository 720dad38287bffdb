import { AppError, isAppError, toUserText } from "../base/appError";
import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import { canonicalJson } from "../base/canonicalJson";
import { oneLine } from "../base/oneLine";
import { findSecrets } from "../lint/secrets";
import type { ModelVersion } from "../tracking/registeredModel";
import type { Store } from "../tracking/store";
import { releasesTo } from "./releasesTo";
import { jobId } from "../training/jobId";
import { deployChecks } from "./deployChecks";
import { deployPlanHash } from "./deployPlanHash";
import type { DeployPlan, DeployWish, VersionDifference } from "./deployPlan";
import type { DeploymentEntry, DeployPlanning } from "./deployment";
import type { DeployDraft, DeployTarget, TargetFacts } from "./deployTarget";
import type { DeployWorld } from "./deployWorld";
import { findVersions } from "./findVersion";
import { letsThrough } from "./gate/checks/exceptionCheck";
import type { GateResult } from "./gate/gate";
import { gateLevelOf } from "./gate/gateLevel";
import { unjudgedGate } from "./gate/unjudgedGate";
import type { OnHashed } from "./hashProgress";
import { type InputExample, readInputExample } from "./inputExample";
import { logFaultText } from "./logFaultText";
import { type DeployProduct, readDeployProduct, readTarget } from "./readDeployProduct";
import type { TargetReading } from "./readTargetSpec";
import { runOf } from "./runOf";
import { isScored, type TargetSpec } from "./targetSpec";
import { versionBefore, versionByLog } from "./versionBefore";
import { versionDifferences } from "./versionDifferences";
import { makeSteps, makeWayBack } from "./wayBack";

/** Facts that a plan tells may have changed after so long. */
const PLAN_AGE_MS = 15 * 60_000;
const NOTHING_TO_SEND: InputExample = { input: null, why: null };

/** What the registry says of the version that is to come and of the one that is there. */
interface RegistryFacts {
  readonly registered: ModelVersion | string | null;
  readonly registeredBefore: ModelVersion | string | null;
  readonly differences: readonly VersionDifference[];
  readonly example: InputExample;
}

/** What the gate is asked. */
interface JudgedWish {
  readonly wish: DeployWish;
  readonly version: string;
  readonly onHashed: OnHashed | undefined;
}

/** Makes plans: what would be released where, what is there, what the gate says, what is done and how it goes back. Changes nothing. */
export class DeployPlanner implements DeployPlanning {
  constructor(private readonly world: DeployWorld) {}

  async plan(wish: DeployWish, signal: CancelSignal, onHashed?: OnHashed): Promise<DeployPlan> {
    const { world } = this;
    signal.throwIfAborted();
    const reason = checkedReason(wish.reason);
    const product = await readDeployProduct(wish.config, world, signal);
    const reading = await readTarget(product, wish.target, world, signal);
    const spec = specOf(reading);
    const isTrusted = world.isTrusted();
    const target = await world.targets.get(spec.type);
    const [facts, history, running, unfinished] = await Promise.all([
      this.inspect(spec, target, reading, isTrusted, signal),
      world.journal.history(wish.config, signal),
      world.journal.holder({ config: wish.config, target: spec.name }, signal),
      world.journal.unfinished(wish.config, signal),
    ]);
    const entries = releasesTo(
      history.lines.map(({ entry }) => entry),
      { product: product.name, target: spec.name, model: spec.model },
    );
    const previous = facts.canTell ? facts.version : versionByLog(entries);
    const version = chooseVersion(wish, product, entries, previous);
    const [gate, commit, registry] = await Promise.all([
      this.judge({ wish, version, onHashed }, product, isTrusted, signal),
      isTrusted ? attempt(world.commit(wish.config, signal), () => null, signal) : null,
      this.registry(product, spec, version, previous, signal),
    ]);
    const { registered, registeredBefore, differences, example } = registry;
    const createdAt = world.now();
    const deploymentId = jobId(`${product.name}-${spec.name}`, createdAt, world.randomId());
    const known = typeof registered === "string" ? null : registered;
    const draft: DeployDraft = {
      ...{ deploymentId, spec, version, previous, isRollback: wish.intent === "rollback" },
      source: known?.source ?? null,
      digest: gate.digest,
    };
    const { steps, fault } = makeSteps(target, draft, facts);
    const previousSource = registeredBefore === null || typeof registeredBefore === "string" ? null : registeredBefore.source;
    const wayBack = makeWayBack(target, draft, previousSource, facts);
    const left = unfinished.find((one) => one.target === spec.name && one.id !== running) ?? null;
    const confirmBy = gateLevelOf(product.value, spec.name) === "production" ? spec.model : null;
    const plan: Omit<DeployPlan, "hash"> = {
      schema: 1,
      intent: wish.intent,
      deploymentId,
      product: product.name,
      config: wish.config,
      configHash: world.sha256(product.text),
      spec,
      version,
      digest: gate.digest,
      runId: known?.runId ?? null,
      source: draft.source,
      previous,
      previousSource,
      facts,
      gate,
      differences,
      steps,
      wayBack,
      input: example.input,
      checks: deployChecks({
        ...{ isTrusted, intent: wish.intent, spec, reading, facts, version, previous, registered, registeredBefore },
        ...{ stepsFault: fault, hasWayBack: wayBack.length > 0, noInput: example.why, running, left, confirmBy },
        last: entries.at(-1) ?? null,
        logFault: history.fault === null ? null : logFaultText(history.fault),
      }),
      confirmBy,
      commit: commit?.commit ?? null,
      reason,
      createdAt,
      expiresAt: createdAt + PLAN_AGE_MS,
    };
    return { ...plan, hash: deployPlanHash(plan, world.sha256) };
  }

  async outdated(plan: DeployPlan, signal: CancelSignal, onHashed?: OnHashed): Promise<readonly string[]> {
    const { world } = this;
    signal.throwIfAborted();
    let product: DeployProduct;
    try {
      product = await readDeployProduct(plan.config, world, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error)) {
        throw error;
      }
      return [toUserText(error)];
    }
    const reading = await readTarget(product, plan.spec.name, world, signal);
    const isTrusted = world.isTrusted();
    const target = await world.targets.get(plan.spec.type);
    const wish: DeployWish = { config: plan.config, target: plan.spec.name, version: plan.version, intent: plan.intent, reason: null };
    const [facts, gate, found] = await Promise.all([
      this.inspect(plan.spec, target, { ...reading, faults: [] }, isTrusted, signal),
      this.judge({ wish, version: plan.version, onHashed }, product, isTrusted, signal),
      attempt(this.versionsOf(plan.spec, [plan.version], signal), () => null, signal),
    ]);
    const isSameText = world.sha256(product.text) === plan.configHash;
    const isSameSpec = canonicalJson(reading.spec) === canonicalJson(plan.spec);
    const registered = found?.get(plan.version);
    return [
      ...(isSameText ? [] : [`${plan.config} was changed.`]),
      ...(isSameText && !isSameSpec ? [`What ${plan.config} says of the target was changed in a file that it includes.`] : []),
      ...changedFacts(plan, facts),
      ...(found !== null && plan.source !== null && registered?.source !== plan.source
        ? [`Version ${plan.version} is not the same in the registry any more.`]
        : []),
      ...changedGate(plan, gate),
    ];
  }

  private async inspect(
    spec: TargetSpec,
    target: DeployTarget | undefined,
    { faults }: Pick<TargetReading, "faults">,
    isTrusted: boolean,
    signal: CancelSignal,
  ): Promise<TargetFacts> {
    if (target === undefined) {
      return notAsked(`Targets of the kind ${spec.type} are not to be had here.`);
    }
    if (!isTrusted || faults.length > 0) {
      return notAsked(`The target was not asked: ${isTrusted ? `${spec.config} does not say enough` : "the folder is not trusted"}.`);
    }
    return attempt(target.inspect(spec, signal), notAsked, signal);
  }

  private async judge(
    { wish: { config, target, intent }, version, onHashed }: JudgedWish,
    { value, name, text }: DeployProduct,
    isTrusted: boolean,
    signal: CancelSignal,
  ): Promise<GateResult> {
    const wish = { config, target, version, isRollback: intent === "rollback" };
    const { sha256, now } = this.world;
    const unjudged = (why: string): GateResult =>
      unjudgedGate(
        wish,
        why,
        {
          product: name,
          model: value.model?.name ?? null,
          config_sha256: sha256(text),
          today: new Date(now()).toISOString().slice(0, 10),
        },
        sha256,
      );
    return isTrusted ? attempt(this.world.gate.judge(wish, signal, onHashed), unjudged, signal) : unjudged("the folder is not trusted.");
  }

  private async registry(
    { value, config, text }: DeployProduct,
    spec: TargetSpec,
    version: string,
    previous: string | null,
    signal: CancelSignal,
  ): Promise<RegistryFacts> {
    const nothing = (why: string): RegistryFacts => ({ registered: why, registeredBefore: why, differences: [], example: NOTHING_TO_SEND });
    if (spec.store === null || spec.model === "") {
      return nothing("the product names no registry.");
    }
    const { store: location } = spec;
    const isAsked = isScored(spec);
    const work = async (store: Store): Promise<RegistryFacts> => {
      const found = await findVersions(store, spec.model, [version, ...(previous === null ? [] : [previous])], signal);
      const [registered, registeredBefore] = [found.get(version) ?? null, previous === null ? null : (found.get(previous) ?? null)];
      const [after, before, drift, example] = await Promise.all([
        runOf(store, registered, signal),
        previous === version ? null : runOf(store, registeredBefore, signal),
        attempt(this.world.drift(config, value, this.world.sha256(text), signal), () => null, signal),
        isAsked && registered !== null ? readInputExample(store, spec.model, version, signal) : NOTHING_TO_SEND,
      ]);
      const differences = previous === version ? [] : versionDifferences(value, before, after, drift);
      return { registered, registeredBefore, differences, example };
    };
    return attempt(this.withStore(location, work, signal), nothing, signal);
  }

  private versionsOf(
    spec: TargetSpec,
    versions: readonly string[],
    signal: CancelSignal,
  ): Promise<ReadonlyMap<string, ModelVersion> | null> {
    return spec.store === null
      ? Promise.resolve(null)
      : this.withStore(spec.store, (store) => findVersions(store, spec.model, versions, signal), signal);
  }

  private async withStore<T>(
    location: NonNullable<TargetSpec["store"]>,
    work: (store: Store) => Promise<T>,
    signal: CancelSignal,
  ): Promise<T> {
    const store = await this.world.openStore(location, signal);
    try {
      return await work(store);
    } finally {
      store.dispose();
    }
  }
}

/** @throws AppError `usage` where the file names no such target, so that there is nothing to plan. */
function specOf({ spec, faults }: TargetReading): TargetSpec {
  if (spec === null) {
    const [fault] = faults;
    throw new AppError("usage", fault?.message ?? "There is no such target.", fault === undefined ? {} : { remedy: fault.remedy });
  }
  return spec;
}

/** @throws AppError `usage` where nobody names a version, or there is none to go back to. */
function chooseVersion(
  { version, intent, target }: DeployWish,
  { value, config }: DeployProduct,
  entries: readonly DeploymentEntry[],
  current: string | null,
): string {
  const asked = version?.trim() ?? "";
  if (asked !== "") {
    return asked;
  }
  if (intent === "deploy") {
    const written = value.model?.version?.trim() ?? "";
    if (written === "") {
      throw new AppError("usage", `Nobody says which version is released: ${config} names none.`, { remedy: "Name the version." });
    }
    return written;
  }
  const before = versionBefore(entries, current) ?? value.deploy?.rollback?.to?.trim() ?? "";
  if (before === "" || (before === current && entries.at(-1)?.state !== "interrupted")) {
    throw new AppError("usage", `There is no version to go back to: the log knows of none before the one at ${oneLine(target, 80)}.`, {
      remedy: "Name the version to go back to.",
    });
  }
  return before;
}

/** Plans and logs keep these words, so that none may hold a secret. */
function checkedReason(text: string | null): string | null {
  const reason = oneLine(text ?? "", 500);
  const [secret] = findSecrets([reason]);
  if (secret !== undefined) {
    throw new AppError("usage", `The reason holds ${secret.what}, which plan and log would show.`, {
      remedy: "Write it without the secret.",
    });
  }
  return reason === "" ? null : reason;
}

function changedFacts({ facts: planned, steps, spec }: DeployPlan, facts: TargetFacts): readonly string[] {
  if (!facts.health.ok || facts.blockers.length > 0) {
    return [...new Set([...(facts.health.ok ? [] : [facts.health.message]), ...facts.blockers])];
  }
  if (facts.state === planned.state && facts.version === planned.version) {
    return [];
  }
  const there = facts.version === null ? "" : ` Version ${facts.version} is there now.`;
  return steps.length === 0 ? [] : [`What is at ${spec.name} has changed since.${there}`];
}

/** Evidence may grow meanwhile; what counts is whether any answer is another. */
function changedGate(plan: DeployPlan, now: GateResult): readonly string[] {
  const brief = ({ decision, digest, exception, checks }: GateResult): string =>
    canonicalJson({ decision, digest, exception, checks: checks.map(({ id, result }) => [id, result]) });
  if (brief(plan.gate) === brief(now)) {
    return [];
  }
  const stopping = !letsThrough(now) ? now.checks.filter(({ result }) => result === "block" || result === "could_not_judge") : [];
  return [`The gate answers otherwise by now.${stopping.map(({ message }) => ` ${message}`).join("")}`];
}

function notAsked(message: string): TargetFacts {
  return {
    health: { ok: false, message },
    ...{ version: null, canTell: false, since: null, state: "", warnings: [], blockers: [], webUrl: null },
  };
}
