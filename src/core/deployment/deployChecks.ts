import type { ModelVersion } from "../tracking/registeredModel";
import type { DeployCheck } from "./deployPlan";
import type { Deployment, DeploymentEntry } from "./deployment";
import type { TargetFacts } from "./deployTarget";
import type { TargetFault, TargetReading } from "./readTargetSpec";
import type { TargetSpec } from "./targetSpec";

/** What the checks of a plan look at. */
export interface CheckedFacts {
  readonly isTrusted: boolean;
  readonly intent: "deploy" | "rollback";
  readonly spec: TargetSpec;
  readonly reading: Pick<TargetReading, "faults" | "notes">;
  readonly facts: TargetFacts;
  readonly version: string;
  readonly previous: string | null;
  /** As the registry has them; null where it does not know them. A sentence where it could not be asked. */
  readonly registered: ModelVersion | string | null;
  readonly registeredBefore: ModelVersion | string | null;
  /** Why no steps can be made. */
  readonly stepsFault: TargetFault | null;
  readonly hasWayBack: boolean;
  /** Why no scoring request is sent to a target that serves; null where one is, or where it serves nothing. */
  readonly noInput: string | null;
  /** Id of the deployment that is under way on this target. */
  readonly running: string | null;
  /** The newest line of the log for this target. */
  readonly last: DeploymentEntry | null;
  /** Of a log that does not verify. */
  readonly logFault: string | null;
  /** Whose process is gone, and that nobody has looked after yet. */
  readonly left: Deployment | null;
  readonly confirmBy: string | null;
}

/** What was looked at beside the gate, in the order in which it is to be mended. */
export function deployChecks(about: CheckedFacts): readonly DeployCheck[] {
  return [
    ...trustChecks(about),
    ...configChecks(about),
    ...targetChecks(about),
    ...versionChecks(about),
    ...runningChecks(about),
    ...nameChecks(about),
  ];
}

function trustChecks({ isTrusted }: CheckedFacts): readonly DeployCheck[] {
  return [
    isTrusted
      ? { id: "trust", result: "pass", message: "The folder is trusted.", remedy: null }
      : {
          id: "trust",
          result: "block",
          message: "Nothing is released from a folder that is not trusted.",
          remedy: "Trust the folder first.",
        },
  ];
}

function configChecks({ reading: { faults, notes }, stepsFault, spec }: CheckedFacts): readonly DeployCheck[] {
  const blocks = [...faults, ...(stepsFault === null || faults.length > 0 ? [] : [stepsFault])];
  const found = [
    ...blocks.map((fault): DeployCheck => ({ id: "config", result: "block", ...fault })),
    ...notes.map((note): DeployCheck => ({ id: "config", result: "warn", ...note })),
  ];
  return found.length > 0 ? found : [{ id: "config", result: "pass", message: `${spec.config} says how it is released.`, remedy: null }];
}

function targetChecks({ facts, isTrusted, reading }: CheckedFacts): readonly DeployCheck[] {
  if (!isTrusted || reading.faults.length > 0) {
    return []; // It was not asked, for reasons that stand above.
  }
  const { health, warnings, blockers } = facts;
  const warned = warnings.map((message): DeployCheck => ({ id: "target", result: "warn", message, remedy: null }));
  const blocks = [...new Set([...(health.ok ? [] : [health.message]), ...blockers])];
  return blocks.length > 0
    ? [...blocks.map((message): DeployCheck => ({ id: "target", result: "block", message, remedy: null })), ...warned]
    : [{ id: "target", result: "pass", message: health.message, remedy: null }, ...warned];
}

function versionChecks(about: CheckedFacts): readonly DeployCheck[] {
  const { spec, version, previous, registered, registeredBefore, hasWayBack, noInput, facts, intent } = about;
  const checks: DeployCheck[] = [];
  const add = (result: DeployCheck["result"], message: string, remedy: string | null = null): void => {
    checks.push({ id: "version", result, message, remedy });
  };
  if (typeof registered === "string") {
    const isNeeded = spec.type !== "command";
    add(
      isNeeded ? "block" : "warn",
      `Version ${version} was not looked up: ${registered}`,
      isNeeded ? "Mend it, and make the plan again." : null,
    );
  } else if (registered === null) {
    add("block", `The registry has no version ${version} of ${spec.model}.`, "Choose a version that is there.");
  } else if (registered.status !== "READY") {
    add("block", `Version ${version} is not ready in the registry (${registered.status}).`, "Wait until it is, or choose another.");
  } else {
    add("pass", `Version ${version} of ${spec.model} is in the registry.`);
  }
  if (previous === version && facts.canTell) {
    add("warn", `Version ${version} is there already.`);
  }
  if (!hasWayBack && previous !== null && previous !== version) {
    const why = typeof registeredBefore === "string" ? registeredBefore : `the registry has no version ${previous} any more.`;
    add("warn", `If it fails, there is no way back to version ${previous}: ${why}`);
  } else if (!hasWayBack && intent === "deploy") {
    add("warn", "If it fails, there is nothing to go back to.");
  }
  if (noInput !== null) {
    add("warn", `No scoring request is sent: ${noInput}`, "Log the model with an input example.");
  }
  return checks;
}

function runningChecks({ running, last, left, logFault }: CheckedFacts): readonly DeployCheck[] {
  const checks: DeployCheck[] = [];
  if (running !== null) {
    const message = `This target is being changed right now, by the deployment ${running}.`;
    checks.push({ id: "running", result: "block", message, remedy: "Wait until it is over, and make the plan again." });
  }
  if (logFault !== null) {
    checks.push({ id: "running", result: "block", message: logFault, remedy: "Compare the log with the one in git." });
  }
  if (left !== null) {
    const message = `The deployment ${left.id} of version ${left.version} was interrupted.`;
    checks.push({ id: "running", result: "warn", message, remedy: "What is there now was asked of the target." });
  } else if (last?.state === "interrupted") {
    const message = `The last deployment here, of version ${last.version}, was interrupted.`;
    checks.push({ id: "running", result: "warn", message, remedy: "What is there now was asked of the target." });
  }
  return checks.length > 0 ? checks : [{ id: "running", result: "pass", message: "Nobody else is changing this target.", remedy: null }];
}

function nameChecks({ confirmBy }: CheckedFacts): readonly DeployCheck[] {
  return confirmBy === null
    ? []
    : [{ id: "name", result: "pass", message: `This is production: the name ${confirmBy} is typed to confirm.`, remedy: null }];
}
