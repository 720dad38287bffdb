import { sameAddress } from "../../../lint/person";
import { addDays } from "../../../config/dates";
import type { SignOffStanding } from "../../../governance/signOffStanding";
import type { GateResult } from "../gate";
import type { GateFacts, GateFile } from "../gateFacts";
import { draft, type GateDraft } from "./gateDraft";
import { arePeople, sameDigest, standingEvidence } from "./versionChecks";

/** An emergency is over after three days, whatever a file says. */
const LONGEST_MS = 72 * 3_600_000;
/** Clocks of two machines differ. */
const SKEW_MS = 5 * 60_000;
/** An early review is worth more; after so many days nobody remembers. */
const REVIEW_DAYS = 7;
/**
 * What no emergency overrides: a prohibited use, a missing legal basis, a file that cannot be read to tell, and what the exception itself rests on.
 */
const NEVER = /^(?:config|lint|lint:(?:COMP02|COMP14|EFF01)(?:#\d+)?|sign-offs(?:#\d+)?|version|digest|rollback:digest|stage|target)$/;

export interface EmergencyException {
  readonly file: string;
  readonly until: string;
  readonly by: readonly string[];
}

export interface ExceptionReading {
  /** Null where none holds. */
  readonly exception: EmergencyException | null;
  readonly drafts: readonly GateDraft[];
}

/** Whether the owner and one other person let this release through in an emergency. */
export function exceptionOf(facts: GateFacts, file: GateFile, version: string | null): ExceptionReading {
  const { signOffs, digest, now, today } = facts;
  const all = signOffs.known ? signOffs.value.all.filter(isApproved) : [];
  const holding = all.flatMap((standing) => {
    const until = endOf(standing, now);
    const isOfThis =
      standing.model.version === version &&
      (standing.model.digest === null || (digest.known && sameDigest(standing.model.digest, digest.value)));
    return until !== null && isOfThis ? [{ standing, until }] : [];
  });
  const owner = file.config.value.roles?.owner?.email;
  const own = holding.find(({ standing }) => sameAddress(standing.person, owner) || sameAddress(standing.who.email, owner));
  const other = own === undefined ? undefined : holding.find(({ standing }) => arePeople(standing, own.standing));
  if (own === undefined || other === undefined) {
    return {
      exception: null,
      drafts: half(
        holding.map(({ standing }) => standing),
        own === undefined,
      ),
    };
  }
  const until = new Date(Math.min(own.until, other.until)).toISOString();
  const by = [own, other].map(({ standing }) => standing.who.email ?? standing.person ?? "");
  const evidence = [own, other].map(({ standing }) => standingEvidence(standing));
  return {
    exception: { file: own.standing.file, until, by },
    drafts: [
      draft({
        id: "exception",
        result: "warn",
        message: `Emergency: ${by.join(" and ")} let this through until ${until.slice(0, 16).replace("T", " ")} UTC although it is blocked. Reason: ${own.standing.statement ?? ""}`,
        evidence,
        remedy: "Mend what blocks before it ends.",
      }),
      draft({
        id: "exception:review",
        result: "warn",
        message: `A review of this release is due by ${addDays(today, REVIEW_DAYS)}.`,
        evidence,
        remedy: "Ask for a sign-off of the subject review once the emergency is over.",
      }),
    ],
  };
}

/** Whether a check stops a release even in an emergency. */
export function isNeverOverridden({ id }: { readonly id: string }): boolean {
  return NEVER.test(id);
}

/** Whether a release may go on: it passes, an emergency lets it through, or its file asks for warnings only, which never lets through what nothing overrides. */
export function letsThrough({ decision, mode, checks }: GateResult): boolean {
  const stops = checks.filter(({ result }) => result === "block" || result === "could_not_judge");
  return decision === "pass" || decision === "warn" || (mode === "warn" && !stops.some(isNeverOverridden));
}

function isApproved({ subject, state, decision }: SignOffStanding): boolean {
  return subject === "exception" && (state === "given" || state === "expiring") && decision === "approve";
}

/** Milliseconds since 1970; null where it has ended, has not begun, or does not say when it was given. */
function endOf({ when, until }: SignOffStanding, now: number): number | null {
  const begin = Date.parse(when ?? "");
  const end = Math.min(begin + LONGEST_MS, until === null ? Infinity : Date.parse(until));
  return Number.isNaN(begin) || Number.isNaN(end) || begin > now + SKEW_MS || now >= end ? null : end;
}

/** One of the two is there, and whoever waits for the other should hear of it. */
function half(standings: readonly SignOffStanding[], lacksOwner: boolean): readonly GateDraft[] {
  const [first] = standings;
  return first === undefined
    ? []
    : [
        draft({
          id: "exception",
          result: "warn",
          message: `An emergency exception does not count yet: ${lacksOwner ? "the owner has" : "one person beside the owner has"} not signed it.`,
          evidence: standings.map(standingEvidence),
          remedy: "An exception needs the sign-offs of the owner and of one other person.",
        }),
      ];
}
