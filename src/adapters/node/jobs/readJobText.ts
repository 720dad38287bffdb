import * as v from "valibot";

import { AppError } from "../../../core/base/appError";
import { oneLine } from "../../../core/base/oneLine";
import type { TrainingJob } from "../../../core/training/trainingJob";
import { JOB_RECORD, misfit } from "../recordSchemas";

export class DamagedJob extends AppError {
  constructor(message: string) {
    super("file/unreadable", message);
  }
}

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
  const read = v.safeParse(JOB_RECORD, value);
  if (!read.success || read.output.id !== id) {
    const why = read.success ? "it is that of another training" : misfit(read.issues);
    throw new DamagedJob(`The file ${oneLine(path)} is damaged: ${why}.`);
  }
  return value as TrainingJob;
}
