import type { ConfigPath } from "../config/configPath";
import { configInvalidMeta } from "./configInvalidMeta";
import type { Finding } from "./finding";
import { lacks } from "./lacks";
import type { LintContext } from "./lintRule";
import { oneLine } from "./oneLine";
import type { RuleMeta } from "./ruleMeta";

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
export function readSuppressions(context: LintContext, metas: readonly RuleMeta[]): Suppressions {
  const active = new Map<string, Suppression>();
  const expired = new Map<string, Suppression>();
  const problems: Finding[] = [];
  for (const [index, entry] of (context.product.lint?.ignore ?? []).entries()) {
    const at: ConfigPath = ["lint", "ignore", index];
    const { rule, why, until, by } = entry ?? {};
    const missing = PARTS.filter((part) => lacks(context, [...at, part], { sentence: part === "why" }));
    if (missing.length > 0) {
      problems.push(toProblem(context, at, sayMissing(missing)));
    } else if (rule !== undefined && why !== undefined && until !== undefined && by !== undefined) {
      const meta = metas.find(({ code, name }) => name === rule.trim().toLowerCase() || code === rule.trim().toUpperCase());
      if (meta === undefined) {
        problems.push(toProblem(context, [...at, "rule"], `There is no rule "${rule.trim().slice(0, 100)}".`));
      } else if (meta.appliesTo === "pipeline") {
        const message = `${meta.name} judges pipeline files of other tools; say it at the top of that file: "# mlops-ignore: ${meta.code} until YYYY-MM-DD by PERSON because REASON".`;
        problems.push(toProblem(context, [...at, "rule"], message));
      } else if (!meta.suppressible) {
        const message = `${meta.name} (${meta.code}) may not be left as it is; it has to be mended.`;
        problems.push(toProblem(context, [...at, "rule"], message));
      } else {
        // The last day counts as a whole, and dates written like this compare as texts do.
        (until >= context.today ? active : expired).set(meta.name, { rule: meta.name, why: why.trim(), until, by });
      }
    }
    // What is written in a wrong way, such as a day that does not exist, is told where the file is read.
  }
  return { active, expired: new Map([...expired].filter(([name]) => !active.has(name))), problems };
}

function sayMissing(parts: readonly string[]): string {
  const hint = parts.includes("why") ? "; the reason is a sentence of three words or more" : "";
  return `A finding can only be left as it is with rule, why, until and by; here ${parts.join(" and ")} ${parts.length === 1 ? "is" : "are"} missing${hint}.`;
}

function toProblem({ config }: LintContext, at: ConfigPath, message: string): Finding {
  return {
    rule: configInvalidMeta.name,
    code: configInvalidMeta.code,
    severity: "error",
    message: oneLine(message),
    range: config.source.nearestRange(at),
    fixes: [],
    noFix: "Only the person who decides that the finding stays can say this.",
    suppressible: false,
    meta: configInvalidMeta,
  };
}
