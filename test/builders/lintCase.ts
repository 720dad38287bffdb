import { existsSync, readFileSync } from "node:fs";
import { applyFix as applyFixTo } from "../../src/core/lint/applyFix";
import type { Fix } from "../../src/core/lint/fix";
import type { LintRule } from "../../src/core/lint/lintRule";
import type { LintStage } from "../../src/core/lint/ruleMeta";
import { type LintResult, runLint } from "../../src/core/lint/runLint";
import { lintContext } from "./lintContext";
import type { KnownFacts } from "./lintFacts";
import { type MarkedText, readMarkedText } from "./markedText";

/** A fixture of a rule with all that it is judged by. */
export interface LintCase extends MarkedText {
  readonly file: string;
  readonly facts: KnownFacts;
  /** The policy's text; empty for none. */
  readonly policy: string;
}

/** @param before the case whose facts and policy hold for this one too, unless it has its own. */
export function readCase(file: string, before?: LintCase): LintCase {
  const factsFile = file.replace(/\.yaml$/, ".facts.json");
  const policyFile = file.replace(/\.yaml$/, ".policy.yaml");
  const facts = existsSync(factsFile) ? (JSON.parse(readFileSync(factsFile, "utf8")) as KnownFacts) : (before?.facts ?? {});
  const policy = existsSync(policyFile) ? readFileSync(policyFile, "utf8") : (before?.policy ?? "");
  return { ...readMarkedText(readFileSync(file, "utf8")), file, facts, policy };
}

export function lintCase({ text, header, facts, policy }: LintCase, rules: readonly LintRule[]): LintResult {
  const stage = (header.get("stage") ?? "development") as LintStage;
  const today = header.get("today");
  return runLint(lintContext(text, { stage, facts, policy, ...(today === undefined ? {} : { today }) }), rules);
}

/** The text after a fix. @throws Error where the fix cannot be written. */
export function applyFix(text: string, fix: Fix): string {
  const changed = applyFixTo(text, fix);
  if (!changed.ok) {
    throw new Error(changed.why);
  }
  return changed.text;
}
