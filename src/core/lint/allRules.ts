import { couldNotCheckMeta } from "./couldNotCheckMeta";
import type { LintRule } from "./lintRule";
import type { RuleMeta } from "./ruleMeta";
import type { PipelineRule } from "./pipelineRule";
import { pipelineFieldMissing } from "./pipelineRules/pipeline-field-missing";
import { pipelineNotLinked } from "./pipelineRules/pipeline-not-linked";
import { pipelineOwnerMissing } from "./pipelineRules/pipeline-owner-missing";
import { alertReachesNobody } from "./rules/alert-reaches-nobody";
import { automatedDecisionUnchecked } from "./rules/automated-decision-unchecked";
import { budgetMissing } from "./rules/budget-missing";
import { complianceNotInvolved } from "./rules/compliance-not-involved";
import { configInvalid } from "./rules/config-invalid";
import { conformityNotShown } from "./rules/conformity-not-shown";
import { dataNotDescribed } from "./rules/data-not-described";
import { dataNotVerified } from "./rules/data-not-verified";
import { dataNotVersioned } from "./rules/data-not-versioned";
import { deployerDutiesOpen } from "./rules/deployer-duties-open";
import { driftNotJudged } from "./rules/drift-not-judged";
import { endpointAlwaysOn } from "./rules/endpoint-always-on";
import { evaluationOutdated } from "./rules/evaluation-outdated";
import { failureNotPlanned } from "./rules/failure-not-planned";
import { filesDisagree } from "./rules/files-disagree";
import { fourEyesMissing } from "./rules/four-eyes-missing";
import { gpusIdle } from "./rules/gpus-idle";
import { highRiskUnderstated } from "./rules/high-risk-understated";
import { kpiWithoutTarget } from "./rules/kpi-without-target";
import { labelsMissing } from "./rules/labels-missing";
import { legalBasisMissing } from "./rules/legal-basis-missing";
import { licenceOrSecret } from "./rules/licence-or-secret";
import { logsNotKept } from "./rules/logs-not-kept";
import { monitoringMissing } from "./rules/monitoring-missing";
import { noGroupResult } from "./rules/no-group-result";
import { noUpperLimit } from "./rules/no-upper-limit";
import { nobodyCanStop } from "./rules/nobody-can-stop";
import { notPinned } from "./rules/not-pinned";
import { onePersonKnows } from "./rules/one-person-knows";
import { operatorMissing } from "./rules/operator-missing";
import { ownerMissing } from "./rules/owner-missing";
import { peopleNotTold } from "./rules/people-not-told";
import { personInactive } from "./rules/person-inactive";
import { personalDataUndecided } from "./rules/personal-data-undecided";
import { pipelineMissing } from "./rules/pipeline-missing";
import { processingRecordIncomplete } from "./rules/processing-record-incomplete";
import { prohibitedUse } from "./rules/prohibited-use";
import { purposeNotCompatible } from "./rules/purpose-not-compatible";
import { requirementsUnwatched } from "./rules/requirements-unwatched";
import { retentionMissing } from "./rules/retention-missing";
import { retrainTriggerMissing } from "./rules/retrain-trigger-missing";
import { retrainsTooOften } from "./rules/retrains-too-often";
import { reviewDue } from "./rules/review-due";
import { riskClassUndecided } from "./rules/risk-class-undecided";
import { risksNotAccepted } from "./rules/risks-not-accepted";
import { rollbackMissing } from "./rules/rollback-missing";
import { signOffMissing } from "./rules/sign-off-missing";
import { stackDiffers } from "./rules/stack-differs";
import { targetLowered } from "./rules/target-lowered";
import { technicalDocumentationMissing } from "./rules/technical-documentation-missing";
import { testDataIsTrainingData } from "./rules/test-data-is-training-data";
import { transferUnprotected } from "./rules/transfer-unprotected";

/** All rules, by challenge and code. A new rule is added here; a test finds one that is forgotten. */
export const ALL_RULES: readonly LintRule[] = [
  configInvalid,
  pipelineMissing,
  notPinned,
  dataNotVersioned,
  rollbackMissing,
  filesDisagree,
  retrainTriggerMissing,
  budgetMissing,
  noUpperLimit,
  retrainsTooOften,
  endpointAlwaysOn,
  retentionMissing,
  gpusIdle,
  kpiWithoutTarget,
  testDataIsTrainingData,
  evaluationOutdated,
  monitoringMissing,
  driftNotJudged,
  labelsMissing,
  alertReachesNobody,
  noGroupResult,
  targetLowered,
  ownerMissing,
  operatorMissing,
  requirementsUnwatched,
  dataNotVerified,
  complianceNotInvolved,
  fourEyesMissing,
  personInactive,
  signOffMissing,
  reviewDue,
  onePersonKnows,
  riskClassUndecided,
  prohibitedUse,
  highRiskUnderstated,
  technicalDocumentationMissing,
  risksNotAccepted,
  dataNotDescribed,
  logsNotKept,
  nobodyCanStop,
  failureNotPlanned,
  conformityNotShown,
  deployerDutiesOpen,
  peopleNotTold,
  personalDataUndecided,
  legalBasisMissing,
  purposeNotCompatible,
  processingRecordIncomplete,
  automatedDecisionUnchecked,
  transferUnprotected,
  licenceOrSecret,
  stackDiffers,
];

/** The rules for pipeline files of other tools. */
export const PIPELINE_RULES: readonly PipelineRule[] = [pipelineOwnerMissing, pipelineFieldMissing, pipelineNotLinked];

/** What all rules say of themselves: those of products, those of pipelines, and the one that says that something could not be checked. */
export const RULE_METAS: readonly RuleMeta[] = [...ALL_RULES, ...PIPELINE_RULES]
  .map(({ meta }): RuleMeta => meta)
  .concat(couldNotCheckMeta);
