import { timeOf } from "./expiry";
import { holdsToday, type SignOffStanding, type SignOffState } from "./signOffStanding";

/** Decisions that were really made, whatever became of them since. */
const REAL: ReadonlySet<SignOffState> = new Set(["given", "expiring", "rejected", "stale", "expired"]);

/** Newest first; by file where two are of the same time. */
function newestFirst(left: SignOffStanding, right: SignOffStanding): number {
  const time = ({ when }: SignOffStanding): number => timeOf(when ?? "") ?? 0;
  return time(right) - time(left) || (left.file < right.file ? 1 : -1);
}

/**
 * A later decision of the same person on the same subject, in the same role, takes the place of an earlier one, and so does one that names it in `supersedes`.
 * A decision about another version takes nothing from one that holds for the version that is there, as after a release that went back.
 * @returns newest first.
 */
export function markSuperseded(standings: readonly SignOffStanding[]): readonly SignOffStanding[] {
  const sorted = [...standings].sort(newestFirst);
  const real = sorted.filter(({ state }) => REAL.has(state));
  return sorted.map((standing) => {
    const by = REAL.has(standing.state)
      ? real.find(
          (other) =>
            other !== standing &&
            replaces(other, standing) &&
            !isAboutAnother(other, standing) &&
            real.indexOf(other) < real.indexOf(standing),
        )
      : undefined;
    return by === undefined
      ? standing
      : {
          ...standing,
          state: "superseded",
          cause: "superseded",
          reason: `A later decision of the same person, ${nameOf(by.file)}, took its place.`,
          remedy: null,
        };
  });
}

/** Whether a later decision takes the place of an earlier one. */
export function replaces(later: SignOffStanding, earlier: SignOffStanding): boolean {
  const isSamePerson = later.subject === earlier.subject && later.person !== null && later.person === earlier.person;
  return isSamePerson && (later.who.role === earlier.who.role || later.supersedes === nameOf(earlier.file));
}

function isAboutAnother(later: SignOffStanding, earlier: SignOffStanding): boolean {
  return holdsToday(earlier) && later.cause === "other_version" && later.supersedes !== nameOf(earlier.file);
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
