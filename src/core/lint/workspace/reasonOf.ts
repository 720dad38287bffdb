import { toErrorRecord } from "../../base/appError";
import { oneLine } from "../../base/oneLine";

/** What went wrong as the end of a sentence: "Could not check the sign-offs: <reason>." */
export function reasonOf(error: unknown): string {
  const [first = ""] = toErrorRecord(error).message.split("\n");
  const clause = oneLine(first, 160).replace(/\.$/, "");
  // A name such as "MLflow" or "CSV" keeps its capitals.
  return /^[A-Z][a-z]*(?:\s|$)/.test(clause) ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause;
}
