import type { CouldNotCheck } from "./lintRule";

/** @param what "whether the pipeline dvc.yaml exists" @param why the reason that a fact gives */
export function couldNotCheck(what: string, why: string): CouldNotCheck {
  return { couldNotCheck: `Could not check ${what}: ${why.trim().replace(/\.$/, "")}.` };
}
