import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { runCommit } from "../../core/browse/runFacts";
import type { ComparedRun } from "../../core/compare/comparedRun";
import type { ComparedRow } from "../../core/compare/runComparison";
import { isDirty, SOURCE_TAGS } from "../../core/compare/runFields";
import type { ValueAddress } from "../../protocol/runPage";
import type { RunRef } from "../platform/runRef";
import { artifactUri } from "../runs/artifactFileSystem";
import type { ComparedCode } from "../runs/commitDiff";
import { valueUri } from "../runs/valueDocuments";

const DIRTY = "mlflow.source.git.dirty";

/** Opens whole values of two runs in the diff editor. */
export async function diffValues(row: ComparedRow, left: ComparedRun, right: ComparedRun): Promise<void> {
  const sides = [left, right].map((run) => valueUri(toRef(run), addressOf(row, run)));
  await showDiff(sides, oneLine(row.key, 60), left, right);
}

/** Opens a file that two runs logged in the diff editor, which shows images side by side. */
export async function diffArtifacts(path: string, left: ComparedRun, right: ComparedRun): Promise<void> {
  const sides = [left, right].map(({ storeId, run }) => artifactUri(storeId, { kind: "run", runId: run.runId }, path));
  await showDiff(sides, oneLine(path.slice(path.lastIndexOf("/") + 1), 60), left, right);
}

export async function openArtifact(path: string, { storeId, run }: ComparedRun): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", artifactUri(storeId, { kind: "run", runId: run.runId }, path));
}

/** The code that a run says it was started from. */
export function codeOf(compared: ComparedRun): ComparedCode {
  return {
    ref: toRef(compared),
    name: nameOf(compared),
    hash: runCommit(compared.run),
    isDirty: isDirty(compared.run.tags.get(DIRTY)),
  };
}

async function showDiff(sides: readonly vscode.Uri[], what: string, left: ComparedRun, right: ComparedRun): Promise<void> {
  const title = vscode.l10n.t("{0}: {1} ↔ {2}", what, oneLine(nameOf(left), 40), oneLine(nameOf(right), 40));
  await vscode.commands.executeCommand("vscode.diff", ...sides, title, { preview: true });
}

function addressOf(row: ComparedRow, { run }: ComparedRun): ValueAddress {
  const { section, key } = row;
  if (section === "params") {
    return { kind: "param", key };
  }
  if (section === "tags") {
    return { kind: "tag", key };
  }
  const tag = section === "source" ? SOURCE_TAGS.find(([name]) => name === key)?.[1] : undefined;
  if (tag !== undefined) {
    return { kind: "tag", key: tag };
  }
  if (section === "summary" && key === "description") {
    return { kind: "note" };
  }
  if (section === "data" && key.endsWith("/source")) {
    const index = run.inputs.findIndex(({ context, name }) => `${context === null ? name : `${context}/${name}`}/source` === key);
    if (index >= 0) {
      return { kind: "dataset", index, part: "source" };
    }
  }
  throw new AppError("usage", vscode.l10n.t("These values are too short for the diff editor; the table shows all of them."));
}

function toRef({ storeId, run }: ComparedRun): RunRef {
  return { storeId, runId: run.runId };
}

function nameOf({ run }: ComparedRun): string {
  return run.name === "" ? run.runId : run.name;
}
