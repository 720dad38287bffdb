import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { LintRule } from "../../src/core/lint/lintRule";

const FOLDER = join(import.meta.dirname, "../../src/core/lint/rules");

/** The rules that lie in a file of their own, by that file's name; found by the folder, so that none can be forgotten in the list. */
export const RULE_FILES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -".ts".length))
  .sort();

/** The rule in the file of that name; undefined for a file that holds none, such as a helper. */
export async function loadRule(fileName: string): Promise<LintRule | undefined> {
  const exported: Record<string, unknown> = (await import(join(FOLDER, `${fileName}.ts`))) as Record<string, unknown>;
  return Object.values(exported).find(isRule);
}

function isRule(value: unknown): value is LintRule {
  return typeof value === "object" && value !== null && "meta" in value && "check" in value;
}
