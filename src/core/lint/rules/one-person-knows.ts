import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import type { LintContext, LintRule } from "../lintRule";
import { isReachable, sameAddress } from "../person";
import { setFix, TODO } from "../setFix";

const DEPUTY = ["roles", "owner", "deputy"] as const;
/** More choices would not be read. */
const MOST = 5;

export const onePersonKnows: LintRule = {
  meta: {
    code: "RESP10",
    name: "one-person-knows",
    challenge: "responsibility",
    severity: { development: "off", staging: "info", production: "warning" },
    summary: "More than one person has worked on the pipeline lately, or there is a deputy.",
    why: "A pipeline that one person alone has changed is known by that person alone. While that person is away nobody can train the model again; a deputy who has tried it once can.",
    article: null,
    suppressible: true,
    noFix: "Only you know who can stand in.",
    appliesTo: "product",
  },
  check(context) {
    const { facts, product } = context;
    if (!facts.pipelineAuthors.known) {
      return [couldNotCheck("who knows the pipeline", facts.pipelineAuthors.why)];
    }
    const [author, ...others] = facts.pipelineAuthors.value;
    const roles = Object.values(product.roles ?? {});
    const deputies = [
      product.roles?.owner?.deputy,
      ...roles.filter((role) => sameAddress(role?.email, author)).map((role) => role?.deputy),
    ];
    if (author === undefined || others.length > 0 || deputies.some((deputy) => isReachable(deputy) && !sameAddress(deputy, author))) {
      return [];
    }
    const message = `Only ${author} knows this pipeline; if this person is away nobody can retrain it.`;
    return [{ message, at: DEPUTY, fixes: fixes(context, author) }];
  },
};

function fixes({ facts, product, config }: LintContext, author: string): readonly Fix[] {
  const owner = product.roles?.owner?.email;
  const people = (facts.owners.known ? facts.owners.value : [])
    .flatMap(({ email }) => (email === null || sameAddress(email, author) || sameAddress(email, owner) ? [] : [email]))
    .slice(0, MOST)
    .map((email) => setFix(`Name ${email} as deputy`, DEPUTY, email));
  return people.length > 0 || config.source.has(DEPUTY) ? people : [setFix("Add a place to name a deputy", DEPUTY, TODO)];
}
