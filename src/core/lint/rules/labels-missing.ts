import { isGiven } from "../isGiven";
import type { LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const SOURCE = ["monitoring", "labels", "source"] as const;
const DELAY = ["monitoring", "labels", "delay"] as const;

export const labelsMissing: LintRule = {
  meta: {
    code: "PERF06",
    name: "labels-missing",
    challenge: "performance",
    severity: { development: "off", staging: "info", production: "warning" },
    summary: "It is written where the true outcome comes from and how long it takes.",
    why: "Whether a model was right is known only when the outcome is. Whoever knows when that will be can plan the check, and until then knows that good figures are only a guess.",
    article: null,
    suppressible: true,
    noFix: "Only those who know the process can say how long it takes.",
    appliesTo: "product",
  },
  check({ product, config }) {
    const { alert: _, labels, ...watched } = product.monitoring ?? {};
    if (labels === undefined && Object.values(watched).every((part) => part === undefined)) {
      return [];
    }
    const findings: RuleFinding[] = [];
    if (!isGiven(labels?.source)) {
      const fixes = config.source.has(SOURCE) ? [] : [setFix("Add a place for the source of outcomes", SOURCE, TODO)];
      findings.push({ message: "When will you know the true outcome? No source of it is named.", at: SOURCE, fixes });
    } else if (!isGiven(labels.delay)) {
      const fixes = config.source.has(DELAY) ? [] : [setFix("Add a place for the delay", DELAY, TODO)];
      findings.push({
        message: `When will you know the true outcome? The delay of "${labels.source}" is not named.`,
        at: DELAY,
        fixes,
      });
    }
    return findings;
  },
};
