import type { ReportCell } from "../complianceReport";
import type { SignOffStanding } from "../../signOffStanding";

export const SIGN_OFF_HEAD = ["subject", "state", "decision", "who", "when", "ends", "for", "signature", "why it stands so", "where"];

/** Sign-offs as rows of a table, in the order given. */
export function signOffRows(standings: readonly SignOffStanding[]): readonly (readonly ReportCell[])[] {
  return standings.map(({ subject, state, decision, who, when, expires, model, signature, reason, file, openConditions }) => [
    subject,
    state,
    `${decision?.replaceAll("_", " ") ?? "none yet"}${openConditions.length === 0 ? "" : `; open: ${openConditions.join("; ")}`}`,
    [who.name, who.email, who.role].filter((part) => part !== null).join(", ") || "nobody yet",
    when ?? "",
    expires ?? "",
    model.version === null ? "" : `version ${model.version}`,
    signature === "signed" ? "signed commit" : signature === "unsigned" ? "not cryptographically signed" : "unknown",
    reason,
    { file, line: null, field: null },
  ]);
}
