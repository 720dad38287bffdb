/** Set for a process that is to watch over one training, whose folder is its only argument. */
export const RUN_JOB = "MLOPS_RUN_JOB";

/**
 * Watches over a training, where this program was started for that: it ships as one file too, which has no other one beside it. The variable
 * goes, so that a training that calls this program itself gets what it asks for.
 * @returns the exit code; null where this process is for something else.
 */
export async function runJob(args: readonly string[], env: Record<string, string | undefined>): Promise<number | null> {
  const [folder, ...rest] = args;
  if (env[RUN_JOB] !== "1" || folder === undefined || rest.length > 0) {
    return null;
  }
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- Setting it to undefined would leave the text "undefined" to the training.
  delete env[RUN_JOB];
  const { superviseJob } = await import("../adapters/node/jobs/superviseJob");
  try {
    await superviseJob(folder);
    return 0;
  } catch {
    return 1; // Nobody reads what it says; the job's own files tell.
  }
}
