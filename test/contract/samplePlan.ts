import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import type { EngineAction, JobDraft } from "../../src/core/training/trainingEngine";

/** As much of a plan as the journal and the engines look at. */
export function samplePlan(draft: JobDraft, action: EngineAction, fingerprint: string | null): RetrainPlan {
  const plan: Partial<RetrainPlan> & { readonly jobId: string } = {
    schema: 1,
    intent: "retrain",
    jobId: draft.jobId,
    product: draft.spec.product,
    config: draft.spec.config,
    engine: draft.spec.engine,
    spec: draft.spec,
    action,
    params: [],
    overrides: draft.overrides,
    tags: draft.tags,
    consents: [],
    reason: { kind: "manual", text: "A test." },
    againBecause: null,
    createdAt: 0,
    hash: `hash of ${draft.jobId}`,
  };
  return { ...plan, fingerprint: { value: fingerprint } } as unknown as RetrainPlan;
}
