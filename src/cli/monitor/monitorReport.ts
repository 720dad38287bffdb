import type { DriftStatus } from "../../core/drift/driftReport";
import type { MonitoringAlert } from "../../core/monitoring/alerts";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import { EXIT } from "../exitCode";

/** What one run of `mlops monitor` found. */
export interface MonitorReport {
  /** By path of the product's file; of one product the oldest window first. */
  readonly results: readonly MonitoringResult[];
  readonly alerts: readonly MonitoringAlert[];
  /** Results that could not be kept, and alerts that could not be sent. */
  readonly failures: readonly string[];
}

/** Without the parts that a person sees elsewhere. */
export function alertJson({ result, ...alert }: MonitoringAlert): object {
  return { ...alert, checked_at: result.checked_at };
}

/** The newest result of each product: windows that were missed are told and decide nothing. */
export function newestResults(results: readonly MonitoringResult[]): readonly MonitoringResult[] {
  return [...new Map(results.map((result) => [result.config, result])).values()];
}

export function exitCode({ results, failures }: MonitorReport): number {
  const has = (status: DriftStatus): boolean => newestResults(results).some((result) => result.status === status);
  return failures.length > 0 ? EXIT.unusable : has("fail") ? EXIT.findings : has("unjudged") ? EXIT.couldNotJudge : EXIT.fine;
}

/** "0.113", "12,345": what a person reads of a figure. */
export function sayNumber(value: number | null): string {
  if (value === null) {
    return "–";
  }
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}
