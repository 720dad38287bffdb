import { isDate, sayDate } from "../../config/dates";
import { couldNotCheck } from "../couldNotCheck";
import { isGiven } from "../isGiven";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const REPORT = ["evaluation", "report"] as const;
const COMMIT = ["evaluation", "commit"] as const;
const DATE = ["evaluation", "date"] as const;

export const evaluationOutdated: LintRule = {
  meta: {
    code: "PERF03",
    name: "evaluation-outdated",
    challenge: "performance",
    severity: { development: "off", staging: "error", production: "error" },
    summary: "There is an evaluation of this version of the model, made after the last change to its training.",
    why: "Results belong to the model that was measured. After a new version or a change to the pipeline the old results look right and say nothing, and a release would rest on them.",
    article: "AI Act Annex IV(2)(g)",
    suppressible: true,
    noFix: "Only a new evaluation of this version can mend this.",
    appliesTo: "product",
  },
  check(context) {
    const { product, facts, config } = context;
    const report = product.evaluation?.report;
    if (!isGiven(report)) {
      const fixes = config.source.has(REPORT) ? [] : [setFix("Add a place to link the evaluation", REPORT, TODO)];
      return [{ message: "There is no evaluation of this model.", at: REPORT, fixes }];
    }
    const file = facts.path(report);
    if (file.known && (file.value.kind === "missing" || file.value.kind === "outside")) {
      const fault = file.value.kind === "missing" ? "does not exist" : "lies outside of the workspace";
      return [{ message: `The evaluation "${report}" ${fault}.`, at: REPORT, fixes: [] }];
    }
    return [...againstReport(context, report), ...againstTraining(context)];
  },
};

/** What the report says of itself against what this file says. */
function againstReport({ product, facts }: LintContext, report: string): readonly (RuleFinding | CouldNotCheck)[] {
  if (!facts.evaluation.known) {
    return [couldNotCheck(`which version "${report}" judged`, facts.evaluation.why)];
  }
  const { modelVersion, commit } = facts.evaluation.value ?? { modelVersion: null, commit: null };
  const version = product.model?.version;
  if (modelVersion !== null && isGiven(version) && modelVersion !== version) {
    const message = `The evaluation belongs to another version of the model: ${report} judged ${modelVersion}, this is ${version}.`;
    return [{ message, at: REPORT, fixes: [] }];
  }
  const written = product.evaluation?.commit;
  if (commit !== null && isGiven(written) && !isSameCommit(commit, written)) {
    const fixes = [setFix(`Take the commit ${short(commit)} from ${report}`, COMMIT, short(commit))];
    return [{ message: `The evaluation belongs to commit ${short(commit)}, not to ${short(written)}.`, at: COMMIT, fixes }];
  }
  return [];
}

function againstTraining({ product, facts }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const reported = facts.evaluation.known ? facts.evaluation.value?.date?.slice(0, 10) : undefined;
  const date = reported ?? product.evaluation?.date;
  if (date === undefined || !isDate(date)) {
    return [];
  }
  if (!facts.lastTrainingChange.known) {
    return [couldNotCheck("whether the pipeline changed since the evaluation", facts.lastTrainingChange.why)];
  }
  const changed = facts.lastTrainingChange.value;
  return changed !== null && date < changed
    ? [
        {
          message: `The evaluation of ${sayDate(date)} is older than the newest change to the pipeline, of ${sayDate(changed)}.`,
          at: DATE,
          fixes: [],
        },
      ]
    : [];
}

/** A commit may be written short. */
function isSameCommit(left: string, right: string): boolean {
  const [one, other] = [left.trim().toLowerCase(), right.trim().toLowerCase()];
  return one.startsWith(other) || other.startsWith(one);
}

function short(commit: string): string {
  return commit.trim().slice(0, 12);
}
