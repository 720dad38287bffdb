import { oneLine } from "../../../base/oneLine";
import { lineCounter } from "../../../config/yaml/lineCounter";
import type { ConfigPath } from "../../../config/configPath";
import type { LintStage } from "../../../lint/ruleMeta";
import type { GateCheck, GateDecision, GateEvidence } from "../gate";
import type { GateFile } from "../gateFacts";

/** A check before the target's strictness counts. */
export interface GateDraft extends GateCheck {
  /** The mildest target at which it stops a release; at a milder one it warns. */
  readonly from: LintStage;
}

export interface DraftParts {
  readonly id: string;
  readonly result: GateDecision;
  readonly message: string;
  readonly evidence?: readonly GateEvidence[];
  readonly remedy?: string | null;
  /** Default: whatever the target is. */
  readonly from?: LintStage;
}

/** Texts come from files and stores: each becomes one line. */
export function draft({ id, result, message, evidence = [], remedy = null, from = "development" }: DraftParts): GateDraft {
  return {
    id: oneLine(id, 160),
    result,
    message: oneLine(message, 600),
    evidence,
    remedy: remedy === null ? null : oneLine(remedy, 600),
    from,
  };
}

/** A fact that cannot be had: what it leaves open, and why. */
export function notJudged(
  id: string,
  what: string,
  why: string,
  parts: Partial<Omit<DraftParts, "id" | "result" | "message">> = {},
): GateDraft {
  return draft({
    id,
    result: "could_not_judge",
    message: `Could not judge ${what}: ${why.trim().replace(/\.$/, "")}.`,
    remedy: "Make it readable and ask again: what cannot be judged does not pass.",
    ...parts,
  });
}

/** A place in the product's file. */
export function inFile(file: GateFile, config: string, at: ConfigPath): GateEvidence {
  const { source } = file.config;
  const range = source.nearestRange(at);
  const value = source.valueRange(at);
  const written = value === undefined ? undefined : oneLine(file.text.slice(value.start, value.end), 120);
  return { file: config, line: lineOf(file)(range.start), ...(written === undefined ? {} : { value: written }) };
}

const counters = new WeakMap<GateFile, (offset: number) => number>();

/** Counted once a file: each check names a line. */
export function lineOf(file: GateFile): (offset: number) => number {
  const known = counters.get(file) ?? lineCounter(file.text);
  counters.set(file, known);
  return known;
}
