import { durationDays, parseDuration } from "../../config/dates";
import { couldNotCheck } from "../couldNotCheck";
import { plainPath } from "../dataPaths";
import type { DetectedPipeline } from "../lintFacts";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { canonicalCron, readPace } from "../schedule";
import { setFix } from "../setFix";

const SCHEDULE = ["train", "trigger", "schedule"] as const;
const TIMEOUT = ["train", "resources", "timeout"] as const;

export const filesDisagree: LintRule = {
  meta: {
    code: "EFF06",
    name: "files-disagree",
    challenge: "effort",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary: "This file and the linked pipeline say the same about schedule and time limit.",
    why: "When two files say different things, one of them is wrong, and people plan by the wrong one. The pipeline's file is what runs.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check(context) {
    const { product, facts } = context;
    const compared = product.train?.trigger?.schedule ?? product.train?.resources?.timeout;
    if (product.pipeline === undefined || compared === undefined) {
      return [];
    }
    if (!facts.pipelines.known) {
      return [couldNotCheck(`what "${product.pipeline}" says`, facts.pipelines.why)];
    }
    const path = plainPath(product.pipeline);
    const pipeline = facts.pipelines.value.find((one) => plainPath(one.path) === path);
    return pipeline === undefined ? [] : [...schedule(context, pipeline), ...timeout(context, pipeline)];
  },
};

function schedule({ product }: LintContext, { path, schedule: there }: DetectedPipeline): readonly (RuleFinding | CouldNotCheck)[] {
  const here = product.train?.trigger?.schedule;
  if (here === undefined || there === null) {
    return [];
  }
  const [paceHere, paceThere] = [readPace(here), readPace(there)];
  if (paceHere === null || paceThere === null) {
    return []; // A schedule in words of one's own cannot be compared.
  }
  const [cronHere, cronThere] = [canonicalCron(here), canonicalCron(there)];
  const isSame = cronHere !== null && cronThere !== null ? cronHere === cronThere : Math.abs(paceHere.days / paceThere.days - 1) < 0.01;
  if (isSame) {
    return [];
  }
  // Equal words for different times ("daily" at 4 and at 5) would tell nothing.
  const [sayHere, sayThere] = paceHere.words === paceThere.words ? [`"${here}"`, `"${there}"`] : [paceHere.words, paceThere.words];
  return [
    {
      message: `Two files disagree: the schedule is ${sayHere} here, ${sayThere} in ${path}.`,
      at: SCHEDULE,
      fixes: [setFix(`Take the schedule "${there}" from ${path}`, SCHEDULE, there)],
    },
  ];
}

function timeout({ product }: LintContext, { path, timeout: there }: DetectedPipeline): readonly RuleFinding[] {
  const here = product.train?.resources?.timeout;
  const [timeHere, timeThere] = [parseDuration(here ?? ""), parseDuration(there ?? "")];
  if (here === undefined || there === null || timeHere === undefined || timeThere === undefined) {
    return [];
  }
  return durationDays(timeHere) === durationDays(timeThere)
    ? []
    : [
        {
          message: `Two files disagree: the time limit is ${here} here, ${there} in ${path}.`,
          at: TIMEOUT,
          fixes: [setFix(`Take the time limit ${there} from ${path}`, TIMEOUT, there)],
        },
      ];
}
