import type { CancelSignal } from "../base/cancel";
import type { Finding } from "./finding";
import { fixAll, type FixAllResult } from "./fixAll";

/** More texts than these on the way mean that fixes undo each other. */
const MOST_TEXTS = 200;

/**
 * Applies all safe fixes with a lint that has to look things up. `fixAll` asks for findings at once and the disk answers later, so it is
 * run again until every text on the way was linted.
 */
export async function fixText(
  text: string,
  lint: (text: string, signal: CancelSignal) => Promise<readonly Finding[]>,
  signal: CancelSignal,
): Promise<FixAllResult> {
  const known = new Map<string, readonly Finding[]>();
  for (;;) {
    const missing = new Set<string>();
    const result = fixAll({
      text,
      safeOnly: true,
      lint: (one) => {
        const findings = known.get(one);
        if (findings === undefined) {
          missing.add(one);
        }
        return findings ?? [];
      },
    });
    if (missing.size === 0 || known.size >= MOST_TEXTS) {
      return result;
    }
    for (const one of missing) {
      signal.throwIfAborted();
      known.set(one, await lint(one, signal));
    }
  }
}
