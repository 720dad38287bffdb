import type { GateCheck, GateDecision, GateEvidence, GateResult } from "../../../core/deployment/gate/gate";

export const DECISION_WORDS: Readonly<Record<GateDecision, string>> = {
  pass: "passes",
  warn: "passes with warnings",
  block: "blocked",
  could_not_judge: "could not be judged",
};

export const CHECK_WORDS: Readonly<Record<GateDecision, string>> = {
  pass: "ok",
  warn: "warns",
  block: "blocks",
  could_not_judge: "not judged",
};

/** "applicant-ranking 14 to production" */
export function whatIsJudged({ product, version, target, is_rollback: isBack }: GateResult): string {
  return `${product} ${version ?? "(no version)"} ${isBack ? "back to" : "to"} ${target}`;
}

/** "models/churn/mlops.yaml:12, sha256 3f2c…" */
export function evidenceText({ file, line, value, sha256, run, source }: GateEvidence): string {
  const place = file === null ? (source ?? "") : `${file}${line === undefined ? "" : `:${line}`}`;
  return [
    ...(place === "" ? [] : [place]),
    ...(file !== null && source !== undefined ? [source] : []),
    ...(value === undefined ? [] : [value]),
    ...(run === undefined ? [] : [`run ${run}`]),
    ...(sha256 === undefined ? [] : [`sha256 ${sha256.slice(0, 12)}…`]),
  ].join(", ");
}

/** Stops a release by itself, whether or not something lets it through. */
export function isStop({ result }: GateCheck): boolean {
  return result === "block" || result === "could_not_judge";
}
