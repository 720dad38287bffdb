import type { JobPage, RetrainKpi } from "../../../protocol/retrain";
import { numberText } from "../../drift/numberText";
import { costOf, type InstancePrice } from "../../cost/price";
import { isOver } from "../jobState";
import type { RetrainPlan } from "../retrainPlan";
import type { JudgedKpi, TrainingJob, TrainingOutcome } from "../trainingJob";
import { durationOf, ENGINE_LABELS, fact, jobStateOf, money, REASON_LABELS, STATE_LABELS } from "./trainingWords";

/** A job as its page draws it. @param problem why it could not be looked at the last time. */
export function toJobPage(job: TrainingJob, plan: RetrainPlan | null, problem: string | null): JobPage {
  const { status, outcome, handle } = job;
  const state = jobStateOf(job);
  const over = isOver(status.state) || job.phase === "refused";
  return {
    id: job.id,
    config: job.config,
    engine: ENGINE_LABELS[job.engine],
    state,
    label: STATE_LABELS[state],
    message: status.message,
    isOver: over,
    canCancel: !over && handle !== null,
    isCancelling: !over && job.cancelAsked != null,
    progress: status.progress,
    tasks: status.tasks.map((task) => ({ ...task, label: STATE_LABELS[task.state] })),
    createdAt: job.createdAt,
    startedAt: status.startedAt,
    endedAt: status.endedAt,
    facts: [
      ...fact("Why", `${REASON_LABELS[job.reason.kind]}: ${job.reason.text}`),
      ...fact("Again because", job.againBecause),
      ...fact("Engine", handle?.place == null ? ENGINE_LABELS[job.engine] : `${ENGINE_LABELS[job.engine]}, ${handle.place}`),
      ...fact("Parameters", (plan?.params ?? []).map(({ field, value }) => `${field.name}=${String(value)}`).join(", ")),
      ...fact("Asked for by", job.by),
      ...fact("Exit code", status.exitCode === null || status.exitCode === 0 ? null : String(status.exitCode)),
      ...fact("ID", job.id),
    ],
    price: priceOf(plan),
    webUrl: handle?.webUrl ?? null,
    hasPlan: plan !== null,
    outcome: outcome === null ? null : toOutcome(outcome, state === "succeeded"),
    loginAt: plan !== null && job.wantsLogin === true && !over ? loginAddress(plan) : null,
    problem: problem ?? (job.outcomeProblem == null ? null : `The result is not judged yet. ${job.outcomeProblem}`),
  };
}

function priceOf(plan: RetrainPlan | null): InstancePrice | null {
  const known = plan?.estimate.price ?? plan?.estimate.cost ?? null; // Plans of older versions have no price alone.
  return known === null ? null : { perHour: known.perHour, currency: known.currency };
}

/** What a training that has begun and is not judged has cost so far, in words; "" where nobody knows. @param now milliseconds since 1970. */
export function costSoFar(job: TrainingJob, plan: RetrainPlan | null, now: number): string {
  const price = priceOf(plan);
  const took = durationOf(job, now);
  return price === null || took === null || job.outcome !== null ? "" : `About ${money(costOf(took, price))} so far.`;
}

/** Of the server that is signed in to here; GitHub is signed in to by the editor itself. */
function loginAddress({ engine, spec }: RetrainPlan): string | null {
  return engine === "ray" ? (spec.ray?.address ?? null) : engine === "airflow" ? (spec.airflow?.url ?? null) : null;
}

const KPI_LABELS: Readonly<Record<JudgedKpi["status"], string>> = {
  pass: "meets its target",
  warn: "close to its limit",
  fail: "misses its target",
  unknown: "not judged",
};

/** One line a KPI for pages, trees and messages. */
function toKpi({ name, group, value, target, status, champion, isBetter }: JudgedKpi): RetrainKpi {
  return {
    name: group === null ? name : `${name} (${group})`,
    value: value === null ? "" : numberText(value),
    target: target ?? "",
    status,
    label: target === null ? "no target" : KPI_LABELS[status],
    champion: champion === null ? "" : numberText(champion),
    comparison:
      isBetter === null
        ? value !== null && value === champion
          ? "equal"
          : ""
        : isBetter
          ? "better"
          : value === champion
            ? "equal"
            : "worse",
  };
}

/** "f1 0.84, meets its target, better than the champion's 0.81" for tooltips and messages. */
export function kpiWords(kpi: JudgedKpi): string {
  const { name, value, target, label, champion, comparison } = toKpi(kpi);
  const beside =
    champion === ""
      ? ""
      : `, ${comparison === "equal" ? "as the champion" : comparison === "" ? "champion" : `${comparison} than the champion's`} ${champion}`;
  return `${name} ${value === "" ? "has no value" : value}${target === "" ? "" : ` (target ${target}), ${label}`}${beside}`;
}

/** The worst of the KPIs with targets; unknown where none is judged. */
export function kpiResult(kpis: readonly JudgedKpi[]): "pass" | "warn" | "fail" | "unknown" {
  const judged = kpis.filter(({ target }) => target !== null).map(({ status }) => status);
  return (["fail", "unknown", "warn", "pass"] as const).find((one) => judged.includes(one)) ?? "unknown";
}

const ONE_KPI: Readonly<Record<JudgedKpi["status"], string>> = {
  pass: "Its KPI meets the target.",
  warn: "Its KPI meets the target, close to its limit.",
  fail: "Its KPI misses the target.",
  unknown: "Its KPI could not be judged.",
};

function toOutcome(outcome: TrainingOutcome, succeeded: boolean): NonNullable<JobPage["outcome"]> {
  const { runs, kpis, champion, registered, cost, notes } = outcome;
  const judged = kpis.filter(({ target }) => target !== null);
  const met = judged.filter(({ status }) => status === "pass" || status === "warn").length;
  const result = kpiResult(kpis);
  const verdict =
    judged.length === 0
      ? succeeded
        ? "The training ended well; no KPI has a target to judge it by."
        : "No KPI was judged."
      : judged.length === 1
        ? ONE_KPI[result]
        : met === judged.length
          ? `All ${String(judged.length)} KPIs meet their targets.`
          : `${String(met)} of ${String(judged.length)} KPIs ${met === 1 ? "meets its target" : "meet their targets"}.`;
  return {
    verdict,
    result,
    runs: runs.map(({ storeId, runId, name, status }) => ({
      storeId,
      runId,
      name: name === "" ? runId.slice(0, 12) : name,
      status: status.toLowerCase(),
    })),
    kpis: kpis.map(toKpi),
    facts: [
      ...fact("Champion", champion === null ? null : `${champion.model} version ${champion.version}`),
      ...fact("Registered", registered === null ? null : `${registered.model} version ${registered.version}`),
      ...fact("Cost", cost === null ? null : money(cost)),
    ],
    notes,
    hasChampion: champion !== null,
  };
}
