import type { DeployDraft, TargetFacts, TargetStep } from "../../core/deployment/deployTarget";
import { serveAddress } from "./serveAddress";
import { serveArgv, TRY_PORT } from "./serveCommand";

/** What is done, in its order. A way back tries nothing first: whatever is there goes. */
export function serveSteps(draft: DeployDraft, facts: Pick<TargetFacts, "version">): readonly TargetStep[] {
  const there = facts.version;
  const isTried = there !== null && there !== draft.version && !draft.isRollback;
  const ids: readonly ServeStepId[] = [...(isTried ? (["try"] as const) : []), ...(there === null ? [] : (["stop"] as const)), "start"];
  return ids.map((id) => serveStep(draft, id));
}

export type ServeStepId = "try" | "stop" | "start";

/** One step; the same draft gives the same. @throws AppError `usage`. */
export function serveStep(draft: DeployDraft, id: ServeStepId): TargetStep {
  const { spec, version, previous, isRollback } = draft;
  const address = serveAddress(spec.address, spec.name);
  const before = previous === null ? "what is served" : `version ${previous}`;
  const model = `version ${version} of ${spec.model}`;
  switch (id) {
    case "try":
      return {
        id,
        text: `Start ${model} on a free port and end it once it answers, so that ${before} stays where it is should the new one not load.`,
        risk: "The model is in memory twice meanwhile.",
        action: { kind: "command", argv: serveArgv(spec, draft, address, TRY_PORT), shell: false, cwd: spec.folder },
      };
    case "stop":
      return {
        id,
        text: `End ${isRollback ? "what is served" : before} at ${address.url}.`,
        risk: `Nothing answers there until version ${version} has loaded.`,
        action: { kind: "own", what: `end the server of the target ${spec.name}` },
      };
    case "start":
      return {
        id,
        text: `Serve ${model} at ${address.url} and wait until it answers.`,
        risk: address.isLoopback ? null : "It answers everybody who reaches this machine, without a login.",
        action: { kind: "command", argv: serveArgv(spec, draft, address, String(address.port)), shell: false, cwd: spec.folder },
      };
  }
}
