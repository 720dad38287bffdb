import type { Product } from "../config/product";
import type { DriftStatus } from "../drift/driftReport";
import { indexed } from "../lint/indexed";
import type { MonitoringResult } from "./monitoringResult";
import { sayStatus } from "./sayResult";
import { isWorse } from "./statusOrder";

const DAY_MS = 86_400_000;

export interface MonitoringAlert {
  readonly product: string;
  readonly config: string;
  readonly status: Exclude<DriftStatus, "ok">;
  /** It has become worse, or it has been like this for another day. */
  readonly reason: "worse" | "still";
  /** "churn-model fails: …", in one line. */
  readonly title: string;
  /** What is behind it, a sentence each, the worst first. */
  readonly lines: readonly string[];
  /** Addresses that `monitoring.alert` names for this status; nobody is written to by this tool. */
  readonly recipients: readonly string[];
  readonly result: MonitoringResult;
}

export interface AlertRecipient {
  readonly to: string;
  /** From which status on. */
  readonly when: "warn" | "fail";
}

/** Who is told, as `monitoring.alert` has it. */
export function alertRecipients({ monitoring }: Product): readonly AlertRecipient[] {
  return indexed(monitoring?.alert).flatMap(([, { to, when = "fail" }]) => (to === undefined ? [] : [{ to, when }]));
}

/**
 * What people have to be told after a check: that the status has become worse, that something else fails as well, or that it has
 * not been mended for another day. Nothing where it is as it was, or better.
 * @param earlier results of the same product, the newest first; the last one is enough to tell a change.
 */
export function alertsOf(
  earlier: readonly MonitoringResult[],
  result: MonitoringResult,
  recipients: readonly AlertRecipient[] = [],
): readonly MonitoringAlert[] {
  const { status } = result;
  const reason = status === "ok" ? null : reasonFor(earlier, result);
  if (status === "ok" || reason === null) {
    return [];
  }
  const to = recipients.filter(({ when }) => when === "warn" || status !== "warn").map((one) => one.to);
  return [
    {
      product: result.product,
      config: result.config,
      status,
      reason,
      title: `${result.product} ${reason === "still" ? `still ${sayStatus(status)}` : sayStatus(status)}: ${result.verdict}`,
      lines: alertLines(result),
      recipients: [...new Set(to)],
      result,
    },
  ];
}

function reasonFor(earlier: readonly MonitoringResult[], result: MonitoringResult): MonitoringAlert["reason"] | null {
  // A check in between that could not judge is no recovery.
  const before = result.status === "unjudged" ? earlier[0] : (earlier.find(({ status }) => status !== "unjudged") ?? earlier[0]);
  if (before === undefined || isWorse(result.status, before.status) || failsMore(before, result)) {
    return "worse";
  }
  return result.status !== "warn" && isAnotherDay(earlier, result) ? "still" : null;
}

/** Something fails that did not fail before. */
function failsMore(before: MonitoringResult, result: MonitoringResult): boolean {
  const known = failures(before);
  return result.status === "fail" && [...failures(result)].some((one) => !known.has(one));
}

function failures({ drift, kpis }: MonitoringResult): ReadonlySet<string> {
  return new Set([
    ...(drift?.status === "fail" ? ["drift"] : []),
    ...(drift?.columns ?? []).filter(({ status }) => status === "fail").map(({ name }) => `column ${name}`),
    ...kpis.filter(({ status }) => status === "fail").map(({ name, by, group }) => `kpi ${name} ${by ?? ""} ${group ?? ""}`),
  ]);
}

/** Whether a full day since the trouble began has passed between the last check and this one. */
function isAnotherDay(earlier: readonly MonitoringResult[], { checked_at: now }: MonitoringResult): boolean {
  const good = earlier.findIndex(({ status }) => status === "ok" || status === "warn");
  const bad = good < 0 ? earlier : earlier.slice(0, good);
  const [last, first] = [bad[0], bad.at(-1)];
  if (last === undefined || first === undefined) {
    return false;
  }
  const days = (time: number): number => Math.floor((time - first.checked_at) / DAY_MS);
  return days(now) > days(last.checked_at);
}

/** The sentences of what fails first, then of what could not be judged and of warnings. */
export function alertLines({ drift, kpis, problems }: MonitoringResult): readonly string[] {
  const parts = [...kpis.map(({ status, verdict }) => ({ status, verdict })), ...(drift?.columns ?? [])];
  const of = (wanted: DriftStatus): readonly string[] => parts.filter(({ status }) => status === wanted).map(({ verdict }) => verdict);
  return [...of("fail"), ...problems, ...of("warn")].filter((line) => line !== "");
}
