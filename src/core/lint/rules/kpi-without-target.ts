import { parseTarget } from "../../config/target";
import type { Fix } from "../fix";
import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { LintContext, LintRule } from "../lintRule";
import { setFix, TODO } from "../setFix";

export const kpiWithoutTarget: LintRule = {
  meta: {
    code: "PERF01",
    name: "kpi-without-target",
    challenge: "performance",
    severity: { development: "warning", staging: "error", production: "error" },
    summary: "There is at least one KPI, and each has a target.",
    why: "A figure alone does not say whether a model is good. A target that was set before the measurement lets anybody judge the result, and nobody can choose it to fit afterwards.",
    article: "AI Act Art. 9(8)",
    suppressible: true,
    noFix: "Only those who use the model can say how good it has to be.",
    appliesTo: "product",
  },
  check(context) {
    const { product, config } = context;
    const kpis = indexed(product.kpis);
    if (kpis.length === 0) {
      const fixes = config.source.has(["kpis"]) ? [] : [setFix("Add a KPI to fill in", ["kpis"], [{ name: TODO, target: TODO }])];
      return [{ message: "There is no KPI, so nobody can say whether the model is good enough.", at: ["kpis"], fixes }];
    }
    return kpis.flatMap(([index, { name, target }]) => {
      const at = ["kpis", index, "target"];
      return isGiven(target) && parseTarget(target) !== undefined
        ? []
        : [
            {
              message: `Without a target nobody can say whether ${isGiven(name) ? name : "this KPI"} is good enough.`,
              at,
              fixes: fixes(context, name, index),
            },
          ];
    });
  },
};

/** What was approved before is offered; a target is never made up. */
function fixes({ facts, config }: LintContext, name: string | undefined, index: number): readonly Fix[] {
  const at = ["kpis", index, "target"];
  const approved = facts.approvedTargets.known && isGiven(name) ? (facts.approvedTargets.value ?? {}) : {};
  const target = name !== undefined && Object.hasOwn(approved, name) ? approved[name] : undefined;
  if (target !== undefined) {
    return [setFix(`Take the approved target ${target}`, at, target)];
  }
  return config.source.has(at) ? [] : [setFix("Add a place for the target", at, TODO)];
}
