import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import type { DriftStatus } from "../drift/driftReport";
import { checkEvery } from "./checkSchedule";
import { checkStatus, checkVerdict } from "./checkVerdict";
import type { MonitoredProduct } from "./monitoredProduct";
import { type ResultFiles, ResultStore } from "./resultStore";

/** What the last check says, as far as rules and the gate need it. */
export interface LatestDriftState {
  readonly status: DriftStatus;
  readonly verdict: string;
  /** How it stands without figures of scored rows: those are of whichever version scored them, and say nothing of another. */
  readonly withoutScores: { readonly status: DriftStatus; readonly verdict: string };
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
  /** Older than two times `monitoring.checks.every`: what it says may not hold any more. */
  readonly isOld: boolean;
  /** The product's file was another one then. */
  readonly isOfOtherConfig: boolean;
  /** Of the result, relative to the workspace. */
  readonly path: string;
  /** Of results that could not be read, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * The last check of a product; null where there was none.
 * @param configSha256 of the product's file as it is; null where nobody hashed it.
 */
export async function latestDriftState(
  product: MonitoredProduct,
  config: Product,
  files: ResultFiles,
  { now, configSha256 }: { readonly now: number; readonly configSha256: string | null },
  signal: CancelSignal,
): Promise<LatestDriftState | null> {
  const { latest, problems } = await new ResultStore(files).latest(product, signal);
  if (latest === null) {
    return null;
  }
  const { path, result } = latest;
  const every = checkEvery(config);
  // Figures of files and of runs are told without a number of rows.
  const ofAnyVersion = { ...result, kpis: result.kpis.filter(({ rows }) => rows === null) };
  return {
    status: result.status,
    verdict: result.verdict,
    withoutScores: { status: checkStatus(ofAnyVersion), verdict: checkVerdict(ofAnyVersion) },
    checkedAt: result.checked_at,
    isOld: every !== null && now - result.checked_at > 2 * every,
    isOfOtherConfig: configSha256 !== null && result.config_sha256 !== "" && result.config_sha256 !== configSha256,
    path,
    problems,
  };
}
