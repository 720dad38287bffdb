import { PIPELINE_RULES } from "./allRules";
import { sayAllUnchecked } from "./couldNotCheck";
import { couldNotCheckMeta } from "./couldNotCheckMeta";
import type { Finding } from "./finding";
import type { CouldNotCheck } from "./lintRule";
import type { PipelineContext, PipelineFinding, PipelineRule } from "./pipelineRule";
import { pipelineSuppressions } from "./pipelineSuppressions";
import type { RuleMeta, Severity } from "./ruleMeta";
import { DEFAULT_LINT_SETTINGS, type LintSettings } from "./lintSettings";
import { inOrder, type LintResult, type SuppressedFinding } from "./runLint";
import { severityOf } from "./severityOf";

/**
 * Judges a pipeline file of another tool: in the order, with the weights and with the findings about unknown facts that a product's file
 * has. The file has no stage, so that it is judged as in development. Pure.
 */
export function runPipelineLint(
  context: PipelineContext,
  rules: readonly PipelineRule[] = PIPELINE_RULES,
  settings: LintSettings = DEFAULT_LINT_SETTINGS,
): LintResult {
  const weigh = (meta: RuleMeta): Severity | "off" =>
    severityOf(meta, undefined, { stage: "development", policy: context.policy }, settings);
  const { active, expired, problems } = pipelineSuppressions(context, rules);
  const findings: Finding[] = [...problems];
  const suppressed: SuppressedFinding[] = [];
  const unchecked: CouldNotCheck[] = [];
  for (const rule of rules) {
    const severity = weigh(rule.meta);
    if (severity === "off") {
      continue;
    }
    for (const result of checkSafely(rule, context)) {
      if ("couldNotCheck" in result) {
        unchecked.push(result);
        continue;
      }
      const finding = toFinding(rule.meta, result, severity);
      const suppression = active.get(rule.meta.name);
      const ended = expired.get(rule.meta.name);
      if (suppression !== undefined) {
        suppressed.push({ finding, suppression });
      } else {
        findings.push(
          ended === undefined ? finding : { ...finding, message: `${finding.message} (It was left as it is until ${ended.until}.)` },
        );
      }
    }
  }
  const severity = weigh(couldNotCheckMeta);
  if (severity !== "off") {
    findings.push(
      ...sayAllUnchecked(unchecked).map((message) =>
        toFinding(couldNotCheckMeta, { message, range: context.file.range, fixes: [] }, severity),
      ),
    );
  }
  return { findings: inOrder(findings, (finding) => finding), suppressed: inOrder(suppressed, ({ finding }) => finding), unchecked: [] };
}

/** A rule that fails is a defect of ours: it becomes one finding, so that nobody takes silence for a clean file. */
function checkSafely(rule: PipelineRule, context: PipelineContext): readonly (PipelineFinding | CouldNotCheck)[] {
  try {
    return rule.check(context);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ message: `This rule could not check the file because of a defect of its own: ${why}`, range: context.file.range, fixes: [] }];
  }
}

function toFinding(meta: RuleMeta, { message, range, fixes, noFix }: PipelineFinding, severity: Severity): Finding {
  return {
    rule: meta.name,
    code: meta.code,
    severity,
    message,
    range,
    fixes,
    noFix: fixes.length > 0 ? null : (noFix ?? meta.noFix ?? "Only a person who knows the facts can mend this."),
    // `lint.ignore` stands in an mlops.yaml; here a comment at the top is needed.
    suppressible: false,
    meta,
  };
}
