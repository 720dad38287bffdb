import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { BoardJob, JobBoard } from "./jobBoard";

/** Opens the comparison of what a job made with what was before it. @throws AppError where there is nothing to compare. */
export async function compareJob({ root, job }: BoardJob, against: "champion" | "previous", board: JobBoard): Promise<void> {
  const ref = runOf(job);
  if (ref === null) {
    throw new AppError("usage", vscode.l10n.t("This training has no run that could be compared."), {
      remedy: vscode.l10n.t("Its log says what it did."),
    });
  }
  const champion = job.outcome?.champion?.runId ?? null;
  if (against === "champion" && champion !== null) {
    await vscode.commands.executeCommand("mlops.runs.compare", { ...ref, runId: champion }, [{ ...ref, runId: champion }, ref]);
    return;
  }
  const before = board.all.find(
    (other) => other.root === root && other.job.config === job.config && other.job.createdAt < job.createdAt && runOf(other.job) !== null,
  );
  const previous = before === undefined ? null : runOf(before.job);
  // Where no training before is known, a person chooses the run.
  await vscode.commands.executeCommand("mlops.runs.compare", ref, previous === null ? [ref] : [previous, ref]);
}

function runOf({ outcome }: TrainingJob): { readonly storeId: string; readonly runId: string } | null {
  const run = outcome?.runs[0];
  return run === undefined ? null : { storeId: run.storeId, runId: run.runId };
}
