import type { DriftColumnRow, DriftMark, DriftState } from "../../src/protocol/drift";
import type { IconName } from "../shared/icons";

/** A state is told by icon, colour and word together. Words are English for `t`. */
export const DRIFT_STATES: Readonly<Record<DriftState, { readonly icon: IconName; readonly label: string }>> = {
  fail: { icon: "error", label: "Drift" },
  warn: { icon: "warning", label: "Warning" },
  ok: { icon: "pass-filled", label: "No drift" },
  unjudged: { icon: "circle-slash", label: "Not judged" },
};

/** The same states of a KPI's point. */
export const KPI_STATES: Readonly<Record<DriftState, string>> = {
  fail: "Off target",
  warn: "Near the limit",
  ok: "On target",
  unjudged: "Not judged",
};

/** Worst first; what nobody judged comes before what is fine, because it may hide anything. */
export const STATE_ORDER: readonly DriftState[] = ["fail", "warn", "unjudged", "ok"];

export const DIRECTIONS: Readonly<Record<NonNullable<DriftColumnRow["direction"]>, { readonly arrow: string; readonly label: string }>> = {
  up: { arrow: "↑", label: "Up" },
  down: { arrow: "↓", label: "Down" },
  wider: { arrow: "↔", label: "Wider" },
  narrower: { arrow: "→←", label: "Narrower" },
};

export const MARK_KINDS: Readonly<Record<DriftMark["kind"], string>> = {
  release: "Release",
  retraining: "Retraining",
  commit: "Commit",
  alert: "Alert",
  note: "Note",
};

export const ROLES: Readonly<Record<DriftColumnRow["role"], string>> = {
  feature: "Feature",
  target: "Target",
  prediction: "Prediction",
  score: "Score",
};

export const TYPES: Readonly<Record<DriftColumnRow["type"], string>> = { num: "Number", cat: "Category", text: "Text" };
