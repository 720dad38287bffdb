import { isAppError, toUserText } from "../base/appError";
import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import { canonicalJson } from "../base/canonicalJson";
import { oneLine } from "../base/oneLine";
import { EMPTY_POLICY } from "../config/policy";
import { instancePrice } from "../cost/price";
import { findSecrets } from "../lint/secrets";
import { folderOf } from "../lint/workspace/workspacePath";
import type { MonitoringResult } from "../monitoring/monitoringResult";
import { checkParams, type CheckedParams } from "./checkParams";
import { compareFingerprints } from "./compareFingerprints";
import { estimateTraining, MOST_PAST } from "./estimateTraining";
import type { Fingerprint, Redundancy } from "./fingerprint";
import { type GatheredParams, gatherParams } from "./gatherParams";
import { jobId } from "./jobId";
import { draftOf } from "./newJob";
import { commandTakes } from "./paramSources/commandFields";
import { planChecks } from "./planChecks";
import { planHash } from "./planHash";
import { planParams } from "./planParams";
import { planSteps } from "./planSteps";
import { type ProductFacts, readProductFacts } from "./readProductFacts";
import type { SpecFault } from "./readTrainSpec";
import type { RetrainPlan, RetrainWish } from "./retrainPlan";
import type { RetrainPlannerPorts } from "./retrainPlannerPorts";
import type { PlanProgress, RetrainPlanning } from "./training";
import type { EngineAction, EngineFacts, JobDraft } from "./trainingEngine";
import { shortParts } from "./trainingTags";
import type { ParamValue, TrainSpec } from "./trainSpec";
import { withPipelineStatus } from "./withPipelineStatus";

/** Facts that a plan tells may have changed after so long. */
const PLAN_AGE_MS = 15 * 60_000;

/** What is sent, and what it is trained from. */
interface Inputs {
  readonly facts: EngineFacts;
  readonly gathered: GatheredParams;
  readonly checked: CheckedParams;
  readonly overrides: Readonly<Record<string, ParamValue>>;
  /** With lists of the file of parameters, which nobody sets here. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly fingerprint: Fingerprint;
}

/** Makes plans: what would be trained, from what, where, whether it is worth it, and what speaks against it. */
export class RetrainPlanner implements RetrainPlanning {
  constructor(private readonly ports: RetrainPlannerPorts) {}

  async plan(wish: RetrainWish, onProgress: PlanProgress, signal: CancelSignal): Promise<RetrainPlan> {
    const { ports } = this;
    signal.throwIfAborted();
    onProgress(`Reading ${wish.config}`);
    const read = await readProductFacts(wish.config, wish.engine, ports.files, ports.toAbsolute, signal);
    const { spec, file } = read;
    const product = file.value;
    const isTrusted = ports.isTrusted();
    let dataProblem: string | null = null;
    const failed: { past: string | null; policy: string | null } = { past: null, policy: null };
    const policyWork = attempt(ports.policy(folderOf(wish.config), signal), (why) => ((failed.policy = why), EMPTY_POLICY), signal);
    const [policy, commit, lastCheck, dataCheck, past, inputs] = await together([
      policyWork,
      isTrusted ? attempt(ports.commit(wish.config, signal), () => null, signal) : null,
      attempt(ports.lastCheck(product.name ?? wish.config, wish.config, signal), () => null, signal),
      attempt(ports.dataCheck(wish.config, file, onProgress, signal), (why) => ((dataProblem = why), null), signal),
      attempt(ports.pastTrainings(spec, product, MOST_PAST, signal), (why) => ((failed.past = why), []), signal),
      this.inputs(read, wish.params, isTrusted, onProgress, signal),
    ]);
    const { facts, gathered, checked, overrides, fingerprint } = inputs;
    const price = instancePrice(policy, spec.resources.instance);
    onProgress("Comparing with earlier trainings");
    let runningProblem: string | null = null;
    const [own, runningJob] = await together([
      attempt(
        ports.redundancy(spec, product, inputs.params, fingerprint, price, signal),
        (why) => ({ kind: "cannot_tell" as const, why: `Earlier trainings could not be looked at: ${why}`, past: null }),
        signal,
      ),
      this.running(wish.config, fingerprint, (why) => ((runningProblem = why), null), signal),
    ]);
    const redundancy = withTool(own, wish.config, inputs);
    const createdAt = ports.now();
    const id = jobId(product.name ?? "", createdAt, ports.randomId());
    const wordFaults: SpecFault[] = [];
    const reason = { kind: wish.reason.kind, text: withoutSecret(oneLine(wish.reason.text, 500), "reason", wordFaults) };
    const because =
      redundancy.kind === "redundant" ? withoutSecret(oneLine(wish.againBecause ?? "", 500), "again-because", wordFaults) : "";
    const againBecause = because === "" ? null : because;
    const consents = facts.consents.map((one) => one.id).filter((one) => wish.consents.includes(one));
    const before = (redundancy.kind === "first" ? null : redundancy.past) ?? past[0] ?? null;
    const params = planParams(gathered.fields, checked.values, before?.params ?? {});
    const tags = ports.trainingTags({ jobId: id, fingerprint, reason, againBecause });
    const about = { config: wish.config, engine: spec.engine, spec, params, overrides, tags, consents };
    const { action, fault } = await this.action(draftOf({ ...about, jobId: id }), facts);
    const shown: RetrainPlan["facts"] = {
      health: facts.health,
      warnings: facts.warnings,
      consents: facts.consents,
      python: facts.python,
      ...(facts.loginAt === undefined ? {} : { loginAt: facts.loginAt }),
      ...(facts.pipeline === undefined ? {} : { pipeline: facts.pipeline }),
    };
    const body = {
      ...about,
      jobId: id,
      action,
      facts: shown,
      fingerprint,
      redundancy,
      dataCheck,
      commit,
      ...(lastCheck === null ? {} : { atWork: atWorkOf(lastCheck) }),
      estimate: estimateTraining(past, price, spec, failed),
      againBecause,
    };
    const plan: Omit<RetrainPlan, "hash"> = {
      schema: 1,
      intent: "retrain",
      product: spec.product,
      configHash: ports.sha256(read.text),
      ...body,
      reason,
      checks: planChecks(body, {
        file,
        isTrusted,
        specFaults: [...read.faults, ...wordFaults],
        specNotes: read.notes,
        paramFaults: [...(gathered.problem === null ? [] : [gathered.problem]), ...checked.faults],
        paramNotes: this.unreached(spec),
        blockers: facts.blockers,
        actionFault: fault,
        dataProblem,
        runningJob,
        runningProblem,
      }),
      steps: planSteps(body, product.train?.register ?? "never", product.model?.name ?? null),
      createdAt,
      expiresAt: createdAt + PLAN_AGE_MS,
    };
    return { ...plan, hash: planHash(plan, ports.sha256) };
  }

