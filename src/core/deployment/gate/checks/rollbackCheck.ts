import { isHighRisk } from "../../../lint/highRisk";
import type { Fact } from "../../../lint/lintFacts";
import type { DeploymentEntry } from "../../deployment";
import type { GateDecision, GateEvidence } from "../gate";
import type { GateFacts, GateFile } from "../gateFacts";
import { releasesOf } from "../releasesOf";
import { draft, type GateDraft } from "./gateDraft";
import { sameDigest, standingEvidence } from "./versionChecks";
import { assignApprovals, decisionsOn, standingRejection, unknownRejection } from "./versionDecisions";

export interface RollbackReading {
  /** Whether the checks say all; else they are notes, and the version is judged like a deployment. */
  readonly isDecided: boolean;
  readonly checks: readonly GateDraft[];
}

/** What one kind of proof says: it holds, the files are others by now, it cannot be judged, or it is not enough. */
interface Outcome {
  readonly result: GateDecision;
  readonly message: string;
  readonly evidence: readonly GateEvidence[];
}

const BEST: readonly GateDecision[] = ["pass", "block", "could_not_judge", "warn"];
const NOT_ENOUGH = "It is judged like a release.";

/**
 * Going back to a version that the gate let through to that place, or that was approved for launch by all who have to, is always allowed, unless somebody
 * rejected it or its files were changed since.
 */
export function rollbackChecks(facts: GateFacts, file: GateFile, version: string | null): RollbackReading {
  if (!facts.wish.isRollback || version === null) {
    return { isDecided: false, checks: [] };
  }
  const proofs = [
    { id: "rollback:log", outcome: byLog(facts, file, version) },
    { id: "rollback:sign-off", outcome: bySignOff(facts, file, version) },
  ].flatMap(({ id, outcome }) => (outcome === null ? [] : [{ id, outcome }]));
  const holding = proofs.find(({ outcome }) => outcome.result === "pass")?.outcome;
  if (holding !== undefined) {
    return {
      isDecided: true,
      checks: [draft({ ...holding, id: "rollback", message: `${holding.message} Going back to it is always allowed.` })],
    };
  }
  const changed = proofs.find(({ outcome }) => outcome.result === "block")?.outcome;
  if (changed !== undefined) {
    const remedy = "Go back to another version, or release this one as a new one.";
    return { isDecided: true, checks: [draft({ ...changed, id: "rollback:digest", remedy })] };
  }
  const remedy = "Go back to a version of which this is known, or have this one approved.";
  return { isDecided: false, checks: proofs.map(({ id, outcome }) => draft({ ...outcome, id, remedy, from: "production" })) };
}

/** The best that one of its releases to that target proves. */
function byLog(facts: GateFacts, file: GateFile, version: string): Outcome | null {
  const { deployments, wish } = facts;
  const released = deployments.known
    ? releasesOf(deployments.value, file, wish).filter((one) => one.version === version && one.state === "succeeded")
    : [];
  const outcomes = released.map((entry) => ofRelease(entry, facts, file)).reverse();
  return BEST.flatMap((result) => outcomes.find((one) => one.result === result) ?? [])[0] ?? null;
}

function ofRelease(entry: DeploymentEntry, { signOffs, digest, wish }: GateFacts, file: GateFile): Outcome {
  const { version, at, who, gate } = entry;
  const said = `Version ${version} was at work on ${wish.target}, released on ${at.slice(0, 10)}${who === null ? "" : ` by ${who}`}.`;
  const evidence: readonly GateEvidence[] = [{ file: null, source: "deployment log", value: entry.deployment }];
  const isLetThrough = (gate.decision === "pass" || gate.decision === "warn") && gate.exception !== true;
  if (!isLetThrough) {
    const how = gate.exception === true ? "by an emergency exception" : "although the gate did not let it through";
    return { result: "warn", message: `${said} It went there ${how}, so that this proves nothing. ${NOT_ENOUGH}`, evidence };
  }
  if (!signOffs.known) {
    return unknown(said, `whether somebody rejected it since: ${signOffs.why}`, evidence);
  }
  const of = { version, described: file.config.value.model?.version };
  const rejection = standingRejection(decisionsOn(signOffs.value, version), of, Date.parse(at));
  if (rejection !== null) {
    const message = `${said} ${rejection.who.email ?? "Somebody"} rejected it since (${rejection.subject}). ${NOT_ENOUGH}`;
    return { result: "warn", message, evidence: [...evidence, standingEvidence(rejection)] };
  }
  const hidden = unknownRejection(signOffs.value, version);
  return hidden === null
    ? ofDigest(said, [entry.digest], digest, evidence)
    : unknown(said, `whether somebody rejected it since: ${hidden}`, evidence);
}

