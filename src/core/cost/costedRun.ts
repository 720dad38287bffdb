import type { RunStatus } from "../tracking/run";

/** A run with all that money and waste are worked out from; small, so that 100,000 fit into memory. */
export interface CostedRun {
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
  readonly experiment: string;
  readonly person: string;
  /** The product's file whose tracking names its experiment; null where none does. */
  readonly config: string | null;
  /** The registered model that a version of was made from it; null for none. */
  readonly model: string | null;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Kind of machine, as the policy prices it, and who says so; null where nobody does. */
  readonly instance: { readonly name: string; readonly from: "tag" | "job" | "product" } | null;
  /** The tag `mlops.fingerprint`. */
  readonly fingerprint: string | null;
  /** Source commit, and whether it was dirty; null where the run has none. */
  readonly commit: string | null;
  /** SHA-256 or shorter of the params and of the dataset digests, to compare by; null where there are none. */
  readonly paramsKey: string | null;
  readonly dataKey: string | null;
  readonly hasModel: boolean;
  readonly hasMetric: boolean;
  /** Who started it: a person, or automation (schedule, drift, CI), as tags and source say; null where nobody can tell. */
  readonly startedBy: "person" | "automation" | null;
  /** Measured use of its GPUs; null where none was logged, which is never idle. */
  readonly gpus: GpuUse | null;
}

/** Use of the GPUs of one run, from `system/…gpu_<i>_utilization_percentage` and memory. Times in milliseconds, shares 0 to 1. */
export interface GpuUse {
  /** GPUs over all nodes with at least one point. */
  readonly count: number;
  /** Sum over GPUs of the time that points cover. */
  readonly coveredMs: number;
  /** Part of `coveredMs` in which use was below the policy's limit. */
  readonly idleMs: number;
  /** Part of `idleMs` in which memory was held (parked). */
  readonly parkedMs: number;
  /** Mean use in percent, weighted by time. */
  readonly meanUse: number;
  /** GPUs that log memory only, as MIG slices do: their use is not known. */
  readonly unknownCount: number;
}