  async outdated(plan: RetrainPlan, signal: CancelSignal): Promise<readonly string[]> {
    const { ports } = this;
    signal.throwIfAborted();
    let read: ProductFacts;
    try {
      read = await readProductFacts(plan.config, plan.engine, ports.files, ports.toAbsolute, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error)) {
        throw error;
      }
      return [toUserText(error)];
    }
    const isSameText = ports.sha256(read.text) === plan.configHash;
    const isTrusted = ports.isTrusted();
    const [inputs, runningJob] = await together([
      this.inputs({ ...read, spec: plan.spec, faults: [] }, plan.overrides, isTrusted, () => undefined, signal),
      this.running(plan.config, plan.fingerprint, () => null, signal),
    ]);
    const isSameSpec = canonicalJson(read.spec) === canonicalJson(plan.spec);
    return [
      ...(isSameText ? [] : [`${plan.config} was changed.`]),
      ...(isSameText && !isSameSpec ? [`What ${plan.config} says of the training was changed in a file that it includes or names.`] : []),
      ...changedInputs(plan, inputs),
      ...(await this.changedEngine(plan, inputs.facts)),
      ...(runningJob === null || runningJob === plan.jobId ? [] : [`The same is being trained right now, by the job ${runningJob}.`]),
    ];
  }

  /** What the engine declares, the values that are sent, and what follows from them. */
  private async inputs(
    { spec, file, project, faults }: ProductFacts,
    typed: Readonly<Record<string, ParamValue>>,
    isTrusted: boolean,
    onProgress: PlanProgress,
    signal: CancelSignal,
  ): Promise<Inputs> {
    const facts = await this.inspect(spec, faults, isTrusted, onProgress, signal);
    const gathered = await gatherParams(spec, facts.fields, project, this.ports.files, signal);
    const checked = checkParams(gathered.fields, typed);
    const reached = Object.keys(spec.params).filter((name) => checked.values.has(name) && isReached(spec, name));
    const overrides = Object.fromEntries(
      [...new Set([...reached, ...checked.typed])].map((name) => [name, checked.values.get(name) ?? ""]),
    );
    const params = { ...gathered.lists, ...Object.fromEntries(checked.values) };
    const fingerprint = await attempt(
      this.ports.fingerprint(spec, file.value, params, onProgress, signal),
      (why) => ({ value: null, parts: [], unknown: [why] }),
      signal,
    );
    return { facts, gathered, checked, overrides, params, fingerprint };
  }

