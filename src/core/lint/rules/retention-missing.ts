import type { LintRule, RuleFinding } from "../lintRule";
import { isGiven } from "../isGiven";
import { setFix } from "../setFix";

const ARTIFACTS = ["cost", "artifact_retention"] as const;
const LOGS = ["logging", "retention"] as const;

export const retentionMissing: LintRule = {
  meta: {
    code: "COST05",
    name: "retention-missing",
    challenge: "cost",
    severity: { development: "off", staging: "info", production: "warning" },
    summary: "It is set how long old models and logs are kept.",
    why: "Each training leaves files behind, and nobody dares to delete what might be needed. A period that was set beforehand lets a program clean up.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check({ product }) {
    const findings: RuleFinding[] = [];
    if (!isGiven(product.cost?.artifact_retention)) {
      const fixes = [setFix("Keep old models for 1 year", ARTIFACTS, "1 year")];
      findings.push({ message: "Old models will grow without end.", at: ARTIFACTS, fixes });
    }
    // For a high-risk model the law sets the least period, and logs-missing asks for it.
    if (
      product.logging !== undefined &&
      product.risk !== "high" &&
      !isGiven(product.logging.retention) &&
      !isGiven(product.cost?.log_retention)
    ) {
      findings.push({ message: "Logs will grow without end.", at: LOGS, fixes: [setFix("Keep logs for 6 months", LOGS, "6 months")] });
    }
    return findings;
  },
};
