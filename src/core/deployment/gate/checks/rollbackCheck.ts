import type { SignOffState } from "../../../governance/signOffStanding";
import type { GateEvidence } from "../gate";
import type { GateFacts, GateFile } from "../gateFacts";
import { releasesOf } from "../releasesOf";
import { draft, type GateDraft } from "./gateDraft";
import { sameDigest, standingEvidence } from "./versionChecks";

/** Approvals that were really given, whatever became of them since: going back must not wait for a new one. */
const REAL: ReadonlySet<SignOffState> = new Set(["given", "expiring", "stale", "expired", "superseded"]);

interface Proof {
  readonly message: string;
  readonly evidence: GateEvidence;
  readonly digest: string | null;
}

/**
 * Going back to a version that was at work there, or that was approved for launch, is always allowed.
 * @returns null where the version was neither: then it is judged like a deployment.
 */
export function rollbackChecks(facts: GateFacts, file: GateFile, version: string | null): readonly GateDraft[] | null {
  if (!facts.wish.isRollback || version === null) {
    return null;
  }
  const proof = byLog(facts, file, version) ?? bySignOff(facts, version);
  if (proof === null) {
    return null;
  }
  const { digest } = facts;
  const isChanged = proof.digest !== null && digest.known && !sameDigest(proof.digest, digest.value);
  if (isChanged) {
    return [
      draft({
        id: "rollback",
        result: "block",
        message: `${proof.message} Its files were changed since: they were ${proof.digest}, and are ${digest.value}.`,
        evidence: [proof.evidence, { file: null, source: "the version's files", value: digest.value }],
        remedy: "Go back to another version, or release this one as a new one.",
      }),
    ];
  }
  return [
    draft({
      id: "rollback",
      result: "pass",
      message: `${proof.message} Going back to it is always allowed.`,
      evidence: [proof.evidence, ...(digest.known ? [{ file: null, source: "the version's files", value: digest.value }] : [])],
    }),
  ];
}

function byLog({ deployments, wish }: GateFacts, file: GateFile, version: string): Proof | null {
  const entry = deployments.known
    ? releasesOf(deployments.value, file, wish).findLast((one) => one.version === version && one.state === "succeeded")
    : undefined;
  return entry === undefined
    ? null
    : {
        message: `Version ${version} was at work on ${wish.target}, released on ${entry.at.slice(0, 10)}${entry.who === null ? "" : ` by ${entry.who}`}.`,
        evidence: { file: null, source: "deployment log", value: entry.deployment },
        digest: entry.digest,
      };
}

/** The newest decision on that version has to be an approval. */
function bySignOff({ signOffs }: GateFacts, version: string): Proof | null {
  const decisions = signOffs.known
    ? signOffs.value.all.filter(
        ({ subject, model, state }) => subject === "launch" && model.version === version && (REAL.has(state) || state === "rejected"),
      )
    : [];
  const [newest] = decisions;
  return newest === undefined || newest.state === "rejected" || newest.decision === "reject" || newest.decision === null
    ? null
    : {
        message: `The launch of version ${version} was approved by ${newest.who.email ?? "somebody"}${newest.when === null ? "" : ` on ${newest.when.slice(0, 10)}`}.`,
        evidence: standingEvidence(newest),
        digest: newest.model.digest,
      };
}
