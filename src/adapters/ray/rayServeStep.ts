import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { DeployDraft, TargetFacts, TargetStep } from "../../core/deployment/deployTarget";
import { textOf, versionIn } from "./serveDetails";
import { applicationOf, dashboardOf, patchOf, SERVE_PATH } from "./serveRequest";

const BODY = v.object({
  set: v.object({
    import_path: v.optional(v.string()),
    route_prefix: v.optional(v.string()),
    runtime_env: v.record(v.string(), v.unknown()),
  }),
  instead_of: v.string(),
  replicas: v.nullable(v.number()),
});

/** The one step of a release: what is set in the application's configuration, as it was seen in `facts`. */
export function setStep(draft: DeployDraft, facts: TargetFacts): TargetStep {
  const { spec, version, isRollback } = draft;
  const address = dashboardOf(spec);
  const name = applicationOf(spec);
  const isWayBack = isRollback && facts.version === version;
  const before = { importPath: textOf(facts.detail?.["importPath"]), routePrefix: textOf(facts.detail?.["routePrefix"]) };
  const others = Number(facts.detail?.["others"] ?? 0);
  const rest =
    others === 0 ? "" : ` The cluster's ${others === 1 ? "other application is" : `${others} other applications are`} sent back unchanged.`;
  return {
    id: "set",
    text: `Set version ${version} of ${spec.model} in the application ${oneLine(name, 80)} and wait until it runs.${rest}`,
    risk:
      facts.state === "none"
        ? null
        : "Ray ends a copy before the next one starts: with a single copy nothing answers meanwhile, nor where the version does not load.",
    action: {
      kind: "request",
      method: "PUT",
      url: `${address}${SERVE_PATH}`,
      body: { set: patchOf(draft, isWayBack ? before : null), instead_of: facts.state, replicas: spec.replicas },
    },
  };
}

/** What is sent, as the plan has it. @throws AppError `usage` for a step of another plan. */
export function bodyOf(draft: DeployDraft, { id, action }: TargetStep): v.InferOutput<typeof BODY> {
  const body = v.safeParse(BODY, action.kind === "request" ? action.body : null);
  const isOurs =
    id === "set" &&
    action.kind === "request" &&
    action.url === `${dashboardOf(draft.spec)}${SERVE_PATH}` &&
    body.success &&
    versionIn(body.output.set) === draft.version;
  if (!isOurs) {
    throw new AppError("usage", "The step is another one than in the plan.", { remedy: "Make the plan again." });
  }
  return body.output;
}
