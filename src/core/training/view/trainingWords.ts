import type { RetrainFact, RetrainJobState } from "../../../protocol/retrain";
import { formatDuration } from "../../browse/formatValues";
import type { TrainingReason } from "../retrainPlan";
import type { TrainingJob } from "../trainingJob";
import type { EngineId } from "../trainSpec";

export const ENGINE_LABELS: Readonly<Record<EngineId, string>> = {
  local: "This machine",
  dvc: "DVC on this machine",
  ray: "Ray",
  airflow: "Airflow",
  github_actions: "GitHub Actions",
};

export const REASON_LABELS: Readonly<Record<TrainingReason["kind"], string>> = {
  manual: "Asked for by a person",
  schedule: "Due by schedule",
  drift: "Because of drift",
  data_change: "Because data changed",
};

export const STATE_LABELS: Readonly<Record<RetrainJobState, string>> = {
  queued: "Waiting",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  unknown: "State unknown",
  claimed: "Being handed over",
  refused: "Not started",
};

/** A job's state as people see it: whether it was handed over at all comes first. */
export function jobStateOf({ phase, status, handle }: TrainingJob): RetrainJobState {
  return phase === "refused" ? "refused" : phase === "claimed" && handle === null ? "claimed" : status.state;
}

/** How long a job ran; null while it has not begun. */
export function durationOf({ status }: TrainingJob, now: number): number | null {
  const end = status.endedAt ?? (status.state === "running" || status.state === "unknown" ? now : null);
  return status.startedAt === null || end === null ? null : Math.max(0, end - status.startedAt);
}

export function durationWords(job: TrainingJob, now: number): string {
  const took = durationOf(job, now);
  return took === null ? "" : formatDuration(took);
}

/** "12.40 EUR"; more digits where an amount is tiny. */
export function money({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  return `${amount !== 0 && Math.abs(amount) < 0.005 ? Number(amount.toPrecision(2)).toString() : amount.toFixed(2)} ${currency}`;
}

export function fact(label: string, value: string | null | undefined): readonly RetrainFact[] {
  return value == null || value === "" ? [] : [{ label, value }];
}

/** Units of 1000 as everywhere in the product. */
export function byteWords(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) {
    size /= 1000;
  }
  return `${String(unit === 0 ? size : Number(size.toPrecision(3)))} ${units[unit] ?? "B"}`;
}
