import type { Challenge, ProductHealth } from "./productHealth";

/** In the order in which lights are shown. */
export const CHALLENGES: readonly Challenge[] = ["effort", "cost", "knowledge", "responsibility", "compliance"];

/** What is known of a row before anything is. */
export const EMPTY_ROW: Omit<ProductHealth, "name" | "config" | "challenges"> = {
  ...{ storeId: null, model: null, team: null, stage: "unknown", owner: null, version: null, kpi: null, drift: null },
  ...{ openApprovals: 0, targets: [], cost: null, nextDuty: null, waits: [], effort: null, tools: [], events: [] },
};
