import type { NeededSignOff } from "../signOffStanding";
import type { ItemStatus } from "./judgedItem";

/** A decision that is needed, in the words of documentation. */
export function signOffStatus({ isMet, standing }: NeededSignOff): ItemStatus {
  return isMet ? "documented" : standing?.state === "stale" || standing?.state === "expired" ? "expired" : "needs_person";
}
