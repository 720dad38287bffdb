import { groupBy } from "../base/groupBy";
import type { CouldNotCheck } from "./lintRule";

/** More names in one line would not be read. */
const MOST_NAMED = 3;

/** @param what "whether the pipeline dvc.yaml exists" @param why the reason that a fact gives */
export function couldNotCheck(what: string, why: string): CouldNotCheck {
  return { couldNotCheck: what, why: why.trim().replace(/\.$/, "") };
}

/** A rule's own sentence. */
export function sayUnchecked({ couldNotCheck: what, why }: CouldNotCheck): string {
  return `Could not check ${what}: ${why}.`;
}

/** One sentence for each reason, with what it kept from being checked, in the order in which it came. */
export function sayAllUnchecked(unchecked: readonly CouldNotCheck[]): readonly string[] {
  return [...groupBy(unchecked, ({ why }) => why)].map(([why, some]) => {
    const all = [...new Set(some.map((one) => one.couldNotCheck))];
    const more = all.length - MOST_NAMED;
    const named = more > 0 ? [...all.slice(0, MOST_NAMED), `${more} more`] : all;
    return sayUnchecked({ couldNotCheck: [named.slice(0, -1).join(", "), named.at(-1) ?? ""].filter(Boolean).join(" and "), why });
  });
}
