import { couldNotCheck } from "../couldNotCheck";
import { plainPath } from "../dataPaths";
import type { Fix } from "../fix";
import { indexed } from "../indexed";
import type { LintContext, LintRule } from "../lintRule";
import { isGiven } from "../isGiven";
import { cronForPace, readPace } from "../schedule";
import { setFix } from "../setFix";

const TRIGGER = ["train", "trigger"] as const;

export const retrainTriggerMissing: LintRule = {
  meta: {
    code: "EFF07",
    name: "retrain-trigger-missing",
    challenge: "effort",
    severity: { development: "off", staging: "info", production: "warning" },
    summary: "Something starts a training without a person: a schedule, drift or new data.",
    why: "Training by hand happens when somebody has time, not when the model needs it. A schedule, a drift check or new data starts it in time, and nobody has to remember.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check(context) {
    const { product, facts } = context;
    const trigger = product.train?.trigger;
    if (isGiven(trigger?.schedule) || trigger?.on_drift !== undefined || trigger?.on_new_data === true) {
      return [];
    }
    if (isGiven(product.pipeline)) {
      if (!facts.pipelines.known) {
        return [couldNotCheck(`whether "${product.pipeline}" runs on a schedule`, facts.pipelines.why)];
      }
      const path = plainPath(product.pipeline);
      if (facts.pipelines.value.some((one) => plainPath(one.path) === path && one.schedule !== null)) {
        return [];
      }
    }
    const count = facts.manualRetrainings.known ? facts.manualRetrainings.value : null;
    const message =
      count === null || count === 0
        ? "Nothing starts a training on a schedule, on drift or on new data."
        : `Retraining is by hand (${count === 1 ? "once" : `${count} times`} in the last 90 days); nothing starts it when data changes.`;
    return [{ message, at: TRIGGER, fixes: fixes(context) }];
  },
};

/** Drift first where drift is watched, else the pace at which the data changes, else the other way round. */
function fixes({ product }: LintContext): readonly Fix[] {
  const onDrift = setFix("Retrain when a drift check fails", [...TRIGGER, "on_drift"], "fail");
  const onData = setFix("Retrain on new data", [...TRIGGER, "on_new_data"], true);
  const pace = indexed(product.data).flatMap(([, { refresh, use }]) => (use === "train" ? [readPace(refresh ?? "")] : []))[0] ?? null;
  const cron = pace === null ? null : cronForPace(pace);
  const onSchedule =
    pace === null || cron === null ? [] : [setFix(`Retrain ${pace.words}, as the data changes`, [...TRIGGER, "schedule"], cron)];
  return product.monitoring?.drift === undefined ? [...onSchedule, onData, onDrift] : [onDrift, ...onSchedule, onData];
}
