import * as vscode from "vscode";

import type { Finding } from "../../core/lint/finding";

/** What a person can do about a finding where no edit of the file alone is the answer. */
export interface NextStep {
  readonly command: string;
  readonly title: () => string;
  /** What follows the file among the arguments. */
  readonly args?: readonly string[];
}

const ASK: NextStep = { command: "mlops.signOff.request", title: () => vscode.l10n.t("Request a sign-off…") };
const AUTOMATE: NextStep = {
  command: "mlops.training.addAutomation",
  title: () => vscode.l10n.t("Write a workflow, a DAG or a crontab line…"),
};
const RUNBOOK: NextStep = { command: "mlops.training.writeRunbook", title: () => vscode.l10n.t("Write a runbook…") };
const CHECK_DATA: NextStep = {
  command: "mlops.training.checkData",
  title: () => vscode.l10n.t("Check the data, and keep that as evidence…"),
};
const COMPLIANCE: NextStep = { command: "mlops.compliance.open", title: () => vscode.l10n.t("Open the compliance page") };

const EIGHT: NextStep = { command: "mlops.risk.check", title: () => vscode.l10n.t("Answer eight questions on the risk class…") };
const ARTICLE_5: NextStep = {
  command: "mlops.risk.check",
  title: () => vscode.l10n.t("Go through what Art. 5 bans…"),
  args: ["banned"],
};
const AREAS: NextStep = {
  command: "mlops.risk.check",
  title: () => vscode.l10n.t("Go through the areas of Annex III…"),
  args: ["areas"],
};

/** By rule; a rule that is not here is answered by its fixes. */
const STEPS: Readonly<Record<string, readonly NextStep[]>> = {
  "risk-class-undecided": [EIGHT],
  "prohibited-use": [ARTICLE_5],
  "high-risk-understated": [AREAS],
  "data-not-verified": [CHECK_DATA, ASK],
  "compliance-not-involved": [ASK],
  "four-eyes-missing": [ASK],
  "review-due": [ASK],
  "target-lowered": [ASK],
  "retrain-trigger-missing": [AUTOMATE],
  "one-person-knows": [RUNBOOK],
  "technical-documentation-missing": [COMPLIANCE],
  "processing-record-incomplete": [COMPLIANCE],
};

/** Commands that answer a finding of a product's file, each of which asks or shows before anything is written. */
export function nextStepsOf({ rule, related = [] }: Pick<Finding, "rule" | "related">): readonly NextStep[] {
  return [...(STEPS[rule] ?? []), ...(related.some(({ isGenerated }) => isGenerated) ? [AUTOMATE] : [])];
}
