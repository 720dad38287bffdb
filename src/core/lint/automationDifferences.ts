import { durationDays, parseDuration } from "../config/dates";
import { trainingAutomation, type TrainingAutomation } from "../training/automation/trainingAutomation";
import type { RelatedPlace } from "./finding";
import type { AutomationFact } from "./lintFacts";
import { otherEnvironment, sayDifferentSchedules } from "./linkedDifferences";
import type { LintContext, RuleFinding } from "./lintRule";
import { setFix } from "./setFix";

const TRIGGER = ["train", "trigger"] as const;
const SCHEDULE = [...TRIGGER, "schedule"] as const;
const TIMEOUT = ["train", "resources", "timeout"] as const;
const IMAGE = ["train", "image"] as const;
const ENVIRONMENT = ["train", "environment"] as const;
/** The longest that a hosted machine of GitHub works on one job, in minutes: a longer limit is written down as this one. */
const LONGEST_HOSTED = 360;
const DAY_MINUTES = 1440;

/** Where an automation that was generated from a product's file does not say any more what it would say if it were generated now. */
export function automationDifferences(context: Pick<LintContext, "product">, automation: AutomationFact): readonly RuleFinding[] {
  const { product } = context;
  const { path, names, config, line } = automation;
  // Which copy of the command line it starts makes no difference to what is compared.
  const expected = trainingAutomation(product, names, { kind: "copy" });
  const related = (message: string): readonly RelatedPlace[] => [{ path, line, message, isGenerated: true }];
  const noFix = `Make ${path} anew, or mend it there.`;
  if (config === "gone") {
    // What trained a file that is gone is about this product if it bears its name.
    return expected !== null && bearsName(path, expected.slug)
      ? [
          {
            message: `The command in ${path} trains ${names}, which is not there any more, so that nothing trains this model.`,
            at: TRIGGER,
            fixes: [],
            noFix,
            related: related(`This command names ${names}, which is not there any more.`),
          },
        ]
      : [];
  }
  if (config === "other") {
    return [];
  }
  if (expected === null) {
    return [
      {
        message: `The command in ${path} trains this model, but train.trigger names nothing that starts a training.`,
        at: TRIGGER,
        fixes:
          automation.schedule === null
            ? []
            : [setFix(`Take the schedule "${automation.schedule}" from ${path}`, SCHEDULE, automation.schedule)],
        noFix,
        related: related("This command trains the model."),
      },
    ];
  }
  return [
    ...schedule(context, automation, expected, related, noFix),
    ...timeout(automation, expected, related, noFix),
    ...image(context, automation, related),
    ...environment(context, automation, related),
  ];
}

function bearsName(path: string, slug: string): boolean {
  return new RegExp(`mlops[-_]train[-_]${slug.replaceAll("-", "[-_]")}\\.\\w+$`).test(path);
}

type Related = (message: string) => readonly RelatedPlace[];

function schedule(
  { product }: Pick<LintContext, "product">,
  { path, schedule: there }: AutomationFact,
  { cron }: TrainingAutomation,
  related: Related,
  noFix: string,
): readonly RuleFinding[] {
  const words = there === null ? null : sayDifferentSchedules(cron, there);
  if (words === null || there === null) {
    return [];
  }
  const { on_drift: drift, on_new_data: data } = product.train?.trigger ?? {};
  const watches = drift !== undefined || data === true;
  return [
    {
      message: `Two files disagree: ${watches ? "a training is looked for" : "the schedule is"} ${words[0]} here, ${words[1]} in ${path}.`,
      at: product.train?.trigger?.schedule === undefined ? TRIGGER : SCHEDULE,
      // How often drift and new data are looked for follows from other fields.
      fixes: watches ? [] : [setFix(`Take the schedule "${there}" from ${path}`, SCHEDULE, there)],
      noFix,
      related: related(`The schedule is "${there}" in this file.`),
    },
  ];
}

function timeout(
  { path, timeout: there }: AutomationFact,
  { timeoutMinutes }: TrainingAutomation,
  related: Related,
  noFix: string,
): readonly RuleFinding[] {
  const time = parseDuration(there ?? "");
  if (there === null || time === undefined) {
    return [];
  }
  const minutes = Math.round(durationDays(time) * DAY_MINUTES);
  return minutes === timeoutMinutes || minutes === Math.min(timeoutMinutes, LONGEST_HOSTED)
    ? []
    : [
        {
          message: `Two files disagree: with its preparation a training may take ${timeoutMinutes} minutes here, ${minutes} in ${path}.`,
          at: TIMEOUT,
          fixes: [],
          noFix,
          related: related(`The time limit is ${there} in this file.`),
        },
      ];
}

function image(
  { product }: Pick<LintContext, "product">,
  { path, image: there }: AutomationFact,
  related: Related,
): readonly RuleFinding[] {
  const here = product.train?.image;
  return here === undefined || there === null || here.trim() === there.trim() || there.includes("${")
    ? []
    : [
        {
          message: `Two files disagree: the container image is "${here}" here, "${there}" in ${path}.`,
          at: IMAGE,
          fixes: [setFix(`Take the container image "${there}" from ${path}`, IMAGE, there)],
          related: related(`The container image is "${there}" in this file.`),
        },
      ];
}

function environment(
  { product }: Pick<LintContext, "product">,
  { path, environments }: AutomationFact,
  related: Related,
): readonly RuleFinding[] {
  const here = product.train?.environment;
  const there = here === undefined ? null : otherEnvironment(here, environments);
  return here === undefined || there === null
    ? []
    : [
        {
          message: `Two files disagree: the packages come from ${here} here, from ${there} in ${path}.`,
          at: ENVIRONMENT,
          fixes: [setFix(`Take ${there} from ${path}`, ENVIRONMENT, there)],
          related: related(`The packages come from ${there} in this file.`),
        },
      ];
}
