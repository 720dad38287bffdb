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

/** The version that is there by what the log says, for a target that cannot tell itself. @param entries of one target, oldest first. */
export function versionByLog(entries: readonly DeploymentEntry[]): string | null {
  const last = entries.findLast(({ state }) => state === "succeeded" || state === "rolled_back");
  return last === undefined ? null : last.state === "rolled_back" ? last.previous : last.version;
}