/** Whether all who have to approved the launch of that version, and nobody rejected it. Nothing where nobody approved it. */
function bySignOff({ signOffs, digest }: GateFacts, file: GateFile, version: string): Outcome | null {
  const decisions = signOffs.known ? decisionsOn(signOffs.value, version) : [];
  const approvals = decisions.filter(
    ({ subject, state, decision }) =>
      subject === "launch" && state !== "rejected" && (decision === "approve" || decision === "approve_with_conditions"),
  );
  if (!signOffs.known || approvals.length === 0) {
    return null;
  }
  const product = file.config.value;
  const said = `The launch of version ${version} was approved by ${approvals.map(sayWho).join(" and ")}.`;
  const evidence = approvals.map(standingEvidence);
  const rejection = standingRejection(decisions, { version, described: product.model?.version }, null);
  if (rejection !== null) {
    const message = `${said} ${rejection.who.email ?? "Somebody"} rejected it (${rejection.subject}), which nobody took back. ${NOT_ENOUGH}`;
    return { result: "warn", message, evidence: [...evidence, standingEvidence(rejection)] };
  }
  const hidden = unknownRejection(signOffs.value, version);
  if (hidden !== null) {
    return unknown(said, `whether somebody rejected it: ${hidden}`, evidence);
  }
  const needs = signOffs.value.needed.filter(({ subject }) => subject === "launch");
  const isAsked =
    needs.length > 0 && (!isHighRisk(product) || ["requirements", "compliance"].every((role) => needs.some((one) => one.role === role)));
  const answered = approvals.filter(({ openConditions }) => openConditions.length === 0);
  const isOfThese = ({ model }: (typeof approvals)[number]): boolean =>
    model.digest !== null && digest.known && sameDigest(model.digest, digest.value);
  const enough = isAsked ? (assignApprovals(needs, answered.filter(isOfThese)) ?? assignApprovals(needs, answered)) : null;
  if (enough === null) {
    const open = approvals.find(({ openConditions }) => openConditions.length > 0);
    const why =
      open !== undefined
        ? `Conditions of ${open.who.email ?? "one of them"} are not answered: ${open.openConditions.join("; ")}.`
        : isHighRisk(product)
          ? "A high-risk model needs two people, one for the requirements and one for compliance."
          : "That is not by those who have to.";
    return { result: "warn", message: `${said} ${why} ${NOT_ENOUGH}`, evidence };
  }
  return ofDigest(
    `The launch of version ${version} was approved by ${enough.map(sayWho).join(" and ")}.`,
    enough.map(({ model }) => model.digest),
    digest,
    enough.map(standingEvidence),
  );
}

function sayWho({ who, when }: { readonly who: { readonly email: string | null }; readonly when: string | null }): string {
  return `${who.email ?? "somebody"}${when === null ? "" : ` on ${when.slice(0, 10)}`}`;
}

/** Whether the files are those that were at work, or that were approved. */
function ofDigest(said: string, then: readonly (string | null)[], now: Fact<string>, evidence: readonly GateEvidence[]): Outcome {
  if (!now.known) {
    return unknown(said, `whether its files are still the same: ${now.why}`, evidence);
  }
  const shown = [...evidence, { file: null, source: "the version's files", value: now.value }];
  const other = then.find((digest) => digest !== null && !sameDigest(digest, now.value));
  if (typeof other === "string") {
    return { result: "block", message: `${said} Its files were changed since: they were ${other}, and are ${now.value}.`, evidence: shown };
  }
  return then.includes(null)
    ? unknown(said, "whether its files are still the same: nothing says which they were", shown)
    : { result: "pass", message: said, evidence: shown };
}

function unknown(said: string, what: string, evidence: readonly GateEvidence[]): Outcome {
  return { result: "could_not_judge", message: `${said} Could not judge ${what.trim().replace(/\.$/, "")}.`, evidence };
}
