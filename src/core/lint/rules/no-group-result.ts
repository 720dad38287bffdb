import type { Fix } from "../fix";
import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { LintContext, LintRule } from "../lintRule";
import { TODO } from "../setFix";

export const noGroupResult: LintRule = {
  meta: {
    code: "PERF08",
    name: "no-group-result",
    challenge: "performance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Where people are affected, at least one KPI is judged for each group of them.",
    why: "A model can be good on average and bad for a few. Only a result per group shows that, and the law asks for it where the risk is high.",
    article: "AI Act Art. 10(2)(f); AI Act Art. 13(3)(b)",
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check(context) {
    const { product, stage } = context;
    const kpis = indexed(product.kpis);
    const affected = whoIsAffected(context);
    // With no KPI at all, kpi-without-target says so.
    if (affected === null || kpis.length === 0 || kpis.some(([, { by }]) => isGiven(by))) {
      return [];
    }
    return [
      {
        message: `There is no result per group, and ${affected} are affected; a bad average can hide harm.`,
        at: ["kpis"],
        ...(product.risk !== "high" && stage === "production" ? { severity: "warning" as const } : {}),
        fixes: fixes(context),
      },
    ];
  },
};

/** In words for a sentence; null where the file names no people. */
function whoIsAffected({ product }: LintContext): string | null {
  const named = [...(product.gdpr?.people ?? []), ...indexed(product.risks).flatMap(([, { who }]) => who ?? [])].filter(isGiven);
  if (named.length > 0) {
    return [...new Set(named)].slice(0, 3).join(", ");
  }
  return (product.ai_act?.annex_iii ?? []).some((point) => isGiven(point)) ? "people" : null;
}

/** Groups that were looked at for bias first; the target is that of the first KPI, to be set by a person. */
function fixes({ product }: LintContext): readonly Fix[] {
  const groups = indexed(product.data).flatMap(([, { bias }]) => (bias?.groups ?? []).filter(isGiven));
  const [kpi] = indexed(product.kpis);
  const { name, target, data } = kpi?.[1] ?? {};
  return [...new Set(groups.length === 0 ? [TODO] : groups)].map((by) => ({
    title: by === TODO ? "Add a KPI per group, to fill in" : `Judge ${name ?? "the first KPI"} by ${by}`,
    safe: false,
    changes: [
      {
        kind: "append",
        path: ["kpis"],
        value: { name: name ?? TODO, ...(target === undefined ? {} : { target }), by, ...(data === undefined ? {} : { data }) },
      },
    ],
  }));
}
