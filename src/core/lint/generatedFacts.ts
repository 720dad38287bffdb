import type { Product } from "../config/product";
import { type CliSource, COPIED_CLI } from "./automationFiles";
import { isHeld } from "./person";

/** More names would not be read. */
const MOST_OWNERS = 5;

/** What a generated pipeline says of itself, so that it is a pipeline with an owner from its first day. */
export interface GeneratedFacts {
  /** Addresses or teams, separated by commas; null where nobody is named. */
  readonly owner: string | null;
  /** Null where a product does not say. */
  readonly personalData: "yes" | "no" | "unsure" | null;
}

/** Taken from the products that the pipeline is for; nothing is guessed. */
export function generatedFacts(products: readonly Product[]): GeneratedFacts {
  const owners = products.flatMap(({ roles }) => (isHeld(roles?.owner) ? (roles?.owner?.email ?? roles?.owner?.team ?? []) : []));
  const answers = products.map(({ personal_data }) => personal_data);
  const personalData = answers.includes("yes")
    ? "yes"
    : answers.length === 0 || answers.includes(undefined)
      ? null
      : answers.includes("unsure")
        ? "unsure"
        : "no";
  const named = [...new Set(owners)].slice(0, MOST_OWNERS);
  return { owner: named.length === 0 ? null : named.join(", "), personalData };
}

/** How a machine without the editor starts a command of ours. */
export function cliProgram(source: CliSource, command: string): readonly string[] {
  return source.kind === "copy"
    ? ["node", COPIED_CLI, command]
    : ["npx", "--yes", "--package", `mlops-workbench@${source.version}`, "mlops", command];
}
