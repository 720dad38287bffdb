import { createHash } from "node:crypto";
import type { Finding } from "../../core/lint/finding";

/** Days as sentences say them, and as files do. */
const DAY = /\b(?:\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}|\d{4}-\d{2}-\d{2})\b/g;

/**
 * What stays the same about a finding while lines move, days pass and the law's dates change: its rule and its sentence without days and
 * without what stands in brackets, which is the law, its date and numbers that grow. Where the finding is marked does not count, because a
 * block that lacks is marked at whatever stands nearest.
 */
export function fingerprintOf({ rule, message }: Pick<Finding, "rule" | "message">): string {
  const sentence = message
    .replace(/\([^()]*\)/g, "")
    .replace(DAY, "")
    .replace(/\s+/g, " ")
    .trim();
  return createHash("sha256")
    .update(JSON.stringify([rule, sentence]))
    .digest("hex")
    .slice(0, 16);
}
