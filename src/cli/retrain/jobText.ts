import { numberText } from "../../core/drift/numberText";
import type { JobState } from "../../core/training/jobState";
import type { JudgedKpi, TrainingJob } from "../../core/training/trainingJob";
import { printable } from "../printable";
import { durationText, timeText } from "../timeText";

const STATES: Readonly<Record<JobState, string>> = {
  queued: "waiting",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
  unknown: "nobody can tell",
};

/** The same as the rest of a sentence. */
const HAPPENS: Readonly<Record<JobState, string>> = {
  queued: "is waiting",
  running: "is running",
  succeeded: "has succeeded",
  failed: "has failed",
  cancelled: "was cancelled",
  unknown: "is in a state that nobody can tell",
};

export function stateText({ phase, status }: TrainingJob): string {
  return phase === "refused" ? "not started" : STATES[status.state];
}

/** One line while a training goes on: its state, how far it is, and what the engine says. */
export function progressText({ id, phase, status }: TrainingJob): string {
  const share = status.progress === null ? "" : `, ${Math.round(status.progress * 100)} %`;
  const said = status.message === null ? "" : `: ${printable(status.message)}`;
  return `${id} ${phase === "claimed" ? "is being handed over" : HAPPENS[status.state]}${share}${said}`;
}

/** All that is known of a training, a line each. @param now milliseconds since 1970. */
export function jobText(job: TrainingJob, now: number): string {
  const { status, outcome, handle } = job;
  const took = durationText(status.startedAt, status.endedAt ?? (status.state === "running" ? now : null));
  const lines: (readonly [string, string])[] = [
    ["Training", job.id],
    ["Product", `${job.product} (${job.config})`],
    ["Engine", handle?.webUrl == null ? job.engine : `${job.engine}, ${handle.webUrl}`],
    ["State", `${stateText(job)}${took === "" ? "" : ` after ${took}`}${status.message === null ? "" : `: ${status.message}`}`],
    ["Asked for", `${timeText(job.createdAt)}${job.by === null ? "" : ` by ${job.by}`}: ${job.reason.text}`],
    ...(job.againBecause === null ? [] : [["Again because", job.againBecause] as const]),
    ...status.tasks.map(({ name, state }) => ["Task", `${name}: ${STATES[state]}`] as const),
    ...(outcome?.runs ?? []).map(({ name, runId, status: ended }) => ["Run", `${name} (${runId}), ${ended.toLowerCase()}`] as const),
    ...(outcome?.kpis ?? []).map((kpi) => ["KPI", kpiText(kpi)] as const),
    ...(outcome?.champion == null ? [] : [["At work", `${outcome.champion.model} version ${outcome.champion.version}`] as const]),
    ...(outcome?.registered == null ? [] : [["Registered", `${outcome.registered.model} version ${outcome.registered.version}`] as const]),
    ...(outcome?.cost == null ? [] : [["Cost", `${outcome.cost.amount.toFixed(2)} ${outcome.cost.currency}`] as const]),
    ...(outcome?.notes ?? []).map((note) => ["Note", note] as const),
    ...(job.outcomeProblem == null ? [] : [["Note", `The result is not judged yet. ${job.outcomeProblem}`] as const]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return `${lines.map(([name, text]) => `${name.padEnd(width)}  ${printable(text)}`).join("\n")}\n`;
}

const JUDGED: Readonly<Record<JudgedKpi["status"], string>> = {
  pass: "meets its target",
  warn: "meets its target, with a warning",
  fail: "misses its target",
  unknown: "not judged",
};

export function kpiText({ name, group, value, target, status, champion, isBetter }: JudgedKpi): string {
  const what = group === null ? name : `${name} of ${group}`;
  const figure = value === null ? "no value" : numberText(value);
  const beside =
    champion === null
      ? ""
      : `; the model at work has ${numberText(champion)}${isBetter === null ? "" : isBetter ? ", this is better" : ", this is not better"}`;
  return `${what}: ${figure}${target === null ? "" : `, target ${target}`}, ${JUDGED[status]}${beside}`;
}
