import { dirname, join } from "node:path";

import { AppError } from "../../../core/base/appError";
import { oneLine } from "../../../core/base/oneLine";

/** Letters, digits, `-` and `_`; it begins with a letter or digit, so that no hidden file and no option is meant. */
const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

export function isJobId(text: string): boolean {
  return JOB_ID.test(text);
}

/** Absolute folder of all jobs of a product. @param config the product's file, relative to the workspace. */
export function jobsFolder(root: string, config: string): string {
  if (config.split(/[/\\]/).includes("..")) {
    throw new AppError("usage", `${oneLine(config)} lies outside of the workspace.`);
  }
  return join(root, dirname(config), ".mlops", "jobs");
}

/** Absolute folder of a job. @throws AppError `usage` for what is no id of a job, and so no name of a folder. */
export function jobFolder(root: string, config: string, id: string): string {
  if (!isJobId(id)) {
    throw new AppError("usage", `"${oneLine(id, 120)}" is no id of a training.`);
  }
  return join(jobsFolder(root, config), id);
}
