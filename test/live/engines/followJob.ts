import { isAppError } from "../../../src/core/base/appError";
import { isOver } from "../../../src/core/training/jobState";
import type { JobHandle, JobStatus, TrainingEngine } from "../../../src/core/training/trainingEngine";
import { never } from "../liveStore";

/** Asks until the job is as wanted; whoever does not answer is asked again. */
export async function waitFor(
  engine: TrainingEngine,
  handle: JobHandle,
  isWanted: (status: JobStatus) => boolean = ({ state }) => isOver(state),
  patienceMs = 100_000,
): Promise<JobStatus> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const status = await engine.status(handle, never).catch((error: unknown) => {
      if (isAppError(error, "store/unreachable") || isAppError(error, "store/timeout")) {
        return null;
      }
      throw error;
    });
    if (status !== null && isWanted(status)) {
      return status;
    }
    if (Date.now() > end) {
      throw new Error(`It stayed ${JSON.stringify(status)}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The log to its end, in as many chunks as it takes. */
export async function wholeLog(engine: TrainingEngine, handle: JobHandle): Promise<string> {
  let text = "";
  let cursor: string | null = null;
  for (let tries = 0; tries < 60; tries++) {
    const chunk: Awaited<ReturnType<TrainingEngine["log"]>> = await engine.log(handle, cursor, never);
    text += chunk.text;
    cursor = chunk.cursor;
    if (chunk.isComplete) {
      return text;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`The log has no end: ${text.slice(-500)}`);
}
