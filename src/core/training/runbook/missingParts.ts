import type { Product } from "../../config/product";
import { isMissingSentence } from "../../config/placeholder";
import { isHighRisk } from "../../lint/highRisk";
import { indexed } from "../../lint/indexed";
import { isGiven } from "../../lint/isGiven";
import { isHeld, isReachable } from "../../lint/person";
import type { LintRule } from "../../lint/lintRule";
import { alertReachesNobody } from "../../lint/rules/alert-reaches-nobody";
import { kpiWithoutTarget } from "../../lint/rules/kpi-without-target";
import { monitoringMissing } from "../../lint/rules/monitoring-missing";
import { nobodyCanStop } from "../../lint/rules/nobody-can-stop";
import { operatorMissing } from "../../lint/rules/operator-missing";
import { ownerMissing } from "../../lint/rules/owner-missing";
import { retrainTriggerMissing } from "../../lint/rules/retrain-trigger-missing";
import { rollbackMissing } from "../../lint/rules/rollback-missing";
import { checkEvery } from "../../monitoring/checkSchedule";
import { trainingCron } from "../automation/trainingAutomation";

/** What whoever needs the page would look for in vain. */
export interface MissingPart {
  /** A sentence. */
  readonly text: string;
  /** Of the lint rule that asks for it; null where none does. */
  readonly code: string | null;
}

/** Judged from the product's file alone, at any stage: on the worst day it does not help that a model was only being tried. */
export function missingParts(product: Product): readonly MissingPart[] {
  const { roles, deploy, oversight } = product;
  const rollback = deploy?.rollback;
  const kpis = indexed(product.kpis);
  const missing = (isThere: boolean, text: string, rule: LintRule | null): readonly MissingPart[] =>
    isThere ? [] : [{ text, code: rule?.meta.code ?? null }];
  return [
    ...missing(!isMissingSentence(product.purpose, "development"), "Nothing says what the model is for.", null),
    ...missing(isHeld(roles?.owner), "Nobody is named as responsible for the model.", ownerMissing),
    ...missing(isHeld(roles?.operator), "Nobody is named as operator.", operatorMissing),
    ...missing(isReachable(roles?.owner?.deputy) || isReachable(roles?.operator?.deputy), "Nobody stands in for owner or operator.", null),
    ...missing(isReachable(product.incidents?.contact), "Nobody is named to whom incidents are reported.", null),
    ...missing(trainingCron(product) !== null, "Nothing starts a training by itself.", retrainTriggerMissing),
    ...missing(checkEvery(product) !== null, "The model is not watched at work.", monitoringMissing),
    ...missing(
      indexed(product.monitoring?.alert).some(([, { to }]) => isReachable(to)),
      "Nobody is told when a check fails.",
      alertReachesNobody,
    ),
    ...missing(
      kpis.some(([, kpi]) => isGiven(kpi.target)),
      "No figure has a target.",
      kpiWithoutTarget,
    ),
    ...missing(isGiven(rollback?.to) || isGiven(rollback?.how), "Nothing says how a release is taken back.", rollbackMissing),
    ...missing(rollback === undefined || isGiven(rollback.tested), "Taking a release back was never tested.", rollbackMissing),
    ...missing(isGiven(oversight?.stop), "Nothing says how the model is stopped.", isHighRisk(product) ? nobodyCanStop : null),
  ];
}
