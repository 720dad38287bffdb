import type { OverviewChallenge, OverviewLight, OverviewStage, OverviewStatus } from "../../src/protocol/overview";
import type { IconName } from "../shared/icons";

/** A light is told by icon, colour and word together. Words are English for `t`. */
export const LIGHTS: Readonly<Record<OverviewLight, { readonly icon: IconName; readonly label: string }>> = {
  trouble: { icon: "error", label: "Trouble" },
  attention: { icon: "warning", label: "Attention" },
  unknown: { icon: "question", label: "Not known" },
  good: { icon: "pass-filled", label: "Good" },
};

/** Worst first; what nobody knows comes before what is fine, because it may hide anything. */
export const LIGHT_ORDER: readonly OverviewLight[] = ["trouble", "attention", "unknown", "good"];

export const CHALLENGES: Readonly<Record<OverviewChallenge, string>> = {
  effort: "Effort",
  cost: "Cost",
  knowledge: "Knowledge",
  responsibility: "Responsibility",
  compliance: "Compliance",
};

export const CHALLENGE_ORDER = Object.keys(CHALLENGES) as readonly OverviewChallenge[];

export const STAGES: Readonly<Record<OverviewStage, string>> = {
  run: "Run",
  build: "Build",
  design: "Design",
  unknown: "Not known",
  retired: "Retired",
};

/** What is at work matters most. */
export const STAGE_ORDER: readonly OverviewStage[] = ["run", "build", "design", "unknown", "retired"];

export const DRIFT_WORDS: Readonly<Record<OverviewStatus, { readonly light: OverviewLight; readonly label: string }>> = {
  fail: { light: "trouble", label: "Drift" },
  warn: { light: "attention", label: "Warning" },
  ok: { light: "good", label: "No drift" },
  unjudged: { light: "unknown", label: "Not judged" },
};

export const KPI_WORDS: Readonly<Record<OverviewStatus, string>> = {
  fail: "off target",
  warn: "near the limit",
  ok: "on target",
  unjudged: "not judged",
};
