import { isDate } from "../config/dates";
import { isPlaceholder } from "../config/placeholder";
import type { Finding } from "./finding";
import type { LintContext, LintRule } from "./lintRule";
import { configInvalidMeta } from "./configInvalidMeta";

/** An entry of `lint.ignore` that is complete: a rule that is silent until a day. */
export interface Suppression {
  /** Readable name of the rule. */
  readonly rule: string;
  readonly why: string;
  /** Last day, YYYY-MM-DD. */
  readonly until: string;
  readonly by: string;
}

export interface Suppressions {
  /** By name of the rule. */
  readonly active: ReadonlyMap<string, Suppression>;
  readonly expired: ReadonlyMap<string, Suppression>;
  /** Entries that are incomplete or ask for what may not be. */
  readonly problems: readonly Finding[];
}

const PARTS = ["rule", "why", "until", "by"] as const;

/** Reads `lint.ignore`. An entry without rule, reason, end and person silences nothing and is a finding itself. */
export function readSuppressions({ product, config, today }: LintContext, rules: readonly LintRule[]): Suppressions {
  const active = new Map<string, Suppression>();
  const expired = new Map<string, Suppression>();
  const problems: Finding[] = [];
  for (const [index, entry] of (product.lint?.ignore ?? []).entries()) {
    const { rule = "", why = "", until = "", by = "" } = entry ?? {};
    const given = { rule: rule.trim(), why: why.trim(), until: until.trim(), by: by.trim() };
    const report = (message: string): void => {
      problems.push({
        rule: configInvalidMeta.name,
        code: configInvalidMeta.code,
        severity: "error",
        message,
        range: config.source.nearestRange(["lint", "ignore", index]),
        fixes: [],
        noFix: "Only the person who decides that the finding stays can say this.",
        suppressible: false,
        meta: configInvalidMeta,
      });
    };
    const missing = PARTS.filter((part) => given[part] === "" || isPlaceholder(given[part]));
    const meta = rules.map((one) => one.meta).find(({ code, name }) => name === given.rule || code === given.rule.toUpperCase());
    if (missing.length > 0) {
      report(
        `A finding can only be left as it is with rule, why, until and by; here ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing.`,
      );
    } else if (!isDate(given.until)) {
      report(`"${given.until}" is no date; write the last day as YYYY-MM-DD.`);
    } else if (meta === undefined) {
      // The rule may be of a newer version; it then has no findings to silence here.
      report(`There is no rule "${given.rule.slice(0, 100)}".`);
    } else if (!meta.suppressible) {
      report(`${meta.name} (${meta.code}) may not be left as it is; it has to be mended.`);
    } else {
      // The last day counts as a whole, and dates written like this compare as texts do.
      (given.until >= today ? active : expired).set(meta.name, { ...given, rule: meta.name });
    }
  }
  return { active, expired: new Map([...expired].filter(([name]) => !active.has(name))), problems };
}
