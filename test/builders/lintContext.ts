import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toPolicy } from "../../src/core/config/policy";
import { readConfig, readPolicyFile } from "../../src/core/config/readConfig";
import { readCalendar } from "../../src/core/config/regulationCalendar";
import type { LintContext } from "../../src/core/lint/lintRule";
import type { LintStage } from "../../src/core/lint/ruleMeta";
import { type KnownFacts, lintFacts } from "./lintFacts";

/** The calendar that ships with the product. */
const CALENDAR = readCalendar(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../schemas/regulation-calendar.json"), "utf8")) as unknown,
);

export interface LintContextOptions {
  readonly stage?: LintStage;
  /** YYYY-MM-DD. */
  readonly today?: string;
  /** The policy's text. */
  readonly policy?: string;
  readonly facts?: KnownFacts;
}

/** What rules are given for a text: in development on 24 November 2026, with no policy and nothing known, unless said otherwise. */
export function lintContext(text: string, options: LintContextOptions = {}): LintContext {
  const { stage = "development", today = "2026-11-24", policy = "", facts = {} } = options;
  const config = readConfig(text);
  return {
    config,
    product: config.value,
    stage,
    today,
    policy: toPolicy(readPolicyFile(policy).value),
    calendar: CALENDAR,
    facts: lintFacts(facts),
  };
}
