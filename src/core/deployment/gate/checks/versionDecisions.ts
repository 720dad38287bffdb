import type { NeededSignOff, SignOffRegister, SignOffStanding, SignOffState } from "../../../governance/signOffStanding";
import { replaces } from "../../../governance/superseded";
import { sameAddress } from "../../../lint/person";
import { arePeople } from "./versionChecks";

/** Decisions that were really made, whatever became of them since: going back must not wait for a new one. */
const REAL: ReadonlySet<SignOffState> = new Set(["given", "expiring", "rejected", "stale", "expired", "superseded"]);
/** What people decide of a version; an exception is about a moment, and the others are about data and law. */
const OF_VERSIONS: ReadonlySet<string> = new Set(["launch", "risk", "review"]);

/** What was decided on a version: of each person in each role the newest, newest first. A rejection may leave out which version it means. */
export function decisionsOn({ all }: SignOffRegister, version: string): readonly SignOffStanding[] {
  const made = all.filter((one) => OF_VERSIONS.has(one.subject) && REAL.has(one.state) && isOn(one, version));
  // By what was said of this version: a yes to the next one takes no no to this one back.
  return made.filter((one, index) => !made.slice(0, index).some((later) => replaces(later, one)));
}

/**
 * A rejection that nobody took back.
 * @param of the version, and the one that the product's file describes. @param since milliseconds since 1970: only a later one counts; null for any.
 */
export function standingRejection(
  decisions: readonly SignOffStanding[],
  of: { readonly version: string; readonly described: string | undefined },
  since: number | null,
): SignOffStanding | null {
  return (
    decisions.find((one) => {
      // What names no version and still stands means the one that the file describes.
      const isOfOther = one.model.version === null && one.state === "rejected" && of.described !== undefined && of.described !== of.version;
      const isRejection = one.decision === "reject" || one.state === "rejected";
      return isRejection && !isOfOther && (since === null || !(Date.parse(one.when ?? "") < since));
    }) ?? null
  );
}

/** A sentence where a rejection of the version may be among what could not be looked up; null where none is. */
export function unknownRejection({ all }: SignOffRegister, version: string): string | null {
  const found = all.find(
    (one) =>
      one.state === "unknown" &&
      (one.cause === "unreadable" || (one.decision === "reject" && OF_VERSIONS.has(one.subject) && isOn(one, version))),
  );
  return found?.reason ?? null;
}

/** One approval for each need, by people who may, each by another one; null where there are not enough. */
export function assignApprovals(
  needs: readonly NeededSignOff[],
  approvals: readonly SignOffStanding[],
  taken: readonly SignOffStanding[] = [],
): readonly SignOffStanding[] | null {
  const [need, ...rest] = needs;
  if (need === undefined) {
    return taken;
  }
  for (const one of approvals) {
    if (mayDecide(need, one) && taken.every((other) => arePeople(other, one))) {
      const all = assignApprovals(rest, approvals, [...taken, one]);
      if (all !== null) {
        return all;
      }
    }
  }
  return null;
}

function mayDecide({ role, ask, deciders = ask }: NeededSignOff, { person, who }: SignOffStanding): boolean {
  const isAmong = (one: string): boolean => sameAddress(one, person) || sameAddress(one, who.email);
  return person !== null && (role === null || deciders.length === 0 || deciders.some(isAmong));
}

function isOn({ model, decision }: SignOffStanding, version: string): boolean {
  return model.version === version || (model.version === null && decision === "reject");
}
