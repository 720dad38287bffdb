import { couldNotCheck } from "../couldNotCheck";
import { plainPath } from "../dataPaths";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { isGiven } from "../isGiven";
import { setFix } from "../setFix";

const TIMEOUT = ["train", "resources", "timeout"] as const;
const GPUS = ["train", "resources", "gpus"] as const;

export const noUpperLimit: LintRule = {
  meta: {
    code: "COST02",
    name: "no-upper-limit",
    challenge: "cost",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary: "A training has a time limit, and one on a graphics processor says how many it takes.",
    why: "A training that hangs costs as much as one that works, until somebody looks. A time limit ends it, and a number of processors keeps a typing error from renting a whole cluster.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check: (context) => [...timeout(context), ...gpus(context)],
};

function timeout({ product, facts }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  if (isGiven(product.train?.resources?.timeout)) {
    return [];
  }
  if (isGiven(product.pipeline)) {
    if (!facts.pipelines.known) {
      return [couldNotCheck(`whether "${product.pipeline}" has a time limit`, facts.pipelines.why)];
    }
    const path = plainPath(product.pipeline);
    if (facts.pipelines.value.some((one) => plainPath(one.path) === path && one.timeout !== null)) {
      return [];
    }
  }
  return [
    {
      message: "This job has no upper limit; a hang will bill until noticed.",
      at: TIMEOUT,
      fixes: [setFix("End a training after 24 hours", TIMEOUT, "24h")],
    },
  ];
}

function gpus({ product }: LintContext): readonly RuleFinding[] {
  const resources = product.train?.resources;
  const instance = resources?.instance;
  return instance === undefined || !/gpu/i.test(instance) || resources?.gpus !== undefined
    ? []
    : [
        {
          message: `The job runs on ${instance} with no limit of graphics processors.`,
          at: GPUS,
          fixes: [setFix("Take one graphics processor", GPUS, 1)],
        },
      ];
}
