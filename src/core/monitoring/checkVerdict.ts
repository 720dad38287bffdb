import type { DriftStatus } from "../drift/driftReport";
import type { MonitoringResult } from "./monitoringResult";
import { worstStatus } from "./statusOrder";

type Facts = Pick<MonitoringResult, "drift" | "kpis" | "problems">;

/**
 * The worst of drift and KPIs. What was asked for and could not be judged is never taken for well; a problem beside what was judged
 * warns. A group with too few rows is told as a problem and does not hide what the other groups say.
 */
export function checkStatus({ drift, kpis, problems }: Facts): DriftStatus {
  const judgedNames = new Set(kpis.filter(({ status }) => status !== "unjudged").map(({ name }) => name));
  const counted = kpis.filter(({ status, name, group }) => status !== "unjudged" || group === null || !judgedNames.has(name));
  // An estimate says nothing that has been seen, so that it warns at most, and says enough where nothing is known yet.
  const measured = counted.filter(({ kind }) => kind === "measured");
  const known = new Set(counted.filter(({ kind, status }) => kind === "estimated" && status !== "unjudged").map(({ name }) => name));
  const statuses = [
    ...(drift === null ? [] : [drift.status]),
    ...measured.filter(({ status, name }) => status !== "unjudged" || !known.has(name)).map(({ status }) => status),
    ...counted.filter(({ kind }) => kind === "estimated").map(({ status }): DriftStatus => (status === "fail" ? "warn" : status)),
  ];
  const worst = worstStatus(statuses);
  if (worst === null || (drift === null && worst !== "fail")) {
    return "unjudged";
  }
  return problems.length > 0 && worst === "ok" ? "warn" : worst;
}

/** One sentence: what is worst, and how much of it. */
export function checkVerdict(facts: Facts): string {
  const { drift, kpis, problems } = facts;
  const failing = kpis.filter(({ status, kind }) => status === "fail" && kind === "measured");
  const warning = kpis.filter(({ status, kind }) => status === "warn" || (status === "fail" && kind === "estimated"));
  const parts: string[] = [];
  if (failing.length > 0) {
    parts.push(`${few(failing.map(({ verdict }) => verdict.replace(/\.$/, "")))}.`);
  }
  if (drift !== null && drift.status !== "ok") {
    parts.push(driftPart(drift));
  }
  if (parts.length === 0 && warning.length > 0) {
    parts.push(`${few(warning.map(({ verdict }) => verdict.replace(/\.$/, "")))}.`);
  }
  const status = checkStatus(facts);
  if (status === "unjudged" && drift?.status !== "unjudged") {
    parts.push(kpis.find((one) => one.status === "unjudged")?.verdict ?? "Drift could not be judged.");
  }
  if (status !== "ok" && parts.length === 0 && problems[0] !== undefined) {
    return problems[0];
  }
  if (drift === null && problems[0] !== undefined) {
    return problems[0];
  }
  if (parts.length > 0) {
    return parts.join(" ");
  }
  const judged = kpis.filter(({ status }) => status === "ok").length;
  const columns = drift === null ? "" : `No drift in ${drift.tested_columns} column${drift.tested_columns === 1 ? "" : "s"}`;
  const figures = judged === 0 ? "" : `${judged} KPI${judged === 1 ? " holds its target" : "s hold their targets"}`;
  return [columns, figures]
    .filter((part) => part !== "")
    .join("; ")
    .concat(columns === "" && figures === "" ? "Nothing was judged." : ".");
}

function driftPart({ status, columns, drifted_columns: drifted, tested_columns: tested }: NonNullable<Facts["drift"]>): string {
  const of = (wanted: DriftStatus): readonly string[] => columns.filter((column) => column.status === wanted).map(({ name }) => name);
  const [failed, warned] = [of("fail"), of("warn")];
  if (status === "unjudged") {
    return "Drift could not be judged.";
  }
  const names = few([...failed, ...warned]);
  const many = `${drifted} of ${tested} column${tested === 1 ? "" : "s"} drifted`;
  return names === "" ? `${many}.` : `${many}: ${names}.`;
}

function few(texts: readonly string[]): string {
  return texts.length <= 3 ? texts.join(", ") : `${texts.slice(0, 3).join(", ")} and ${texts.length - 3} more`;
}
