import type { ComplianceReport } from "./complianceReport";
import { SEAL_PLACE } from "./reportSeal";

/** A report as JSON, with its seal still open. The line with `made` is the only one that differs between days on which nothing changes. */
export function reportJson(report: ComplianceReport): string {
  return withMadeLine(report, report.made.on);
}

/** JSON of which the last key holds the day and the seal. @param value an object; its own `made` is replaced. */
export function withMadeLine(value: object, day: string): string {
  const body = JSON.stringify({ ...value, made: undefined }, null, 1);
  return `${body.slice(0, body.lastIndexOf("}")).trimEnd()},\n "made": ${JSON.stringify({ on: day, seal: SEAL_PLACE })}\n}\n`;
}
