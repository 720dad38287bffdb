import { formatDuration } from "../browse/formatValues";
import type { ConfigFile } from "../config/configFile";
import type { Product } from "../config/product";
import { dataCheckVerdict } from "../dataCheck/dataCheckText";
import { numberText } from "../drift/numberText";
import type { PastTraining } from "./fingerprint";
import type { SpecFault } from "./readTrainSpec";
import type { PlanCheck, RetrainPlan } from "./retrainPlan";
import { money } from "./view/trainingWords";

/** All that was found out for a plan and is no part of it. */
export interface PlanFindings {
  readonly file: ConfigFile<Product>;
  readonly isTrusted: boolean;
  readonly specFaults: readonly SpecFault[];
  readonly specNotes: readonly SpecFault[];
  /** One sentence each. */
  readonly paramFaults: readonly string[];
  readonly paramNotes: readonly string[];
  readonly blockers: readonly string[];
  /** Why the engine cannot do it; null where it can. */
  readonly actionFault: SpecFault | null;
  /** Why data could not be checked at all; null where it was. */
  readonly dataProblem: string | null;
  /** The job that trains exactly this now. */
  readonly runningJob: string | null;
  /** Why nobody knows whether one does; null where it is known. */
  readonly runningProblem: string | null;
}

type PlanFacts = Pick<
  RetrainPlan,
  | "config"
  | "engine"
  | "spec"
  | "params"
  | "consents"
  | "fingerprint"
  | "redundancy"
  | "dataCheck"
  | "facts"
  | "commit"
  | "estimate"
  | "againBecause"
>;
type Result = PlanCheck["result"];

/** Where a mistake keeps a training from being what the file means. */
const DECISIVE = ["train", "tracking", "pipeline", "data", "base_model"] as const;
const MOST_MISTAKES = 5;

/** Everything that was looked at, in the order in which people read it; each id at least once. */
export function planChecks(plan: PlanFacts, found: PlanFindings): readonly PlanCheck[] {
  return [
    trustCheck(found),
    ...configChecks(plan, found),
    ...paramChecks(plan, found),
    dataCheckOf(plan, found),
    ...memoryChecks(plan),
    redundancyCheck(plan),
    runningCheck(found),
    ...engineChecks(plan, found),
    codeCheck(plan, found),
    environmentCheck(plan, found),
    costCheck(plan),
  ];
}

function check(id: PlanCheck["id"], result: Result, message: string, remedy: string | null = null): PlanCheck {
  return { id, result, message, remedy };
}

function trustCheck({ isTrusted }: PlanFindings): PlanCheck {
  return isTrusted
    ? check("trust", "pass", "The folder is trusted.")
    : check("trust", "block", "The folder is not trusted, so that nothing of it is run.", "Trust the folder first.");
}

function configChecks({ config }: PlanFacts, { file, specFaults, specNotes }: PlanFindings): readonly PlanCheck[] {
  const ranges = DECISIVE.flatMap((key) => file.source.valueRange([key]) ?? file.source.keyRange([key]) ?? []);
  const isDecisive = ({ range }: (typeof file.problems)[number]): boolean =>
    Object.keys(file.value).length === 0 || ranges.some(({ start, end }) => range.start >= start && range.start <= end);
  const decisive = file.problems.filter(isDecisive);
  const others = file.problems.length - decisive.length;
  const mend = `mlops lint ${config} tells where, and mends some.`;
  const checks = [
    ...decisive.slice(0, MOST_MISTAKES).map(({ message }) => check("config", "block", `${config} has a mistake: ${message}`, mend)),
    ...specFaults.map(({ message, remedy }) => check("config", "block", message, remedy)),
    ...specNotes.map(({ message, remedy }) => check("config", "warn", message, remedy)),
    ...(others === 0
      ? []
      : [check("config", "warn", `${config} has ${others === 1 ? "a mistake" : `${others} mistakes`} that no training depends on.`, mend)]),
  ];
  return checks.length > 0 ? checks : [check("config", "pass", `${config} says how the model is trained.`)];
}

function paramChecks({ params }: PlanFacts, { paramFaults, paramNotes }: PlanFindings): readonly PlanCheck[] {
  const changed = params.filter(({ isChanged }) => isChanged).length;
  const fine =
    params.length === 0 ? "There are no parameters." : `${count(params.length, "parameter")}, ${changed === 0 ? "none" : changed} changed.`;
  const checks = [
    ...paramFaults.map((fault) => check("params", "block", fault, "Correct the value.")),
    ...paramNotes.map((note) => check("params", "warn", note)),
  ];
  return checks.length > 0 ? checks : [check("params", "pass", fine)];
}

function dataCheckOf({ dataCheck, config }: PlanFacts, { dataProblem }: PlanFindings): PlanCheck {
  const mend = `Mend the data, or what is expected of them. mlops check-data ${config} tells all.`;
  if (dataCheck === null) {
    return check("data", "block", `The data could not be checked: ${dataProblem ?? "nothing was read."}`, mend);
  }
  const bad = dataCheck.findings.filter(({ result }) => result !== "pass");
  const first = [...bad].sort((a, b) => Number(a.result !== "fail") - Number(b.result !== "fail")).slice(0, 3);
  const message = [dataCheckVerdict(dataCheck), ...first.map((one) => `${one.path}: ${one.message}`)].join(" ");
  switch (dataCheck.result) {
    case "pass":
      return check("data", "pass", message);
    case "nothing_expected":
      return check("data", "warn", message, "Say under data, in expect, what complete and correct data look like.");
    case "fail":
    case "unknown":
      return check("data", "block", message, mend);
  }
}

