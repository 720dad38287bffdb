import type { NeededSignOff, SignOffState } from "./signOffStanding";

/** What the person who is asked can still do something about. */
const OPEN: ReadonlySet<SignOffState> = new Set(["draft", "uncommitted", "stale", "expired", "refused"]);

/**
 * Whether a decision waits for somebody: it is due, does not hold, and that person is asked. One that the person refused, or may not make because the change
 * is the person's own, waits for others.
 * @param usual how `.mailmap` calls an address. @param me as `.mailmap` calls the person.
 */
export function waitsForMe({ isDue, isMet, ask, standing }: NeededSignOff, me: string, usual: (email: string) => string): boolean {
  const isAsked = ask.some((one) => usual(one) === me);
  const isOpen = standing === null || OPEN.has(standing.state) || standing.openConditions.length > 0;
  return isDue && !isMet && isAsked && isOpen && standing?.cause !== "own_change";
}
