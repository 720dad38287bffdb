import type { LintRule } from "./lintRule";
import { configInvalid } from "./rules/config-invalid";

/** All rules, by challenge and code. A new rule is added here; a test finds one that is forgotten. */
export const ALL_RULES: readonly LintRule[] = [configInvalid];
