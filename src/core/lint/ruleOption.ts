import type { Policy } from "../config/policy";
import type { RuleMeta } from "./ruleMeta";

/** A number that a policy sets for a rule, by its code or its name; the default where there is none or one below zero. */
export function numberOption(
  { rules }: Policy,
  { code, name }: Pick<RuleMeta, "code" | "name">,
  option: string,
  otherwise: number,
): number {
  for (const key of [code, name]) {
    const value = rules.get(key)?.options[option];
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) {
      return value;
    }
  }
  return otherwise;
}
