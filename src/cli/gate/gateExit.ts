import { letsThrough } from "../../core/deployment/gate/checks/exceptionCheck";
import type { GateResult } from "../../core/deployment/gate/gate";
import { EXIT } from "../exitCode";

/** 0 where the release may go on, 1 where it is blocked or, with `--strict`, warned of, 3 where it could not be judged. */
export function gateExit(result: GateResult, isStrict: boolean): number {
  const { decision } = result;
  if (decision === "pass" || (!isStrict && letsThrough(result))) {
    return EXIT.fine;
  }
  return decision === "could_not_judge" ? EXIT.couldNotJudge : EXIT.findings;
}
