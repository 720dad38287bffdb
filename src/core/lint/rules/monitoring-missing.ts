import type { ConfigValue } from "../fix";
import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { LintContext, LintRule } from "../lintRule";
import { isReachable } from "../person";
import { TODO } from "../setFix";

export const monitoringMissing: LintRule = {
  meta: {
    code: "PERF04",
    name: "monitoring-missing",
    challenge: "performance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "It is written how the model is watched at work.",
    why: "A model gets worse when the world changes, and nothing breaks that would show it. Only a comparison of live data with the data of the training tells in time.",
    article: "AI Act Art. 72",
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check(context) {
    // An address for alerts alone watches nothing; the short key `alert` makes a block with no more than that.
    const { alert: _, ...watched } = context.product.monitoring ?? {};
    if (Object.values(watched).some((part) => part !== undefined)) {
      return [];
    }
    return [
      {
        message: "After launch nobody would notice it getting worse.",
        at: ["monitoring"],
        fixes: [
          {
            title: "Add monitoring",
            safe: false,
            changes: parts(context).map(([key, value]) => ({ kind: "set", path: ["monitoring", key], value })),
          },
        ],
      },
    ];
  },
};

/** Compares live data with the training data, by the methods that suit each column; addresses come from the file itself. */
function parts({ product }: LintContext): readonly (readonly [string, ConfigValue])[] {
  const ofUse = (use: string): string | undefined => indexed(product.data).find((item) => item[1].use === use)?.[1].path;
  const reference = ofUse("reference") ?? ofUse("train");
  const live = ofUse("live");
  const operator = product.roles?.operator?.email;
  return [
    ["reference", isGiven(reference) ? reference : TODO],
    ["live", isGiven(live) ? live : TODO],
    ["drift", { method: "auto", psi_warn: 0.1, psi_fail: 0.25 }],
    ["checks", { every: "7 days" }],
    ...(product.monitoring?.alert === undefined && isReachable(operator) ? [["alert", [{ to: operator, when: "fail" }]] as const] : []),
  ];
}
