import type { Product } from "../config/product";
import type { DriftMethodId } from "./driftMethod";
import type { DriftLimits, DriftMode, DriftSettings } from "./driftReport";

/** Population stability index from which people look, and from which they act: the limits that the industry uses. */
export const PSI_LIMITS = { warn: 0.1, fail: 0.25 } as const;

const NO_LIMITS: DriftLimits = { method: null, warn: null, fail: null, from: "default" };

/** What holds where nobody has said anything. Evidently judges from the first row on. */
export function defaultDriftSettings(mode: DriftMode): DriftSettings {
  return {
    mode,
    limits: NO_LIMITS,
    columns: {},
    datasetShare: 0.5,
    missingIncrease: null,
    only: null,
    ignore: [],
    types: {},
    roles: {},
    minRows: mode === "evidently" ? 1 : 200,
    minRowsForScore: mode === "evidently" ? 1 : 30,
    allMethods: false,
  };
}

export const DEFAULT_DRIFT_SETTINGS: DriftSettings = defaultDriftSettings("own");

type Monitoring = Product["monitoring"];
type ConfiguredLimits = Pick<NonNullable<NonNullable<Monitoring>["drift"]>, "method" | "psi_warn" | "psi_fail" | "warn" | "fail">;

/** Whose methods and limits an mlops.yaml wants. */
export function driftModeOf(monitoring: Monitoring): DriftMode {
  return monitoring?.drift?.mode === "evidently" ? "evidently" : "own";
}

/** Settings as `monitoring` of an mlops.yaml has them; the defaults where it is silent. @param mode in place of the file's. */
export function driftSettingsOf(monitoring: Monitoring, mode: DriftMode = driftModeOf(monitoring)): DriftSettings {
  const defaults = defaultDriftSettings(mode);
  const drift = monitoring?.drift;
  const limits = drift === undefined ? NO_LIMITS : limitsOf(drift, {}, mode);
  const columns = Object.entries(drift?.columns ?? {}).flatMap(([name, own]) =>
    own === undefined ? [] : [[name, limitsOf(own, drift ?? {}, mode)] as const],
  );
  return {
    ...defaults,
    limits,
    columns: Object.fromEntries(columns),
    datasetShare: drift?.dataset_share ?? defaults.datasetShare,
    ignore: (monitoring?.read?.ignore ?? []).filter((name) => name !== undefined),
    types: Object.fromEntries(
      Object.entries(monitoring?.read?.types ?? {}).flatMap(([name, type]) => (type === undefined ? [] : [[name, type] as const])),
    ),
    missingIncrease: monitoring?.missing?.fail_increase ?? defaults.missingIncrease,
    minRows: monitoring?.window?.min_rows ?? defaults.minRows,
    minRowsForScore: Math.min(defaults.minRowsForScore, monitoring?.window?.min_rows ?? defaults.minRowsForScore),
  };
}

/** A column's own words come first; what they leave out is as for the other columns, unless the column is measured in another way. */
function limitsOf(own: ConfiguredLimits, shared: ConfiguredLimits, mode: DriftMode): DriftLimits {
  const method = methodOf(own.method ?? shared.method, mode);
  const inherits = methodOf(shared.method, mode) === method;
  const isPsi = method === "psi" || method === "psi_quantile" || (method === null && mode === "own");
  const pick = (name: "warn" | "fail"): number | null => {
    const psi = isPsi ? own[`psi_${name}`] : undefined;
    const inherited = isPsi ? shared[`psi_${name}`] : undefined;
    return psi ?? own[name] ?? (inherits ? (inherited ?? shared[name]) : inherited) ?? null;
  };
  const limits = { method, warn: pick("warn"), fail: pick("fail") };
  return { ...limits, from: limits.method === null && limits.warn === null && limits.fail === null ? "default" : "config" };
}

/** In our own mode "psi" is the one over reference quantiles, which one outlier cannot blind. */
function methodOf(word: ConfiguredLimits["method"], mode: DriftMode): DriftMethodId | null {
  return word === undefined || word === "auto" ? null : word === "psi" && mode === "own" ? "psi_quantile" : word;
}
