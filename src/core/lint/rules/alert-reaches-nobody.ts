import { indexed } from "../indexed";
import type { Fix } from "../fix";
import type { LintContext, LintRule } from "../lintRule";
import { isNobody, isReachable, sameAddress } from "../person";
import { setFix, TODO } from "../setFix";

const ALERT = ["monitoring", "alert"] as const;

export const alertReachesNobody: LintRule = {
  meta: {
    code: "PERF07",
    name: "alert-reaches-nobody",
    challenge: "performance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "An alert goes to a team, or to a person with a deputy.",
    why: "An alert that nobody reads is no alert. A single person is away at some time, and a model that fails on that day fails unseen.",
    article: null,
    suppressible: true,
    noFix: "Only you know who has to be told.",
    appliesTo: "product",
  },
  check(context) {
    // With no monitoring at all, monitoring-missing says so.
    if (context.product.monitoring === undefined) {
      return [];
    }
    const alerts = indexed(context.product.monitoring.alert);
    const reached = alerts.filter(([, { to }]) => isReachable(to));
    const [first] = reached;
    if (first === undefined) {
      const at = alerts[0] === undefined ? ALERT : [...ALERT, alerts[0][0], "to"];
      return [{ message: "The alert reaches nobody.", at, fixes: fixes(context) }];
    }
    // One team or one deputy is enough to be reached on any day.
    const alone = reached.length === 1 ? isAlone(context, first[1].to ?? "") : false;
    return alone
      ? [
          {
            message: `The alert reaches only ${first[1].to ?? ""}, who has no deputy; while this person is away it reaches nobody.`,
            at: [...ALERT, first[0], "to"],
            fixes: fixes(context),
          },
        ]
      : [];
  },
};

/** Whether the address is known to be a person's and nobody stands in. An address that is not known may be a team's. */
function isAlone({ product, facts }: LintContext, address: string): boolean {
  const roles = Object.values(product.roles ?? {}).filter((role) => sameAddress(role?.email, address));
  if (roles.some((role) => isReachable(role?.deputy) || (role?.team !== undefined && !isNobody(role.team)))) {
    return false;
  }
  const commits = facts.owners.known && facts.owners.value.some((one) => one.source === "git" && sameAddress(one.email, address));
  return commits || roles.some((role) => role?.name !== undefined && !isNobody(role.name));
}

function fixes({ product, config }: LintContext): readonly Fix[] {
  const alerts = indexed(product.monitoring?.alert).map(([, { to }]) => to);
  const { operator, owner } = product.roles ?? {};
  const addresses = [operator?.email, operator?.deputy, owner?.deputy, owner?.email].filter(isReachable);
  const free = [...new Set(addresses)].filter((address) => !alerts.some((one) => sameAddress(one, address)));
  if (!alerts.some(isReachable)) {
    const place = config.source.has(ALERT) ? [] : [setFix("Add a place for the address", ALERT, [{ to: TODO, when: "fail" }])];
    return free.length === 0 ? place : free.map((to) => setFix(`Tell ${to}`, ALERT, [{ to, when: "fail" }]));
  }
  return free.map((to) => ({
    title: `Tell ${to} as well`,
    safe: false,
    changes: [{ kind: "append", path: ALERT, value: { to, when: "fail" } }],
  }));
}
