import type { DeploymentEntry } from "./deployment";

/**
 * The version that a way back leads to: the one that was there before the present one, as the log tells. Each way back takes a step off, so
 * that two in a row lead two versions back and not there and back again.
 * @param entries of one target, oldest first. @param current null where nobody can tell.
 */
export function versionBefore(entries: readonly DeploymentEntry[], current: string | null): string | null {
  const newest = entries.at(-1);
  if (newest?.state === "interrupted" && newest.previous !== null) {
    return newest.previous; // Whatever half of it is done, going back means what was there before it.
  }
  if (current === null && newest !== undefined && leavesUnknown(newest)) {
    return beforeUnknown(entries);
  }
  const stack: string[] = [];
  for (const { state, intent, version, previous } of entries) {
    if (state !== "succeeded") {
      continue;
    }
    if (previous !== null && stack.at(-1) !== previous && (intent === "deploy" || stack.length === 0)) {
      stack.push(previous);
    }
    const known = intent === "rollback" ? stack.lastIndexOf(version) : -1;
    if (known !== -1) {
      stack.length = known + 1;
    } else if (stack.at(-1) !== version) {
      stack.push(version);
    }
  }
  const top = stack.at(-1) ?? null;
  return current === null || current === top ? (stack.at(-2) ?? null) : top;
}

/**
 * The version that is there by what the log says, for a target that cannot tell itself; null where nobody knows, also after a release that ended
 * without knowing what it left. @param entries of one target, oldest first.
 */
export function versionByLog(entries: readonly DeploymentEntry[]): string | null {
  const last = entries.at(-1);
  return last === undefined || leavesUnknown(last) ? null : leftBy(last);
}

/** What was there before the first of the last releases that ended without knowing what they left. */
function beforeUnknown(entries: readonly DeploymentEntry[]): string | null {
  for (const entry of entries.toReversed()) {
    if (!leavesUnknown(entry)) {
      return leftBy(entry);
    }
    if (entry.previous !== null) {
      return entry.previous;
    }
  }
  return null;
}

function leftBy({ state, version, previous, serves }: DeploymentEntry): string | null {
  return state === "succeeded" ? version : state === "rolled_back" ? previous : serves;
}

/** Whether it ended otherwise than planned, and the target did not tell what it holds. */
function leavesUnknown({ state, serves }: DeploymentEntry): boolean {
  return serves === null && state !== "succeeded" && state !== "rolled_back";
}
