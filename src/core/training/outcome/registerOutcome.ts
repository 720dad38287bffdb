import { isAppError, toUserText } from "../../base/appError";
import type { CancelSignal } from "../../base/cancel";
import { oneLine } from "../../base/oneLine";
import type { Run } from "../../tracking/run";
import type { Store } from "../../tracking/store";
import type { StoreLocation } from "../../tracking/storeLocation";
import type { RetrainPlan } from "../retrainPlan";
import type { JudgedKpi, TrainingJob, TrainingOutcome } from "../trainingJob";
import type { ModelRegistrar } from "./modelRegistrar";
import { modelSourceOf } from "./modelSourceOf";

/** What `train.register` says. */
export type RegisterWhen = "never" | "finished" | "targets_met";

export interface Registration {
  readonly when: RegisterWhen;
  /** Name of the registered model; null where the product's file names none. */
  readonly model: string | null;
  readonly location: StoreLocation;
  readonly plan: RetrainPlan;
}

interface Registered {
  readonly registered: TrainingOutcome["registered"];
  readonly notes: readonly string[];
}

/**
 * Registers the run's model where the product's file asks for it, once: a version of this run that is there already, by the training
 * itself or an earlier try, is taken. What fails is a note, and the training stays what it is.
 */
export async function registerOutcome(
  { when, model, location, plan }: Registration,
  job: TrainingJob,
  run: Run | null,
  kpis: readonly JudgedKpi[],
  store: Store,
  registrar: ModelRegistrar,
  signal: CancelSignal,
): Promise<Registered> {
  if (run === null || model === null) {
    return nothing(when === "never" || run === null ? [] : ["Nothing was registered: model.name says no name."]);
  }
  try {
    const known = await versionOf(store, run, model, signal);
    if (known !== null) {
      return { registered: { model, version: known }, notes: [] };
    }
    const isAsked = when !== "never" && job.status.state === "succeeded";
    const why = isAsked ? whyNot(when, run, kpis) : null;
    if (!isAsked || why !== null) {
      return nothing(why === null ? [] : [`Nothing was registered: ${why}`]);
    }
    const source = await modelSourceOf(store, run, signal);
    if (source === null) {
      return nothing(["Nothing was registered: the run logged no model."]);
    }
    const { runId, artifactUri } = run;
    const wish = { location, runId, artifactUri, model, source, description: describe(plan), tags: versionTags(plan), plan };
    return { registered: { model, version: await once(registrar, wish, store, run, signal) }, notes: [] };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) {
      throw error;
    }
    return nothing([`Nothing was registered: ${toUserText(error)}`]);
  }
}

/** An answer that got lost does not mean that nothing was made. */
async function once(
  registrar: ModelRegistrar,
  wish: Parameters<ModelRegistrar["register"]>[0],
  store: Store,
  run: Run,
  signal: CancelSignal,
): Promise<string> {
  try {
    return (await registrar.register(wish, signal)).version;
  } catch (error) {
    signal.throwIfAborted();
    const made = await versionOf(store, run, wish.model, signal).catch(() => null);
    if (made === null) {
      throw error;
    }
    return made;
  }
}

async function versionOf(store: Store, run: Run, model: string, signal: CancelSignal): Promise<string | null> {
  const versions = await store.versionsOfRun(run.runId, signal);
  return versions.find(({ modelName }) => modelName === model)?.version ?? null;
}

function whyNot(when: Exclude<RegisterWhen, "never">, run: Run, kpis: readonly JudgedKpi[]): string | null {
  if (run.status !== "FINISHED") {
    return "the run did not finish.";
  }
  if (when === "finished") {
    return null;
  }
  const judged = kpis.filter(({ target }) => target !== null);
  const open = judged.filter(({ status }) => status !== "pass" && status !== "warn");
  return judged.length === 0
    ? "no KPI has a target."
    : open.length === 0
      ? null
      : `${[...new Set(open.map(({ name }) => name))].join(", ")} ${open.length === 1 ? "does" : "do"} not meet the target.`;
}

function describe({ product, jobId, reason, commit }: RetrainPlan): string {
  const at = commit === null ? "" : ` at commit ${commit.commit.slice(0, 12)}${commit.dirty ? " with changes" : ""}`;
  return `${oneLine(product)}, trained by the job ${jobId}${at}. ${oneLine(reason.text, 500)}`;
}

function versionTags({ jobId, hash, fingerprint, commit }: RetrainPlan): Readonly<Record<string, string>> {
  return {
    "mlops.job": jobId,
    "mlops.plan": hash,
    ...(fingerprint.value === null ? {} : { "mlops.fingerprint": fingerprint.value }),
    ...(commit === null ? {} : { "mlops.commit": commit.commit }),
  };
}

function nothing(notes: readonly string[]): Registered {
  return { registered: null, notes };
}
