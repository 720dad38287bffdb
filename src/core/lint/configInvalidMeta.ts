import type { RuleMeta } from "./ruleMeta";

/** EFF01: the file itself is wrong. Apart from the rule, because the engine reports incomplete entries of `lint.ignore` under it too. */
export const configInvalidMeta: RuleMeta = {
  code: "EFF01",
  name: "config-invalid",
  challenge: "effort",
  severity: { development: "error", staging: "error", production: "error" },
  summary: "The file is valid YAML and holds only keys and values that have a meaning.",
  why: "A key with a typing error is silently ignored by most tools: an owner that is spelled wrong is no owner. A value of the wrong kind, such as an unquoted `NO` for Norway, means something else to the next program that reads the file. Everything else that is checked rests on the file being read as you meant it.",
  article: null,
  suppressible: false,
  noFix: null,
  appliesTo: "product",
};
