import type { LintRule } from "../lintRule";
import { setFix } from "../setFix";

const GPUS = ["train", "resources", "gpus"] as const;

export const gpusIdle: LintRule = {
  meta: {
    code: "COST06",
    name: "gpus-idle",
    challenge: "cost",
    severity: { development: "warning", staging: "warning", production: "warning" },
    summary: "A training asks for as many graphics processors as it keeps busy.",
    why: "A graphics processor is paid for while it waits. What finished runs logged of its use says how many the training really kept busy; a run that logged nothing says nothing.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check({ product, facts: { gpuUse } }) {
    const asked = product.train?.resources?.gpus;
    const use = gpuUse.known ? gpuUse.value : null;
    if (asked === undefined || use === null || use.needed >= asked) {
      return [];
    }
    const { runs, needed, idleShare } = use;
    const when = runs === 1 ? "the last run that measured its use" : `the last ${runs} runs that measured their use`;
    const idle = `stood idle ${Math.round(idleShare * 100)} % of the time`;
    return [
      {
        message:
          needed === 0
            ? `Asks for ${sayGpus(asked)}, but none was at work in ${when}.`
            : `Asks for ${sayGpus(asked)}, but ${needed} would have done in ${when}: they ${idle}.`,
        at: GPUS,
        fixes: [setFix(needed === 0 ? "Ask for no graphics processor" : `Ask for ${sayGpus(needed)}`, GPUS, needed)],
      },
    ];
  },
};

function sayGpus(count: number): string {
  return count === 1 ? "one graphics processor" : `${count} graphics processors`;
}
