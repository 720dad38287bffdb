import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { Deployment } from "../../core/deployment/deployment";
import { DEPLOYMENT_RECORD, misfit } from "./recordSchemas";

/** @param id of the folder it lies in. @throws AppError `file/unreadable` for a file that no deployment can be read from. */
export function readDeploymentText(text: string, id: string, path: string): Deployment {
  const damaged = (why: string): AppError => new AppError("file/unreadable", `The file ${oneLine(path)} is damaged: ${why}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(error instanceof Error ? oneLine(error.message, 120) : "no JSON");
  }
  if (typeof value === "object" && value !== null && "schema" in value && value.schema !== 1) {
    throw new AppError("file/unreadable", `The file ${oneLine(path)} was written by a newer version.`);
  }
  const read = v.safeParse(DEPLOYMENT_RECORD, value);
  if (!read.success || read.output.id !== id) {
    throw damaged(read.success ? "it is that of another deployment" : misfit(read.issues));
  }
  return value as Deployment;
}
