import { explainRule } from "./explainRule";
import { lintPaths } from "./lintPaths";
import { listRules } from "./listRules";

/**
 * What the commands about lint do. The build puts it with all rules into a file of its own, which only these commands load, so that the
 * others start as fast as without it.
 */
export const lintPrograms = { lint: lintPaths, rules: listRules, explain: explainRule };
