import { PIPELINE_RULES } from "./allRules";
import { sayAllUnchecked, sayUnchecked } from "./couldNotCheck";
import { couldNotCheckMeta } from "./couldNotCheckMeta";
import type { Finding } from "./finding";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "./lintRule";
import { oneLine } from "./oneLine";
import type { RuleMeta, Severity } from "./ruleMeta";
import { DEFAULT_LINT_SETTINGS, type LintSettings } from "./lintSettings";
import { severityOf } from "./severityOf";
import { readSuppressions, type Suppression } from "./suppressions";

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly suppression: Suppression;
}

/** A rule that lacked a fact, at the severity that its finding would have had. */
export interface UncheckedRule {
  readonly rule: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface LintResult {
  /** By position, then by code; the same in the editor, on the command line and in CI. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What rules could not check, in their order; lint tells it as hints, and a gate has to know how much it weighs. */
  readonly unchecked: readonly UncheckedRule[];
}

/** Judges one file by the rules given. Pure: equal contexts give equal results. */
export function runLint(context: LintContext, rules: readonly LintRule[], settings: LintSettings = DEFAULT_LINT_SETTINGS): LintResult {
  if (context.product.stage === "retired" && settings.retired === "off") {
    return { findings: [], suppressed: [], unchecked: [] };
  }
  const findings: Finding[] = [];
  const unchecked: UncheckedRule[] = [];
  const reasons: CouldNotCheck[] = [];
  const defects: UncheckedRule[] = [];
  for (const rule of rules) {
    const { meta } = rule;
    if (meta.appliesTo !== "product") {
      continue;
    }
    const weight = severityOf(meta, undefined, context, settings);
    const isOff = weight === "off";
    const { results, defect } = checkSafely(rule, context);
    if (defect !== null && weight !== "off") {
      defects.push({ rule: meta.name, code: meta.code, severity: weight, message: oneLine(defect) });
    }
    for (const result of results) {
      if ("couldNotCheck" in result) {
        if (weight !== "off") {
          unchecked.push({ rule: meta.name, code: meta.code, severity: weight, message: oneLine(sayUnchecked(result)) });
          reasons.push(result);
        }
        continue;
      }
      // What nobody may silence, such as a secret, is told even where the rest of its rule is off.
      const suppressible = meta.suppressible && result.suppressible !== false;
      const severity = isOff && suppressible ? "off" : severityOf({ ...meta, suppressible }, result.severity, context, settings);
      if (severity !== "off") {
        findings.push(toFinding(meta, result, severity, context));
      }
    }
  }
  const { active, expired, problems } = readSuppressions(
    context,
    [...rules, ...PIPELINE_RULES].map(({ meta }) => meta),
  );
  const suppressed: SuppressedFinding[] = [];
  const kept = findings.flatMap((finding): readonly Finding[] => {
    const suppression = finding.suppressible ? active.get(finding.rule) : undefined;
    if (suppression !== undefined) {
      suppressed.push({ finding, suppression });
      return [];
    }
    const ended = expired.get(finding.rule);
    return [ended === undefined ? finding : { ...finding, message: `${finding.message} (It was left as it is until ${ended.until}.)` }];
  });
  // A rule that is silenced may lack its facts as well.
  const open = [...unchecked, ...defects].filter(({ rule }) => !active.has(rule));
  const all = [...kept, ...problems, ...uncheckedFindings(reasons, context, settings)];
  return { findings: inOrder(all, (finding) => finding), suppressed: inOrder(suppressed, ({ finding }) => finding), unchecked: open };
}

/** A rule that fails is a defect of ours: it becomes one finding, so that nobody takes silence for a clean file. */
function checkSafely(
  rule: LintRule,
  context: LintContext,
): { readonly results: readonly (RuleFinding | CouldNotCheck)[]; readonly defect: string | null } {
  try {
    return { results: rule.check(context), defect: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const defect = `This rule could not check the file because of a defect of its own: ${why}`;
    return { results: [{ message: defect, at: [], severity: "warning", fixes: [] }], defect };
  }
}

function toFinding(meta: RuleMeta, result: RuleFinding, severity: Severity, { config }: LintContext): Finding {
  return {
    rule: meta.name,
    code: meta.code,
    severity,
    message: oneLine(result.message),
    range: result.range ?? config.source.nearestRange(result.at),
    fixes: result.fixes.map((fix) => ({ ...fix, title: oneLine(fix.title) })),
    noFix: result.fixes.length > 0 ? null : (result.noFix ?? meta.noFix ?? "Only a person who knows the facts can mend this."),
    suppressible: meta.suppressible && result.suppressible !== false,
    meta,
    ...(result.related === undefined ? {} : { related: result.related.map((place) => ({ ...place, message: oneLine(place.message) })) }),
  };
}

/** Each reason once a file, however many rules it kept from checking. */
function uncheckedFindings(unchecked: readonly CouldNotCheck[], context: LintContext, settings: LintSettings): readonly Finding[] {
  const severity = severityOf(couldNotCheckMeta, undefined, context, settings);
  return severity === "off"
    ? []
    : sayAllUnchecked(unchecked).map((message) =>
        toFinding(couldNotCheckMeta, { message, at: [], fixes: [], suppressible: false }, severity, context),
      );
}

/** By position, then by code and message. */
export function inOrder<T>(items: readonly T[], findingOf: (item: T) => Finding): readonly T[] {
  return [...items].sort((left, right) => {
    const a = findingOf(left);
    const b = findingOf(right);
    return a.range.start - b.range.start || a.range.end - b.range.end || compareText(a.code, b.code) || compareText(a.message, b.message);
  });
}

/** Not by locale, which differs between machines. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
