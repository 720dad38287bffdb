import { formatDuration } from "../browse/formatValues";
import { sectionsAsMarkdown, sectionsAsText, type TextSection } from "../base/plainLine";
import { dataCheckLines } from "../dataCheck/dataCheckText";
import { stopped } from "../base/stopped";
import { sayStatus, sayTime } from "../monitoring/sayResult";
import { pastSentence } from "./planChecks";
import type { PlanCheck, RetrainPlan } from "./retrainPlan";
import { byteWords, ENGINE_LABELS, money, REASON_LABELS } from "./view/trainingWords";

const MOST_INPUTS = 100;
const MOST_FINDINGS = 50;
const RESULTS: Readonly<Record<PlanCheck["result"], string>> = { block: "Blocked", warn: "Warning", pass: "Fine" };

/** A plan as plain text, all on one page: what would be done, with what, and what speaks against it. No line is made of control characters. */
export function planText(plan: RetrainPlan): string {
  return sectionsAsText(sectionsOf(plan));
}

/** The same as Markdown, for a comment or a page. */
export function planMarkdown(plan: RetrainPlan): string {
  return sectionsAsMarkdown(`Plan to train ${plan.product}`, sectionsOf(plan));
}

function sectionsOf(plan: RetrainPlan): readonly TextSection[] {
  const blocked = plan.checks.filter(({ result }) => result === "block").length;
  return [
    {
      title: "Plan",
      lines: [
        `Train ${plan.product} (${plan.config}) on ${ENGINE_LABELS[plan.engine]} as ${plan.jobId}.`,
        `${REASON_LABELS[plan.reason.kind]}: ${plan.reason.text}`,
        ...(plan.atWork === undefined ? [] : [atWorkWords(plan.atWork)]),
        ...(plan.againBecause === null ? [] : [`Trained again although nothing changed, because: ${plan.againBecause}`]),
        blocked === 0 ? `It can be started until ${timeText(plan.expiresAt)}.` : "It cannot be started; see the checks.",
      ],
    },
    { title: "What is done", lines: actionLines(plan) },
    { title: "Parameters", lines: paramLines(plan) },
    { title: "Inputs", lines: inputLines(plan) },
    { title: "Data", lines: dataLines(plan) },
    { title: "Earlier trainings", lines: redundancyLines(plan) },
    { title: "Where", lines: placeLines(plan) },
    { title: "Checks", lines: checkLines(plan.checks) },
    { title: "Steps", lines: plan.steps.map(({ text, risk }, index) => `${index + 1}. ${text}${risk === null ? "" : ` Risk: ${risk}`}`) },
  ];
}

/** What the last check of the model at work says, one or two sentences. */
function atWorkWords({ status, verdict, checked_at }: NonNullable<RetrainPlan["atWork"]>): string {
  return `The model at work ${sayStatus(status)}, by the check of ${sayTime(checked_at)} UTC: ${stopped(verdict)}`;
}

function actionLines({ action, tags }: RetrainPlan): readonly string[] {
  const names = Object.keys(tags);
  const tagged = names.length === 0 ? [] : [`Tags of its runs: ${names.join(", ")}`];
  if (action.kind === "request") {
    return [`${action.method} ${action.url}`, JSON.stringify(action.body), ...tagged];
  }
  return [
    action.shell ? `In a shell: ${action.argv.join(" ")}` : action.argv.map(quoted).join(" "),
    `In ${action.cwd}`,
    ...Object.entries(action.env)
      .filter(([name]) => name !== "MLFLOW_RUN_CONTEXT")
      .map(([name, value]) => `${name}=${value}`),
    ...tagged,
  ];
}

