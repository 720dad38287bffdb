import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { PipelineChange, PipelineStatus } from "../../core/training/pipelineStatus";
import { type DvcPlace, type FoundDvc, readDvc } from "./dvcCommand";

const UNREADABLE: PipelineStatus = {
  kind: "unknown",
  message: "DVC cannot tell whether its pipeline has changed: its answer cannot be read.",
};

/**
 * Whether a pipeline would do anything, as `dvc status --json` tells. Changes nothing.
 * @param targets stages or a file of a pipeline; those that they depend on count with them. Empty for all of the repository.
 * @param hasRun whether the pipeline ran before.
 */
export async function dvcStatus(
  { dvc, folder, env }: Pick<DvcPlace, "folder" | "env"> & { readonly dvc: Pick<FoundDvc, "path"> },
  targets: readonly string[],
  hasRun: boolean,
  signal: CancelSignal,
): Promise<PipelineStatus> {
  signal.throwIfAborted();
  const wanted = targets.length === 0 ? [] : ["--with-deps", ...targets];
  try {
    return readDvcStatus(await readDvc(dvc, ["status", "--json", ...wanted], folder, env, signal), hasRun);
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unknown", message: `DVC cannot tell whether its pipeline has changed: ${reasonOf(error)}` };
  }
}

/** @param json `{}` for nothing; else by stage a list of `{"changed deps": {"data.csv": "modified"}}` and words such as `changed command`. */
function readDvcStatus(json: string, hasRun: boolean): PipelineStatus {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return UNREADABLE;
  }
  if (!isRecord(value)) {
    return UNREADABLE;
  }
  const stages = Object.entries(value);
  const changes = stages.flatMap(([stage, parts]) => (Array.isArray(parts) ? parts : [parts]).flatMap((part) => changesOf(stage, part)));
  return stages.length === 0 ? { kind: "up_to_date" } : { kind: "changed", changes, hasRun };
}

function changesOf(stage: string, part: unknown): readonly PipelineChange[] {
  if (typeof part === "string") {
    return [{ stage, kind: "command", name: "", change: "changed", text: said(stage, part) }];
  }
  return !isRecord(part)
    ? []
    : Object.entries(part).flatMap(([what, files]) =>
        isRecord(files) ? Object.entries(files).flatMap(([file, how]) => fileChanges(stage, what === "changed outs", file, how)) : [],
      );
}

/** @param how a word, or for a file of parameters a word for each of them. */
function fileChanges(stage: string, isOutput: boolean, file: string, how: unknown): readonly PipelineChange[] {
  if (typeof how === "string") {
    const kind = isOutput ? "output" : "file";
    return [{ stage, kind, name: file, change: changeOf(how), text: said(stage, `${file} ${how}`) }];
  }
  return !isRecord(how)
    ? []
    : Object.entries(how).map(([name, given]) => {
        const word = typeof given === "string" ? given : "changed";
        return { stage, kind: "param", name, change: changeOf(word), text: said(stage, `${name} in ${file} ${word}`) };
      });
}

function said(stage: string, what: string): string {
  return oneLine(`${stage}: ${what}`, 200);
}

function changeOf(word: string): PipelineChange["change"] {
  return word === "new" ? "added" : word === "deleted" ? "removed" : "changed";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error && "stderr" in error && typeof error.stderr === "string" ? error.stderr : String(error);
  const line = text.split(/\r?\n/).find((each) => each.startsWith("ERROR:")) ?? text;
  return `${oneLine(line.replace(/^ERROR:\s*/, ""), 300).replace(/\.$/, "")}.`;
}
