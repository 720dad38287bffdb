import { join } from "node:path";

import { isAppError } from "../../../core/base/appError";
import type { TrainingJob } from "../../../core/training/trainingJob";
import { createFile } from "../atomicFile";
import { jobFolder } from "./jobPlaces";

/**
 * Claims, in the job's own folder, to be the one that tells people how a training ended; of all windows and processes one wins. Where nothing
 * can be written everybody does: told twice is better than not at all.
 */
export async function isFirstToTell(root: string, { config, id }: Pick<TrainingJob, "config" | "id">): Promise<boolean> {
  try {
    return await createFile(join(jobFolder(root, config, id), "told"), "");
  } catch (error) {
    if (isAppError(error, "file/unwritable")) {
      return true;
    }
    throw error;
  }
}