function memoryChecks({ fingerprint: { notKept } }: PlanFacts): readonly PlanCheck[] {
  return notKept === undefined
    ? []
    : [
        check(
          "data",
          "warn",
          `What was read of data and code could not be remembered, so that the next plan reads it all again. ${notKept}`,
          "Make room for the file, or let it be written.",
        ),
      ];
}

function redundancyCheck({ redundancy, againBecause }: PlanFacts): PlanCheck {
  switch (redundancy.kind) {
    case "first":
      return check("redundancy", "pass", "It is the first training that is known.");
    case "changed": {
      const shown = redundancy.changes.slice(0, 5).map(({ text }) => text);
      const rest = redundancy.changes.length - shown.length;
      const what = shown.length === 0 ? "" : `: ${[...shown, ...(rest > 0 ? [`${rest} more`] : [])].join("; ")}`;
      return check("redundancy", "pass", `It differs from the last training${what}.`);
    }
    case "cannot_tell":
      return check("redundancy", "warn", `Nobody can tell whether this would make the same model again: ${redundancy.why}`);
    case "redundant": {
      const message = `This would make the same model again: ${redundancy.because} ${pastSentence(redundancy.past)}`.trim();
      return againBecause === null
        ? check("redundancy", "block", message, "Use the run that is there, or say why it is trained again.")
        : check("redundancy", "warn", `${message} It is trained again because: ${againBecause}`);
    }
  }
}

/** What an earlier training was and gave, e.g. "The run swift-cat has f1 0.82, cost 1.20 EUR, commit 0123456." */
export function pastSentence({ run, jobId, kpis, cost, commit, endedAt }: PastTraining): string {
  const name = run === null ? (jobId === null ? null : `The job ${jobId}`) : `The run ${run.name === "" ? run.runId : run.name}`;
  const facts = [
    ...Object.entries(kpis)
      .slice(0, 8)
      .map(([kpi, value]) => `${kpi} ${numberText(value)}`),
    ...(cost === null ? [] : [`cost ${money(cost)}`]),
    ...(commit === null ? [] : [`commit ${commit.slice(0, 10)}`]),
    ...(endedAt === null ? [] : [`ended ${new Date(endedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`]),
  ];
  return name === null ? "" : facts.length === 0 ? `${name} is there.` : `${name} has ${facts.join(", ")}.`;
}

function runningCheck({ runningJob, runningProblem }: PlanFindings): PlanCheck {
  if (runningProblem !== null) {
    return check("running", "warn", `Nobody can tell whether the same is being trained right now: ${runningProblem}`);
  }
  return runningJob === null
    ? check("running", "pass", "Nothing trains the same right now.")
    : check("running", "block", `The same is being trained right now, by the job ${runningJob}.`, "Wait for that job, or cancel it.");
}

function engineChecks(
  { facts, consents }: PlanFacts,
  { blockers, actionFault, isTrusted, specFaults }: PlanFindings,
): readonly PlanCheck[] {
  const { health, warnings } = facts;
  const open = facts.consents.filter(({ id }) => !consents.includes(id));
  const isLooked = isTrusted && specFaults.length === 0;
  const stops = [...new Set([...(health.ok ? [] : [health.message]), ...blockers])];
  const checks = [
    ...stops.map((message) => check("engine", "block", message, isLooked ? "Mend this, and make the plan again." : null)),
    ...(actionFault === null || stops.length > 0 ? [] : [check("engine", "block", actionFault.message, actionFault.remedy)]),
    ...open.map(({ question }) =>
      check("engine", "block", `A question is not answered: ${question}`, "Answer it with yes, or train in another way."),
    ),
    ...warnings.map((message) => check("engine", "warn", message)),
  ];
  return health.ok && stops.length === 0 ? [check("engine", "pass", health.message), ...checks] : checks;
}

function codeCheck({ commit }: PlanFacts, { isTrusted }: PlanFindings): PlanCheck {
  if (commit === null && !isTrusted) {
    return check("code", "warn", "Git was not asked for the commit of the code, because the folder is not trusted.");
  }
  if (commit === null) {
    return check("code", "warn", "No commit of the code is known, so that none says later what was trained.", "Keep the code in git.");
  }
  const short = commit.commit.slice(0, 10);
  return commit.dirty
    ? check("code", "warn", `Files differ from the commit ${short}, so that it does not say what is trained.`, "Commit them first.")
    : check("code", "pass", `The code is that of the commit ${short}.`);
}

function environmentCheck({ facts: { python } }: PlanFacts, { file }: PlanFindings): PlanCheck {
  const path = file.value.train?.environment;
  const which = python === null ? "" : ` Python${python.version === null ? "" : ` ${python.version}`} is ${python.path} (${python.from}).`;
  return path === undefined
    ? check(
        "environment",
        "warn",
        `No file pins the packages, so that the result may not be repeatable.${which}`,
        "Name one in train.environment.",
      )
    : check("environment", "pass", `${path} pins the packages.${which}`);
}

function costCheck({ estimate: { durationMs, basedOn, cost, note } }: PlanFacts): PlanCheck {
  const time = durationMs === null ? "" : `About ${formatDuration(durationMs)}, by ${count(basedOn, "earlier training")}.`;
  const price = cost === null ? "" : `About ${money(cost)}, at ${money({ amount: cost.perHour, currency: cost.currency })} an hour.`;
  return check("cost", "pass", [time, price, note ?? ""].filter(Boolean).join(" "));
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
