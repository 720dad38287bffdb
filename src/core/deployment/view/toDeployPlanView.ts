import type { DeployCheckView, DeployDifference, DeployEvidence, DeployPlanView, DeployStepView } from "../../../protocol/deploy";
import { quoteForShell } from "../../base/quoteWords";
import type { DeployCheck, DeployPlan, VersionDifference } from "../deployPlan";
import type { TargetStep } from "../deployTarget";
import type { GateCheck, GateDecision, GateEvidence, GateResult } from "../gate/gate";
import { blockedBecause } from "../refuseDeployPlan";
import { fact, TARGET_LABELS, timeWords } from "./deployWords";

/** A plan as its page draws it. */
export function toDeployPlanView(plan: DeployPlan): DeployPlanView {
  const { spec, gate } = plan;
  return {
    hash: plan.hash,
    intent: plan.intent,
    model: spec.model,
    version: plan.version,
    previous: plan.previous,
    target: spec.name,
    facts: factsOf(plan),
    blocked: [...new Set(blockedBecause(plan).map(({ message }) => message))],
    gate: {
      result: gate.decision,
      verdict: gateVerdict(gate),
      exception: exceptionWords(gate),
      checks: gate.checks.map(toGateCheck),
      onlyWarns: gate.mode === "warn" && isStopping(gate.decision),
    },
    checks: plan.checks.map(toCheck),
    differences: plan.differences.map(toDifference),
    steps: plan.steps.map(toStep),
    wayBack: plan.wayBack.map(toStep),
    scoring: plan.input === null ? null : shorten(JSON.stringify(plan.input), 2000),
    confirmBy: plan.confirmBy,
    expiresAt: plan.expiresAt,
  };
}

function isStopping(decision: GateDecision): boolean {
  return decision === "block" || decision === "could_not_judge";
}

/** The gate's answer in one sentence. */
export function gateVerdict({ decision, checks, is_rollback: isRollback }: GateResult): string {
  const count = (result: GateDecision): number => checks.filter((check) => check.result === result).length;
  const things = (number: number): string => (number === 1 ? "1 check" : `${String(number)} checks`);
  switch (decision) {
    case "pass":
      return isRollback
        ? "Going back to this version is allowed."
        : checks.length === 1
          ? "Passed: its only check is fine."
          : `Passed: all ${String(checks.length)} checks are fine.`;
    case "warn":
      return `Passed with warnings: ${things(count("warn"))} should be looked at.`;
    case "block":
      return `Blocked by ${things(count("block"))}.`;
    case "could_not_judge":
      return `Could not judge ${things(count("could_not_judge"))}, so that it does not pass.`;
  }
}

function exceptionWords({ exception }: GateResult): string | null {
  return exception === null
    ? null
    : `Let through by the emergency exception ${exception.file} of ${exception.by.join(" and ")}, until ${exception.until}.`;
}

function toGateCheck({ id, result, message, remedy, evidence }: GateCheck): DeployCheckView {
  return { result, title: id, message, remedy, evidence: evidence.map(toEvidence) };
}

function toEvidence({ file, line, value, sha256, run, source }: GateEvidence): DeployEvidence {
  const place = file === null ? (source ?? "") : line === undefined ? file : `${file}:${String(line)}`;
  const parts = [place, value ?? "", run === undefined ? "" : `run ${run}`, sha256 === undefined ? "" : `sha256 ${sha256.slice(0, 12)}`];
  return { text: parts.filter(Boolean).join(" · "), file, line: line ?? null };
}

const CHECK_TITLES: Readonly<Record<DeployCheck["id"], string>> = {
  config: "mlops.yaml",
  target: "Target",
  version: "Version",
  running: "Other deployments",
  trust: "Trust",
  name: "Name",
};

function toCheck({ id, result, message, remedy }: DeployCheck): DeployCheckView {
  return { result, title: CHECK_TITLES[id], message, remedy, evidence: [] };
}

const GROUPS: Readonly<Record<VersionDifference["group"], string>> = {
  kpi: "KPI",
  param: "Parameter",
  data: "Data",
  code: "Code",
  owner: "Owner",
  drift: "Drift",
};

function toDifference({ group, name, before, after, isBetter }: VersionDifference): DeployDifference {
  return {
    group: GROUPS[group],
    name,
    before: before ?? "",
    after: after ?? "",
    verdict: isBetter === null ? "" : isBetter ? "better" : "worse",
  };
}

function toStep({ id, text, risk, action }: TargetStep): DeployStepView {
  return { id, text, risk, action: actionText(action) };
}

function actionText(action: TargetStep["action"]): string {
  switch (action.kind) {
    case "request":
      return `${action.method} ${action.url}${action.body == null ? "" : `\n${JSON.stringify(action.body, null, 2)}`}`;
    case "command":
      return action.argv.map((part) => (action.shell ? part : quoteForShell(part))).join(" ");
    case "own":
      return action.what;
  }
}

function factsOf(plan: DeployPlan): DeployPlanView["facts"] {
  const { spec, facts, previous, commit, digest, gate } = plan;
  const since = facts.since === null ? "" : `, since ${timeWords(facts.since)}`;
  return [
    ...fact("Model", `${spec.model}, version ${plan.version}`),
    ...fact("Target", `${spec.name} (${TARGET_LABELS[spec.type]})`),
    ...fact(
      "There now",
      previous !== null ? `version ${previous}${since}` : facts.canTell ? "no version" : "the target cannot tell which version it has",
    ),
    ...fact("Place", facts.health.message),
    ...fact("Digest", digest),
    ...fact("Commit", commit?.slice(0, 10)),
    ...fact("Judged as of", gate.today),
    ...fact("Reason", plan.reason),
  ];
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
