import type { Severity } from "./ruleMeta";

export interface LintSettings {
  /** By code or name of a rule; wins over the policy. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  /** A retired model is judged as one in development, or not at all. */
  readonly retired: "development" | "off";
}

export const DEFAULT_LINT_SETTINGS: LintSettings = { rules: new Map(), retired: "development" };
