import { groupBy } from "../base/groupBy";
import { isOver } from "../training/jobState";
import type { RetrainPlan } from "../training/retrainPlan";
import type { TrainingJob } from "../training/trainingJob";
import type { CostedProduct } from "./costedProduct";
import type { CostedRun } from "./costedRun";

/** A training as far as cost needs it; plain data. */
export interface CostedJob {
  readonly id: string;
  readonly config: string;
  /** As its plan has it; null where it names none, or the plan is gone. */
  readonly instance: string | null;
  /** Milliseconds since 1970; null where it is not over. */
  readonly endedAt: number | null;
}

/** @param plan as `JobJournal.plan` gives it. */
export function toCostedJob({ id, config, status, createdAt }: TrainingJob, plan: Pick<RetrainPlan, "spec"> | null): CostedJob {
  return {
    ...{ id, config, instance: plan?.spec.resources.instance ?? null },
    endedAt: isOver(status.state) ? (status.endedAt ?? status.startedAt ?? createdAt) : null,
  };
}

/**
 * Says to which product each run belongs and on which kind of machine it ran. A run's product is its job's, else the one whose `tracking`
 * names its experiment, else the one whose model was made from it, else the only one of its store that names no experiment; two that fit alike
 * are none. Its machine is what its own tag says, else its job's plan, else its product's `train.resources.instance`.
 */
export function attributeRuns(
  runs: readonly CostedRun[],
  products: readonly CostedProduct[],
  jobs: readonly CostedJob[],
): readonly CostedRun[] {
  const byConfig = new Map(products.map((product) => [product.config, product]));
  const jobsById = new Map(jobs.map((job) => [job.id, job]));
  const find = productFinder(products);
  return runs.map((run) => {
    const job = run.job === null ? undefined : jobsById.get(run.job);
    const product = (job === undefined ? undefined : byConfig.get(job.config)) ?? find(run);
    const fromJob = job?.instance ?? null;
    const fromProduct = product?.instance ?? null;
    return {
      ...run,
      config: product?.config ?? job?.config ?? null,
      jobEndedAt: job?.endedAt ?? null,
      instance:
        run.instance?.from === "tag"
          ? run.instance
          : fromJob !== null
            ? { name: fromJob, from: "job" }
            : fromProduct !== null
              ? { name: fromProduct, from: "product" }
              : null,
    };
  });
}

function productFinder(products: readonly CostedProduct[]): (run: CostedRun) => CostedProduct | undefined {
  const only = (key: (product: CostedProduct) => string | null): ReadonlyMap<string, CostedProduct> =>
    new Map(
      [
        ...groupBy(
          products.filter((product) => key(product) !== null),
          key,
        ),
      ].flatMap(([text, [first, second]]) =>
        text === null || first === undefined || second !== undefined ? [] : [[text, first] as const],
      ),
    );
  const keyOf = (storeId: string | null, name: string | null): string | null =>
    storeId === null || name === null ? null : `${storeId}\0${name}`;
  const byExperiment = only(({ storeId, experiment }) => keyOf(storeId, experiment));
  const byModel = only(({ storeId, model }) => keyOf(storeId, model));
  const byStore = only(({ storeId, experiment }) => (experiment === null ? storeId : null));
  // MLflow makes an experiment "Default" that nobody asked for; another product's experiment is not this one's.
  const named = new Set(products.map(({ storeId, experiment }) => keyOf(storeId, experiment)));
  return ({ storeId, experiment, model }) => {
    const place = keyOf(storeId, experiment);
    const found = byExperiment.get(place ?? "") ?? byModel.get(keyOf(storeId, model) ?? "");
    return found ?? (named.has(place) || experiment === "Default" ? undefined : byStore.get(storeId));
  };
}
