import { parseTarget } from "../../config/target";
import type { Target } from "../../config/target";
import { couldNotCheck } from "../couldNotCheck";
import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix } from "../setFix";

export const targetLowered: LintRule = {
  meta: {
    code: "PERF09",
    name: "target-lowered",
    challenge: "performance",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary: "A target is at least as strict as in the version that was approved.",
    why: "A model that misses its target can be mended, or the target can be lowered. The second may be right, but then those who approved the first target have to agree.",
    article: "AI Act Art. 9(8)",
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check(context) {
    const { facts, product } = context;
    if (!facts.approvedTargets.known) {
      return product.kpis === undefined ? [] : [couldNotCheck("the targets of the approved version", facts.approvedTargets.why)];
    }
    return Object.entries(facts.approvedTargets.value ?? {}).flatMap(([name, approved]) => compare(context, name, approved));
  },
};

function compare({ product }: LintContext, name: string, approved: string): readonly RuleFinding[] {
  const old = parseTarget(approved);
  const kpis = indexed(product.kpis);
  if (old === undefined || kpis.length === 0) {
    return [];
  }
  const named = kpis.filter(([, kpi]) => kpi.name === name);
  // The KPI of all comes before those of groups, because the approved targets are known by name only.
  const [index, kpi] = named.find(([, { by }]) => !isGiven(by)) ?? named[0] ?? [];
  if (index === undefined || kpi === undefined) {
    const fix = {
      title: `Add ${name} with ${approved} again`,
      safe: false,
      changes: [{ kind: "append", path: ["kpis"], value: { name, target: approved } }],
    } as const;
    return [{ message: `The target for ${name} (${approved}) was approved and is gone.`, at: ["kpis"], fixes: [fix] }];
  }
  const now = parseTarget(kpi.target ?? "");
  return now === undefined || !isLooser(now, old)
    ? []
    : [
        {
          message: `The bar for ${name} was ${old.operator.startsWith("<") ? "raised" : "lowered"} from ${approved} to ${kpi.target ?? ""} after it was approved.`,
          at: ["kpis", index, "target"],
          fixes: [setFix(`Restore the approved target ${approved}`, ["kpis", index, "target"], approved)],
        },
      ];
}

/** Bounds that point in different directions cannot be compared. */
function isLooser(now: Target, old: Target): boolean {
  const [direction, oldDirection] = [now.operator[0], old.operator[0]];
  if (direction !== oldDirection || direction === "=") {
    return false;
  }
  if (now.value === old.value) {
    return now.operator.length > old.operator.length; // ">=" lets through what ">" does not.
  }
  return direction === ">" ? now.value < old.value : now.value > old.value;
}
