import { createHash } from "node:crypto";
import type { Finding } from "../../core/lint/finding";

const LONGEST = 200;

/**
 * What stays the same about a finding while lines move, days pass and the law's dates change: its rule, what is marked, and its sentence
 * without numbers, days and what stands in brackets.
 */
export function fingerprintOf({ rule, message, range }: Finding, text: string): string {
  // The first line only: a mark may cover a whole list, and an entry that is added to it makes no new finding.
  const marked =
    text
      .slice(range.start, Math.min(range.end, range.start + LONGEST))
      .split(/[\r\n]/, 1)[0]
      ?.trim() ?? "";
  const sentence = message
    .replace(/\([^()]*\)/g, "")
    .replace(/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/g, "#")
    .replace(/\d+/g, "#")
    .replace(/\s+/g, " ")
    .trim();
  return createHash("sha256")
    .update(JSON.stringify([rule, marked, sentence]))
    .digest("hex")
    .slice(0, 16);
}
