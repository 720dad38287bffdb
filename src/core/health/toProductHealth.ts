import { CHALLENGES, EMPTY_ROW } from "./emptyRow";
import { effortSum } from "./effortSum";
import type { ProductEvidence } from "./evidence";
import { kpiTrend } from "./kpiTrend";
import { costLight } from "./lights/costLight";
import { effortLight } from "./lights/effortLight";
import { knowledgeLight } from "./lights/knowledgeLight";
import { complianceLight, responsibilityLight } from "./lights/signOffLights";
import { nextDuty } from "./nextDuty";
import { ownerOf, teamOf } from "./ownerOf";
import type { ChallengeState, ProductHealth } from "./productHealth";
import { productEvents } from "./productEvents";
import { productTools } from "./productTools";
import { openDecisions, productWaits } from "./productWaits";
import { stageOfProduct, versionAtWork } from "./versionAtWork";

/** A product's row, worked out from what is known of it. */
export function toProductHealth(evidence: ProductEvidence): ProductHealth {
  const { name, config, storeId, product, checks, cost } = evidence;
  const effort = effortSum(evidence);
  const kpi = kpiTrend(evidence);
  const version = versionAtWork(evidence);
  const [last] = checks.results;
  return {
    ...{ name, config, storeId, version, kpi, effort, cost },
    model: product.model?.name ?? null,
    team: teamOf(product),
    stage: stageOfProduct(evidence, version),
    owner: ownerOf(product),
    challenges: [
      effortLight(evidence, effort),
      costLight(evidence),
      knowledgeLight(evidence, kpi),
      responsibilityLight(evidence),
      complianceLight(evidence),
    ],
    drift: last === undefined ? null : { status: last.drift?.status ?? last.status, checkedAt: last.checked_at },
    openApprovals: openDecisions(evidence).length,
    targets: Object.keys(product.deploy?.targets ?? {}),
    nextDuty: nextDuty(evidence),
    waits: productWaits(evidence),
    tools: productTools(evidence),
    events: productEvents(evidence),
  };
}

/** A row of which nothing could be read. @param why one sentence. */
export function unreadableProduct(config: string, why: string): ProductHealth {
  const challenges = CHALLENGES.map((challenge): ChallengeState => ({ challenge, light: "unknown", reason: why, action: null }));
  return { ...EMPTY_ROW, name: config, config, challenges };
}
