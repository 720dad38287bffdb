import { neededSignOffs } from "../../governance/neededSignOffs";
import type { SignOffState } from "../../governance/signOffStanding";
import { couldNotCheck } from "../couldNotCheck";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { isReachable, sameAddress } from "../person";
import { personFixes } from "../personFixes";

export const fourEyesMissing: LintRule = {
  meta: {
    code: "RESP06",
    name: "four-eyes-missing",
    challenge: "responsibility",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Somebody else than its author approves a model.",
    why: "Nobody sees their own mistakes. A second person who did not build the model asks the questions that its author no longer asks.",
    article: null,
    suppressible: true,
    noFix: "Another person has to look at the model and sign.",
    appliesTo: "product",
  },
  check(context) {
    const { product, facts } = context;
    const planned = plannedApprovers(context);
    if (planned !== null) {
      return [planned];
    }
    if (!facts.signOffs.known) {
      return [couldNotCheck("who approved the model", facts.signOffs.why)];
    }
    const own = neededSignOffs(product, context.policy, facts.signOffs.value, context.today).flatMap(({ standing, blocks }) =>
      blocks && standing?.cause === "own_change" ? [standing] : [],
    );
    if (own.length > 0) {
      return own.map(({ reason }) => ({ message: `The same person built and approved it: ${reason}`, at: ["roles"], fixes: [] }));
    }
    const approvals = facts.signOffs.value.standings.filter(
      ({ subject, decision, state }) => subject === "launch" && decision?.startsWith("approve") === true && !NOT_MADE.has(state),
    );
    const unknown = approvals.find(({ state }) => state === "unknown");
    if (unknown !== undefined) {
      return [couldNotCheck("who wrote the change that was approved", unknown.historyUnknown ?? unknown.reason)];
    }
    const owner = product.roles?.owner?.email;
    return isReachable(owner) && approvals.length > 0 && approvals.every(({ who }) => sameAddress(who.email, owner))
      ? [
          {
            message: `The same person built and approved it: ${owner} is the owner and the only approver.`,
            at: ["roles", "owner", "email"],
            fixes: [],
          },
        ]
      : [];
  },
};

/** Files in which nobody has decided, or whose decision nobody can have made. */
const NOT_MADE: ReadonlySet<SignOffState> = new Set(["draft", "uncommitted", "superseded"]);

/** Those who will have to approve: when all are the owner, nobody else ever will. */
function plannedApprovers(context: LintContext): RuleFinding | null {
  const { owner, requirements, compliance } = context.product.roles ?? {};
  const approvers = [requirements?.email, compliance?.email].filter(isReachable);
  const address = owner?.email;
  if (!isReachable(address) || approvers.length === 0 || !approvers.every((one) => sameAddress(one, address))) {
    return null;
  }
  const role = isReachable(requirements?.email) ? "requirements" : "compliance";
  return {
    message: `The same person builds and approves it: ${address} is the owner and the only approver.`,
    at: ["roles", role, "email"],
    fixes: personFixes(context, {
      role: ["roles", role],
      words: role === "compliance" ? "compliance officer" : "person who watches the requirements",
      except: [address],
      named: context.policy.people.get(role) ?? [],
    }),
  };
}
