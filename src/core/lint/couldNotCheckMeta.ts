import type { RuleMeta } from "./ruleMeta";

/** Under which name the engine tells that rules lacked a fact, e.g. because the folder is no git repository. */
export const couldNotCheckMeta: RuleMeta = {
  code: "LINT01",
  name: "could-not-check",
  challenge: "effort",
  severity: { development: "info", staging: "info", production: "info" },
  summary: "All facts that rules need can be had.",
  why: "Some rules need more than the file: git, the files that it names, the registry. Where such a fact cannot be had, the rules that need it stay silent. This says so once, so that nobody takes their silence for a clean file.",
  article: null,
  suppressible: true,
  noFix: "The fact has to be made available, e.g. by fetching the whole history of the repository.",
  appliesTo: "product",
};
