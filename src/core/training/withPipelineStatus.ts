import { oneLine } from "../base/oneLine";
import { folderOf, inFolder, resolvePath } from "../lint/workspace/workspacePath";
import { isCodeFile } from "./codeFile";
import type { FingerprintChange, FingerprintPart, PastTraining, Redundancy } from "./fingerprint";
import type { PipelineChange, PipelineStatus } from "./pipelineStatus";
import type { ParamValue } from "./trainSpec";

export interface PipelineFacts {
  /** The tool, for people. */
  readonly tool: string;
  readonly status: PipelineStatus;
  /** The product's file, in the workspace. */
  readonly config: string;
  readonly parts: readonly FingerprintPart[];
  /** Parameters that are set for this training. */
  readonly overrides: Readonly<Record<string, ParamValue>>;
  /** What the file of parameters says, by name. */
  readonly written: ReadonlyMap<string, ParamValue | null>;
}

/**
 * Whether a training would only repeat an earlier one, by its fingerprint and by what the tool of its pipeline says. The tool knows every input
 * of its stages, also those that no product's file names, but only its last run and the parameters of files; the fingerprint knows all runs.
 * @param own by the fingerprint.
 */
export function withPipelineStatus(own: Redundancy, facts: PipelineFacts): Redundancy {
  const { tool, status } = facts;
  switch (status.kind) {
    case "up_to_date": {
      const set = setParams(facts);
      return set.length === 0 ? repeated(own, tool) : own.kind === "redundant" || own.kind === "changed" ? own : changed(own, set);
    }
    case "changed":
      return status.hasRun ? differs(own, facts, status.changes) : own;
    case "unknown":
      return own.kind === "first" ? { kind: "cannot_tell", why: `No earlier training is known here. ${status.message}`, past: null } : own;
  }
}

function repeated(own: Redundancy, tool: string): Redundancy {
  const says = `${tool} says that nothing has changed since its pipeline last ran, so that it would compute nothing.`;
  switch (own.kind) {
    case "redundant":
      return { ...own, because: `${own.because} ${says}` };
    case "changed": {
      const seen = own.changes.map(({ text }) => text).join("; ");
      const beside =
        seen === "" ? "" : ` The last run that is known here differs (${oneLine(seen, 600)}), which is no change to ${tool}'s pipeline.`;
      return { kind: "redundant", past: own.past, because: `${says}${beside}` };
    }
    case "first":
    case "cannot_tell":
      return { kind: "redundant", past: pastOf(own), because: says };
  }
}

function differs(own: Redundancy, facts: PipelineFacts, changes: readonly PipelineChange[]): Redundancy {
  const named = changes.map((one) => toChange(one, facts.tool));
  const unseen = changes.flatMap((one, index) => (isInFingerprint(one, facts) ? [] : (named[index] ?? [])));
  switch (own.kind) {
    case "redundant": {
      // A run of earlier values is as good as the last one; what only the tool knows of may have changed since any of them.
      const inputs = unseen.filter(({ kind }) => kind !== "output");
      const since = changes.map(({ text }) => text).join("; ");
      return inputs.length > 0
        ? changed(own, inputs)
        : { ...own, because: `${own.because} Since its pipeline last ran, ${facts.tool} says, this changed: ${oneLine(since, 600)}.` };
    }
    case "changed":
      return changed(own, [...own.changes, ...unseen]);
    case "first":
    case "cannot_tell":
      return changed(own, named);
  }
}

function toChange({ kind, name, change, text }: PipelineChange, tool: string): FingerprintChange {
  const as = kind === "file" ? (isCodeFile(name) ? "code" : "data") : kind;
  return { kind: as, name: name === "" ? "command" : name, change, text: `${tool} says ${text}` };
}

function isInFingerprint({ kind, name }: PipelineChange, { config, parts }: PipelineFacts): boolean {
  switch (kind) {
    case "output":
      return false;
    case "command":
      return parts.some((part) => part.kind === "code" && /(?:^|\/)dvc\.yaml$/.test(part.name));
    case "param":
      return parts.some((part) => part.kind === "param" && part.name === name);
    case "file": {
      const folder = folderOf(config);
      const path = resolvePath(folder, name);
      const placesOf = (part: string): readonly string[] => [inFolder(folder, part), part];
      return (
        path !== null &&
        parts.some((part) => part.size !== null && placesOf(part.name).some((place) => place === path || path.startsWith(`${place}/`)))
      );
    }
  }
}

/** What is set for this training, and not so in the file from which the tool takes it. */
function setParams({ overrides, written }: PipelineFacts): readonly FingerprintChange[] {
  return Object.entries(overrides).flatMap(([name, value]) => {
    const before = written.get(name);
    return before === value
      ? []
      : [
          before == null
            ? { kind: "param" as const, name, change: "added" as const, text: `${name} was added: ${String(value)}` }
            : { kind: "param" as const, name, change: "changed" as const, text: `${name}: ${String(before)} → ${String(value)}` },
        ];
  });
}

function changed(own: Redundancy, changes: readonly FingerprintChange[]): Redundancy {
  return { kind: "changed", past: pastOf(own), changes };
}

/** The pipeline ran, but no run of it is known here. */
const NO_RUN: PastTraining = {
  ...{ jobId: null, run: null, endedAt: null, durationMs: null, kpis: {}, cost: null, commit: null, params: {} },
};

function pastOf(own: Redundancy): PastTraining {
  return own.kind === "first" ? NO_RUN : (own.past ?? NO_RUN);
}
