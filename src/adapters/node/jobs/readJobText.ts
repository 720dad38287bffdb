import { AppError } from "../../../core/base/appError";
import { oneLine } from "../../../core/base/oneLine";
import type { TrainingJob } from "../../../core/training/trainingJob";

export class DamagedJob extends AppError {
  constructor(message: string) {
    super("file/unreadable", message);
  }
}

const PHASES = new Set(["claimed", "submitted", "refused"]);
const STATES = new Set(["queued", "running", "succeeded", "failed", "cancelled", "unknown"]);

/** @param id of the folder it lies in. @throws AppError `file/unreadable` for a file that no job can be read from. */
export function readJobText(text: string, id: string, path: string): TrainingJob {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DamagedJob(`The file ${oneLine(path)} is damaged: ${error instanceof Error ? oneLine(error.message, 120) : "no JSON"}.`);
  }
  if (typeof value === "object" && value !== null && "schema" in value && value.schema !== 1) {
    throw new DamagedJob(`The file ${oneLine(path)} was written by a newer version.`);
  }
  const job = value as Partial<TrainingJob> | null;
  const isWhole =
    job !== null &&
    job.id === id &&
    typeof job.createdAt === "number" &&
    typeof job.product === "string" &&
    typeof job.engine === "string" &&
    typeof job.planHash === "string" &&
    typeof job.reason === "object" &&
    PHASES.has(job.phase ?? "") &&
    Array.isArray(job.status?.tasks) &&
    STATES.has(job.status.state);
  if (!isWhole) {
    throw new DamagedJob(`The file ${oneLine(path)} is damaged: it does not hold what a training needs.`);
  }
  return job as TrainingJob;
}
