import { durationDays, parseDuration } from "../config/dates";
import type { ConfigPath } from "../config/configPath";
import { commandScripts } from "./commandScripts";
import { plainPath } from "./dataPaths";
import type { Fix } from "./fix";
import type { RelatedPlace } from "./finding";
import type { DetectedPipeline } from "./lintFacts";
import type { LintContext, RuleFinding } from "./lintRule";
import { canonicalCron, readPace } from "./schedule";
import { setFix } from "./setFix";

const SCHEDULE = ["train", "trigger", "schedule"] as const;
const TIMEOUT = ["train", "resources", "timeout"] as const;
const IMAGE = ["train", "image"] as const;
const COMMAND = ["train", "command"] as const;
const ENVIRONMENT = ["train", "environment"] as const;
const WORKING_DIR = ["train", "ray", "working_dir"] as const;

/** The file as a person may look at it, at the line of what is said there. */
type Link = (message: string, line?: number) => readonly RelatedPlace[];

/** Where a product's file and the pipeline that it links say different things. What one of the two leaves open is no difference. */
export function linkedDifferences({ product }: Pick<LintContext, "product">, pipeline: DetectedPipeline): readonly RuleFinding[] {
  const { path, runs } = pipeline;
  const train = product.train ?? {};
  const lines = runs?.lines ?? {};
  const link: Link = (message, line) => [{ path, line: line ?? null, message, isGenerated: false }];
  const plain = (
    what: string,
    at: ConfigPath,
    here: string | undefined,
    there: string | null | undefined,
    line: number | undefined,
  ): readonly RuleFinding[] =>
    here === undefined || there === null || there === undefined || here.trim() === there.trim() || /\$\{|\{\{/.test(there)
      ? []
      : [
          {
            message: `Two files disagree: the ${what} is "${here}" here, "${there}" in ${path}.`,
            at,
            fixes: [setFix(`Take the ${what} "${there}" from ${path}`, at, there)],
            related: link(`The ${what} is "${there}" here.`, line),
          },
        ];
  return [
    ...scheduleDifference(train.trigger?.schedule, pipeline.schedule, path, link, lines.schedule),
    ...timeoutDifference(train.resources?.timeout, pipeline.timeout, path, link),
    ...plain("container image", IMAGE, train.image, runs?.image, lines.image),
    ...plain("working folder of Ray", WORKING_DIR, train.ray?.working_dir, runs?.workingDir, lines.workingDir),
    ...commandDifference(train.command, pipeline, link),
    ...environmentDifference(train.environment, runs?.environments ?? [], path, link),
  ];
}

/** What is said of two schedules that differ; null where they are the same, or one of them is in words of its own. */
export function sayDifferentSchedules(here: string, there: string): readonly [here: string, there: string] | null {
  const [paceHere, paceThere] = [readPace(here), readPace(there)];
  if (paceHere === null || paceThere === null) {
    return null;
  }
  const [cronHere, cronThere] = [canonicalCron(here), canonicalCron(there)];
  const isSame = cronHere !== null && cronThere !== null ? cronHere === cronThere : Math.abs(paceHere.days / paceThere.days - 1) < 0.01;
  if (isSame) {
    return null;
  }
  // Equal words for different times ("daily" at 4 and at 5) would tell nothing.
  return paceHere.words === paceThere.words ? [`"${here}"`, `"${there}"`] : [paceHere.words, paceThere.words];
}

function scheduleDifference(
  here: string | undefined,
  there: string | null,
  path: string,
  link: Link,
  line: number | undefined,
): readonly RuleFinding[] {
  const words = here === undefined || there === null ? null : sayDifferentSchedules(here, there);
  return words === null || there === null
    ? []
    : [
        {
          message: `Two files disagree: the schedule is ${words[0]} here, ${words[1]} in ${path}.`,
          at: SCHEDULE,
          fixes: [setFix(`Take the schedule "${there}" from ${path}`, SCHEDULE, there)],
          related: link(`The schedule is "${there}" here.`, line),
        },
      ];
}

function timeoutDifference(here: string | undefined, there: string | null, path: string, link: Link): readonly RuleFinding[] {
  const [timeHere, timeThere] = [parseDuration(here ?? ""), parseDuration(there ?? "")];
  return here === undefined ||
    there === null ||
    timeHere === undefined ||
    timeThere === undefined ||
    durationDays(timeHere) === durationDays(timeThere)
    ? []
    : [
        {
          message: `Two files disagree: the time limit is ${here} here, ${there} in ${path}.`,
          at: TIMEOUT,
          fixes: [setFix(`Take the time limit ${there} from ${path}`, TIMEOUT, there)],
          related: link(`The time limit is ${there} here.`),
        },
      ];
}

type Words = NonNullable<NonNullable<LintContext["product"]["train"]>["command"]>;

/** Only which scripts are run is compared: options and folders are written differently by every tool. */
function commandDifference(words: Words | undefined, { path, runs }: DetectedPipeline, link: Link): readonly RuleFinding[] {
  const here = commandScripts((words ?? []).map((word) => String(word ?? "")).join(" "));
  const commands = runs?.commands ?? [];
  const all = commands.map(commandScripts);
  if (here === null || all.length === 0 || all.includes(null)) {
    return [];
  }
  const there = [...new Set(all.flatMap((scripts) => scripts ?? []))];
  if (here.some((script) => there.includes(script))) {
    return [];
  }
  const shown = there.length > 3 ? `${there.slice(0, 3).join(", ")} and ${there.length - 3} more` : there.join(", ");
  return [
    {
      message: `Two files disagree: the training runs ${here.join(", ")} here, ${shown} in ${path}.`,
      at: COMMAND,
      fixes: takeCommand(commands, path),
      noFix: `Which of the two is right only a person can say; the other command stands in ${path}.`,
      related: link(`The training runs ${shown} here.`, runs?.lines.command),
    },
  ];
}

/** Only one command of plain words can be taken over as a list of words. */
function takeCommand(commands: readonly string[], path: string): readonly Fix[] {
  const [only = "", ...others] = commands;
  const words = only.trim().split(/\s+/);
  return others.length > 0 || words.some((word) => !/^[\w./@:=+,-]+$/.test(word))
    ? []
    : [setFix(`Take the command "${words.join(" ")}" from ${path}`, COMMAND, words)];
}

/** Only files of one kind are compared: a lock file beside conda's own file is no contradiction. */
function environmentDifference(here: string | undefined, there: readonly string[], path: string, link: Link): readonly RuleFinding[] {
  const named = here === undefined ? null : otherEnvironment(here, there);
  return here === undefined || named === null
    ? []
    : [
        {
          message: `Two files disagree: the packages come from ${here} here, from ${named} in ${path}.`,
          at: ENVIRONMENT,
          fixes: [setFix(`Take ${named} from ${path}`, ENVIRONMENT, named)],
          related: link(`The packages come from ${named} here.`),
        },
      ];
}

/** The file that another one names in place of this one; null where this one is among them, or they are of another kind. */
export function otherEnvironment(here: string, there: readonly string[]): string | null {
  const kind = (path: string): string => (/requirements/i.test(path) ? "pip" : /\.ya?ml$/i.test(path) ? "conda" : path);
  const same = there.filter((path) => kind(path) === kind(here));
  return same.some((path) => plainPath(path) === plainPath(here)) ? null : (same[0] ?? null);
}
