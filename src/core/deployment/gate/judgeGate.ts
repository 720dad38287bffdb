import { canonicalJson } from "../../base/canonicalJson";
import { ownValue } from "../../base/ownValue";
import type { LintStage } from "../../lint/ruleMeta";
import { approvedDigestChecks, digestCheck, versionChecks } from "./checks/versionChecks";
import { comingDayChecks, highRiskChecks } from "./checks/dutyChecks";
import { driftCheck } from "./checks/driftChecks";
import { type ExceptionReading, exceptionOf, isNeverOverridden } from "./checks/exceptionCheck";
import { draft, type GateDraft, inFile, notJudged } from "./checks/gateDraft";
import { kpiChecks } from "./checks/kpiChecks";
import { lintChecks } from "./checks/lintChecks";
import { rollbackChecks } from "./checks/rollbackCheck";
import { signOffChecks } from "./checks/signOffChecks";
import { evaluationChecks, treeCheck } from "./checks/treeChecks";
import type { GateCheck, GateDecision, GateResult } from "./gate";
import type { GateFacts, GateFile } from "./gateFacts";
import { gateLevelOf } from "./gateLevel";

const WEIGHT: Readonly<Record<GateDecision, number>> = { block: 0, could_not_judge: 1, warn: 2, pass: 3 };
const STRICTNESS: Readonly<Record<LintStage, number>> = { development: 0, staging: 1, production: 2 };

/**
 * What the gate says: pure, so that editor, command line and CI say the same of the same, byte for byte. A fact that lacks never makes a pass.
 * @param sha256 of a text as UTF-8, hex.
 */
export function judgeGate(facts: GateFacts, sha256: (text: string) => string): GateResult {
  const { wish, today, file, digest, tree } = facts;
  const product = file.known ? file.value.config.value : {};
  const version = wish.version ?? product.model?.version ?? null;
  const level = file.known ? gateLevelOf(product, wish.target) : "production";
  const { checks: found, exception, isRollback } = judge(facts, version, level);
  const checks = inOrder(found);
  const content = {
    schema: 1 as const,
    decision: decisionOf(checks, exception !== null),
    mode: product.deploy?.gate ?? ("block" as const),
    product: product.name ?? wish.config,
    config: wish.config,
    config_sha256: file.known ? file.value.sha256 : "",
    target: wish.target,
    model: product.model?.name ?? null,
    version,
    digest: digest.known ? digest.value : null,
    commit: tree.known ? tree.value.commit : null,
    today,
    is_rollback: isRollback,
    exception,
    checks,
  };
  return { ...content, hash: sha256(canonicalJson(content)) };
}

interface Judged {
  readonly checks: readonly GateCheck[];
  readonly exception: ExceptionReading["exception"];
  readonly isRollback: boolean;
}

function judge(facts: GateFacts, version: string | null, level: LintStage): Judged {
  const { file, wish } = facts;
  const weigh = (drafts: readonly GateDraft[]): readonly GateCheck[] => drafts.map((one) => weighed(one, level));
  if (!file.known) {
    const checks = weigh([notJudged("config", wish.config, file.why, { evidence: [{ file: wish.config }] })]);
    return { checks, exception: null, isRollback: false };
  }
  const back = rollbackChecks(facts, file.value, version);
  if (back.isDecided) {
    return { checks: weigh(back.checks), exception: null, isRollback: back.checks.every(({ result }) => result === "pass") };
  }
  const checks = weigh([...back.checks, ...allDrafts(facts, file.value, version)]);
  const stops = checks.filter(({ result }) => result === "block" || result === "could_not_judge");
  // An exception that nobody needs is nobody's business here.
  if (stops.length === 0) {
    return { checks, exception: null, isRollback: false };
  }
  const emergency = exceptionOf(facts, file.value, version);
  return stops.some(isNeverOverridden)
    ? { checks: [...checks, ...weigh(refusedEmergency(emergency, stops))], exception: null, isRollback: false }
    : { checks: [...checks, ...weigh(emergency.drafts)], exception: emergency.exception, isRollback: false };
}

function allDrafts(facts: GateFacts, file: GateFile, version: string | null): readonly GateDraft[] {
  return [
    ...targetChecks(facts, file),
    ...lintChecks(facts.lint, file, facts.wish.config),
    ...versionChecks(facts, file, version),
    digestCheck(facts, file),
    ...approvedDigestChecks(facts.signOffs, facts.digest),
    treeCheck(facts),
    ...evaluationChecks(facts, file, version),
    ...kpiChecks(facts, file),
    driftCheck(facts, file),
    ...logChecks(facts),
    ...signOffChecks(facts, file),
    ...highRiskChecks(facts, file),
    ...comingDayChecks(facts, file),
  ];
}

function targetChecks({ wish }: GateFacts, file: GateFile): readonly GateDraft[] {
  const targets = file.config.value.deploy?.targets ?? {};
  return ownValue(targets, wish.target) === undefined
    ? [
        draft({
          id: "target",
          result: "block",
          message: `${wish.config} has no target "${wish.target}".`,
          evidence: [inFile(file, wish.config, ["deploy", "targets"])],
          remedy: "Name one of deploy.targets, or add it there.",
        }),
      ]
    : [];
}

/** A log that was tampered with says nothing of what is at work. */
function logChecks({ deployments }: GateFacts): readonly GateDraft[] {
  return deployments.known
    ? []
    : [
        notJudged("log", "what was released before", deployments.why, {
          from: "staging",
          evidence: [{ file: null, source: "deployment log" }],
        }),
      ];
}

function refusedEmergency({ exception }: ExceptionReading, stops: readonly GateCheck[]): readonly GateDraft[] {
  const ids = stops.filter(isNeverOverridden).map(({ id }) => id);
  return exception === null
    ? []
    : [
        draft({
          id: "exception",
          result: "warn",
          message: `The emergency exception by ${exception.by.join(" and ")} does not count here: ${ids.join(", ")} may never be overridden.`,
          evidence: [{ file: exception.file }],
          remedy: "Mend these first.",
        }),
      ];
}

/** At a milder target than the one that a check is for, what would stop it is told. */
function weighed({ from, ...check }: GateDraft, level: LintStage): GateCheck {
  const isMild = STRICTNESS[level] < STRICTNESS[from] && (check.result === "block" || check.result === "could_not_judge");
  return isMild ? { ...check, result: "warn" } : check;
}

function decisionOf(checks: readonly GateCheck[], isException: boolean): GateDecision {
  const worst = checks.reduce<GateDecision>((found, { result }) => (WEIGHT[result] < WEIGHT[found] ? result : found), "pass");
  return isException && WEIGHT[worst] < WEIGHT.warn ? "warn" : worst;
}

/** What stops it first, then by id. */
function inOrder(checks: readonly GateCheck[]): readonly GateCheck[] {
  return [...checks].sort((a, b) => WEIGHT[a.result] - WEIGHT[b.result] || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
