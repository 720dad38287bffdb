import type { ConfigPath } from "../../config/configPath";
import { plainPath } from "../dataPaths";
import type { Fix } from "../fix";
import { indexed } from "../indexed";
import type { DetectedPipeline } from "../lintFacts";
import type { LintContext, LintRule } from "../lintRule";
import { cronForPace, readPace } from "../schedule";
import type { Pace } from "../schedule";
import { setFix } from "../setFix";

const SCHEDULE = ["train", "trigger", "schedule"] as const;
/** A month has 28 to 31 days, and a training on working days counts as daily. */
const TOLERANCE = 0.9;

export const retrainsTooOften: LintRule = {
  meta: {
    code: "COST03",
    name: "retrains-too-often",
    challenge: "cost",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary: "A model is not trained more often than its data changes.",
    why: "Training again on the same data gives the same model and a second bill. Train at the pace at which the data changes, or when drift shows that the model needs it.",
    article: null,
    suppressible: true,
    noFix: "The schedule stands in the pipeline's file; change it there.",
    appliesTo: "product",
  },
  check(context) {
    const schedule = scheduleOf(context);
    const refresh = fastestRefresh(context);
    const pace = readPace(schedule?.text ?? "");
    if (schedule === undefined || pace === null || refresh === null || pace.days >= refresh.days * TOLERANCE) {
      return [];
    }
    const { linked } = schedule;
    const here = linked === null ? "" : ` (${linked.path})`;
    return [
      {
        message: `Retrains ${pace.words}${here}, data changes ${refresh.words}.`,
        at: schedule.at,
        ...(linked === null
          ? { fixes: fixes(refresh) }
          : {
              fixes: [],
              related: [
                {
                  path: linked.path,
                  line: linked.runs?.lines.schedule ?? null,
                  message: `The schedule is "${schedule.text}" here.`,
                  isGenerated: false,
                },
              ],
            }),
      },
    ];
  },
};

/** The schedule of this file, else that of the linked pipeline. */
function scheduleOf({ product, facts }: LintContext): { text: string; at: ConfigPath; linked: DetectedPipeline | null } | undefined {
  const own = product.train?.trigger?.schedule;
  if (own !== undefined) {
    return { text: own, at: SCHEDULE, linked: null };
  }
  const path = plainPath(product.pipeline ?? "");
  const linked = facts.pipelines.known ? facts.pipelines.value.find((one) => plainPath(one.path) === path) : undefined;
  return linked?.schedule == null ? undefined : { text: linked.schedule, at: ["pipeline"], linked };
}

/** The pace of the training data that changes most often; null as soon as one set does not say it, because that one may be the fastest. */
function fastestRefresh({ product }: LintContext): Pace | null {
  const paces = indexed(product.data)
    .filter(([, { use }]) => use === undefined || use === "train")
    .map(([, { refresh }]) => readPace(refresh ?? ""));
  return paces.reduce<Pace | null>(
    (fastest, pace) => (fastest === null || pace === null ? null : pace.days < fastest.days ? pace : fastest),
    paces[0] ?? null,
  );
}

function fixes(refresh: Pace): readonly Fix[] {
  const cron = cronForPace(refresh);
  return [
    ...(cron === null ? [] : [setFix(`Retrain ${refresh.words}, as the data changes`, SCHEDULE, cron)]),
    {
      title: "Retrain when a drift check fails, not on a schedule",
      safe: false,
      changes: [
        { kind: "set", path: ["train", "trigger", "on_drift"], value: "fail" },
        { kind: "remove", path: SCHEDULE },
      ],
    },
  ];
}
