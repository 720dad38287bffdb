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
  /** It, or its experiment, was deleted in the tracker. What it cost was paid all the same. */
  readonly isDeleted: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Kind of machine, as the policy prices it, and who says so; null where nobody does. */
  readonly instance: { readonly name: string; readonly from: "tag" | "job" | "product" } | null;
  /** The tag `mlops.fingerprint`. */
  readonly fingerprint: string | null;
  /** Source commit; null where the run has none. */
  readonly commit: string | null;
  /** The run says that files had changed since the commit. */
  readonly isDirty: boolean;
  /** To compare by: what the params are, with the program that ran, and the dataset digests; null where there are none. */
  readonly paramsKey: string | null;
  readonly dataKey: string | null;
  readonly hasModel: boolean;
  readonly hasMetric: boolean;
  /** The run that it is a part of. */
  readonly parentRunId: string | null;
  /** Other runs name it as their parent. */
  readonly hasChildren: boolean;
  /** The time of its parent run, whose price holds this run's already; null for a run at the top, and for one that says by its own tag that it ran on another kind of machine. */
  readonly paidIn: { readonly from: number; /** Null while the parent runs. */ readonly to: number | null } | null;
  /** When its newest metric was logged, milliseconds since 1970; null for none. */
  readonly lastPointAt: number | null;
  /** Somebody said why it was trained although nothing had changed. */
  readonly isDeliberate: boolean;
  /** The tag `mlops.job`. */
  readonly job: string | null;
  /** When its job ended, milliseconds since 1970; null where there is none, or it is not over. */
  readonly jobEndedAt: number | null;
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
  /** GPUs that were at work for at least a twentieth of the time that their points cover. */
  readonly usedCount: number;
  /** GPUs that log memory only, as MIG slices do: their use is not known. */
  readonly unknownCount: number;
}