/** Each argument so that one with a space is told from two. */
function quoted(part: string): string {
  return /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`;
}

function paramLines({ params, overrides }: RetrainPlan): readonly string[] {
  return params.map(({ field, value, before, isChanged }) => {
    const was = isChanged ? (before ?? (field.value === null ? null : String(field.value))) : null;
    const by = Object.hasOwn(overrides, field.name) && value !== field.value ? "set for this training" : `from ${field.source}`;
    return `${field.name} = ${String(value)}${was === null ? "" : ` (${before === null ? "else" : "last time"} ${was})`}, ${by}`;
  });
}

function inputLines({ fingerprint: { value, parts, unknown } }: RetrainPlan): readonly string[] {
  const files = parts.filter(({ kind }) => kind !== "param");
  const rest = files.length - MOST_INPUTS;
  return [
    ...files.slice(0, MOST_INPUTS).map(({ kind, name, hash, size }) => {
      const bytes = size === null ? "" : `, ${byteWords(size)}`;
      return `${kind.replaceAll("_", " ")}: ${name} (${hash.slice(hash.indexOf(":") + 1).slice(0, 12)}${bytes})`;
    }),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...unknown.map((one) => `Not known: ${one}`),
    ...(value === null ? [] : [`Fingerprint: ${value.slice(0, 12)}`]),
  ];
}

function dataLines({ dataCheck }: RetrainPlan): readonly string[] {
  const lines = dataCheck === null ? ["The data could not be checked."] : dataCheckLines(dataCheck);
  return lines.length <= MOST_FINDINGS ? lines : [...lines.slice(0, MOST_FINDINGS), `and ${lines.length - MOST_FINDINGS} more`];
}

function redundancyLines({ redundancy }: RetrainPlan): readonly string[] {
  switch (redundancy.kind) {
    case "first":
      return ["No earlier training is known."];
    case "redundant":
      return [`This would make the same model again. ${redundancy.because}`, ...nonEmpty(pastSentence(redundancy.past))];
    case "cannot_tell":
      return [redundancy.why, ...(redundancy.past === null ? [] : nonEmpty(pastSentence(redundancy.past)))];
    case "changed":
      return [...redundancy.changes.map(({ text }) => text), ...nonEmpty(pastSentence(redundancy.past))];
  }
}

function nonEmpty(text: string): readonly string[] {
  return text === "" ? [] : [text];
}

function placeLines({ commit, facts, spec, estimate }: RetrainPlan): readonly string[] {
  const { cpus, gpus, memory, instance, timeoutMs } = spec.resources;
  const resources = [
    ...(cpus === null ? [] : [`${cpus} CPUs`]),
    ...(gpus === null ? [] : [`${gpus} GPUs`]),
    ...(memory === null ? [] : [memory]),
    ...(instance === null ? [] : [`machine ${instance}`]),
    timeoutMs === null ? "no time limit" : `at most ${formatDuration(timeoutMs)}`,
  ];
  const { durationMs, basedOn, cost, note } = estimate;
  return [
    `Engine: ${facts.health.message}`,
    ...(commit === null ? [] : [`Commit: ${commit.commit.slice(0, 10)}${commit.dirty ? ", with changes that are not committed" : ""}`]),
    ...(facts.python === null ? [] : [`Python: ${facts.python.path}${facts.python.version === null ? "" : ` (${facts.python.version})`}`]),
    `Resources: ${resources.join(", ")}`,
    ...(durationMs === null
      ? []
      : [`Takes about ${formatDuration(durationMs)}, by ${basedOn} earlier training${basedOn === 1 ? "" : "s"}`]),
    ...(cost === null ? [] : [`Costs about ${money(cost)}, at ${money({ amount: cost.perHour, currency: cost.currency })} an hour`]),
    ...(note === null ? [] : [note]),
  ];
}

/** What blocks first. */
function checkLines(checks: readonly PlanCheck[]): readonly string[] {
  return (["block", "warn", "pass"] as const).flatMap((wanted) =>
    checks
      .filter(({ result }) => result === wanted)
      .map(({ message, remedy }) => `${RESULTS[wanted]}: ${message}${remedy === null ? "" : ` ${remedy}`}`),
  );
}

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