  private async inspect(
    spec: TrainSpec,
    faults: readonly SpecFault[],
    isTrusted: boolean,
    onProgress: PlanProgress,
    signal: CancelSignal,
  ): Promise<EngineFacts> {
    const engine = await this.ports.engines.get(spec.engine);
    if (engine === undefined) {
      return notAsked(`The engine ${spec.engine} is not to be had here.`);
    }
    if (!isTrusted || faults.length > 0) {
      return notAsked(`The engine was not asked: ${isTrusted ? `${spec.config} does not say enough` : "the folder is not trusted"}.`);
    }
    onProgress(`Asking the engine ${spec.engine}`);
    return attempt(engine.inspect(spec, signal), notAsked, signal);
  }

  private async action(draft: JobDraft, facts: EngineFacts): Promise<{ readonly action: EngineAction; readonly fault: SpecFault | null }> {
    const { spec } = draft;
    const nothing: EngineAction = { kind: "command", argv: spec.command, shell: spec.shell, cwd: spec.folder, env: {} };
    const engine = await this.ports.engines.get(spec.engine);
    if (engine === undefined) {
      return { action: nothing, fault: null };
    }
    try {
      return { action: engine.action(draft, facts), fault: null };
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      return { action: nothing, fault: { message: error.message, remedy: error.remedy ?? "Correct it, and make the plan again." } };
    }
  }

  private async running(
    config: string,
    { value }: Fingerprint,
    unknown: (why: string) => null,
    signal: CancelSignal,
  ): Promise<string | null> {
    return value === null ? null : attempt(this.ports.runningWith(config, value, signal), unknown, signal);
  }

  private unreached(spec: TrainSpec): readonly string[] {
    return Object.keys(spec.params)
      .filter((name) => !isReached(spec, name))
      .map((name) => `The parameter "${name}" reaches nothing: train.command names neither {${name}} nor {params_file}.`);
  }

  private async changedEngine(plan: RetrainPlan, facts: EngineFacts): Promise<readonly string[]> {
    const { health, blockers, consents, python } = facts;
    if (!health.ok || blockers.length > 0) {
      return [...new Set([...(health.ok ? [] : [health.message]), ...blockers])];
    }
    const asked = consents.filter(({ id }) => !plan.consents.includes(id)).map(({ question }) => `There is a new question: ${question}`);
    const known = plan.facts.python;
    if (python?.path !== known?.path || python?.version !== known?.version) {
      return [...asked, `Another Python would be used: ${python === null ? "none is found" : python.path}.`];
    }
    const { action, fault } = await this.action(draftOf(plan), facts);
    const isDone = facts.pipeline?.kind === "up_to_date" && plan.facts.pipeline?.kind === "changed";
    const isSame = canonicalJson(action) === canonicalJson(plan.action);
    return [
      ...asked,
      ...(isDone ? ["The pipeline ran in the meantime: nothing has changed since."] : []),
      ...(fault !== null ? [fault.message] : isSame ? [] : ["What the engine would be asked to do is not the same any more."]),
    ];
  }
}

function atWorkOf({ status, verdict, checked_at }: MonitoringResult): NonNullable<RetrainPlan["atWork"]> {
  return { status, verdict: oneLine(verdict, 500), checked_at };
}

function withTool(own: Redundancy, config: string, { facts, fingerprint, overrides, gathered }: Inputs): Redundancy {
  return facts.pipeline === undefined
    ? own
    : withPipelineStatus(own, {
        ...{ tool: "DVC", status: facts.pipeline, config, parts: fingerprint.parts, overrides, written: gathered.written },
      });
}

/** A command hands over what it names; the other engines take parameters by themselves. */
function isReached({ engine, command }: TrainSpec, name: string): boolean {
  return (engine !== "local" && engine !== "ray") || commandTakes(command, name);
}

function changedInputs(plan: RetrainPlan, { checked, params: now, fingerprint }: Inputs): readonly string[] {
  const before = new Map(plan.params.map(({ field, value }) => [field.name, value]));
  const values = {
    before: Object.fromEntries([...before].map(([name, value]) => [name, String(value)])),
    now,
  };
  const named = compareFingerprints(shortParts(plan.fingerprint), fingerprint, values).map(({ text }) => `An input changed: ${text}.`);
  const unknown = fingerprint.unknown.filter((one) => !plan.fingerprint.unknown.includes(one));
  const all = [...named, ...unknown, ...checked.faults];
  return all.length === 0 && fingerprint.value !== plan.fingerprint.value ? ["The inputs are not the same any more."] : all;
}

/** Plans, tags of runs and logs keep these words, so that none may hold a secret. */
function withoutSecret(text: string, name: string, faults: SpecFault[]): string {
  const [secret] = findSecrets([text]);
  if (secret === undefined) {
    return text;
  }
  faults.push({
    message: `The text of ${name} holds ${secret.what}, which plans and runs would show.`,
    remedy: "Write it without the secret.",
  });
  return "***";
}

function notAsked(message: string): EngineFacts {
  return { health: { ok: false, message }, fields: [], warnings: [], consents: [], blockers: [], python: null };
}

/** All at once. */
function together<T extends readonly unknown[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  return Promise.all(work);
}
