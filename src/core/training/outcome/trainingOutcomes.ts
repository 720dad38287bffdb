import { isAppError, toUserText } from "../../base/appError";
import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { costOf, type InstancePrice } from "../../cost/price";
import { indexed } from "../../lint/indexed";
import { metricOverTime, readMetricsFile } from "../../kpi/metricsFile";
import { folderOf, resolvePath } from "../../lint/workspace/workspacePath";
import type { Run } from "../../tracking/run";
import type { Store } from "../../tracking/store";
import { storeIdOf, type StoreLocation } from "../../tracking/storeLocation";
import type { OutcomeFinder } from "../jobService";
import type { RetrainPlan } from "../retrainPlan";
import type { TrainingJob, TrainingOutcome } from "../trainingJob";
import { findChampion, type Champion } from "./findChampion";
import { findJobRuns, mainRun } from "./findJobRuns";
import { judgeJobKpis, type OtherFigures } from "./judgeJobKpis";
import type { ModelRegistrar } from "./modelRegistrar";
import { registerOutcome, type RegisterWhen } from "./registerOutcome";

export interface OutcomePorts {
  /** The product as its file says it now; null where it cannot be read. */
  readonly product: (config: string, signal: CancelSignal) => Promise<Product | null>;
  /** `train.register` of a product. */
  readonly registerWhen: (product: Product) => RegisterWhen;
  /**
   * The store that a plan's runs went to, with the experiment; null where there is none. The caller disposes of it.
   * @throws AppError where it cannot be opened.
   */
  readonly open: (plan: RetrainPlan, signal: CancelSignal) => Promise<OpenedTracking | null>;
  /** A file of the workspace, with when it was written; null where it is not there. */
  readonly file: (path: string, signal: CancelSignal) => Promise<{ readonly text: string; readonly modifiedAt: number } | null>;
  /** What an hour on the plan's machine costs now; null where nobody knows. */
  readonly price: (plan: RetrainPlan, signal: CancelSignal) => Promise<InstancePrice | null>;
  readonly registrar: ModelRegistrar;
  readonly now: () => number;
}

export interface OpenedTracking {
  readonly store: Store;
  readonly location: StoreLocation;
  readonly experiment: string | null;
}

/** A store that stays away for so long after the end is not waited for any more. */
const GIVE_UP_MS = 7 * 86_400_000;
/** Clocks of file systems are coarse. */
const FILE_SLACK_MS = 2000;

/** What came of trainings: their runs, KPIs beside the model at work, cost, and the version that was registered. */
export class TrainingOutcomes implements OutcomeFinder {
  constructor(private readonly ports: OutcomePorts) {}

  async find(job: TrainingJob, plan: RetrainPlan | null, signal: CancelSignal): Promise<TrainingOutcome> {
    const at = this.ports.now();
    const cost = plan === null ? null : await this.cost(job, plan, signal);
    const empty = (note: string): TrainingOutcome => ({ ...NOTHING, cost, notes: [note], at });
    if (plan === null) {
      return empty("The plan of the job is not there any more, so that its runs are not looked for.");
    }
    const product = await this.ports.product(job.config, signal);
    try {
      const tracking = await this.ports.open(plan, signal);
      if (tracking === null) {
        const judged = await this.judge(job, product, null, [], null, signal);
        const note = "There is no store of runs, so that no run was looked for.";
        return { ...NOTHING, kpis: judged.kpis, cost, notes: [note, ...judged.notes], at };
      }
      try {
        return { ...(await this.inStore(job, plan, product, tracking, signal)), cost, at };
      } finally {
        tracking.store.dispose();
      }
    } catch (error) {
      signal.throwIfAborted();
      const isOld = Math.abs(at - (job.status.endedAt ?? job.createdAt)) > GIVE_UP_MS;
      if (!isAppError(error) || (error.code.startsWith("store/") && error.code !== "store/not-found" && !isOld)) {
        throw error;
      }
      return empty(`Its runs were not found: ${toUserText(error)}`);
    }
  }

  private async inStore(
    job: TrainingJob,
    plan: RetrainPlan,
    product: Product | null,
    { store, location, experiment }: OpenedTracking,
    signal: CancelSignal,
  ): Promise<Omit<TrainingOutcome, "cost" | "at">> {
    const found = await findJobRuns(store, job, experiment, signal);
    const main = mainRun(found.runs);
    const champion = product === null ? null : await findChampion(store, product, signal);
    const judged = await this.judge(job, product, main, found.runs, champion, signal);
    const wish = {
      when: product === null ? ("never" as const) : this.ports.registerWhen(product),
      model: product?.model?.name ?? null,
      location,
      plan,
    };
    const made = await registerOutcome(wish, job, main, judged.kpis, store, this.ports.registrar, signal);
    const storeId = storeIdOf(location);
    return {
      runs: found.runs.map(({ experimentId, runId, name, status }) => ({ storeId, experimentId, runId, name, status })),
      kpis: judged.kpis,
      champion: champion === null ? null : { model: champion.model, version: champion.version, runId: champion.runId },
      registered: made.registered,
      notes: [...found.notes, ...judged.notes, ...made.notes],
    };
  }

  private async judge(
    job: TrainingJob,
    product: Product | null,
    main: Run | null,
    runs: readonly Run[],
    champion: Champion | null,
    signal: CancelSignal,
  ): Promise<Pick<TrainingOutcome, "kpis" | "notes">> {
    if (product === null) {
      return { kpis: [], notes: [`KPIs are not judged: ${job.config} cannot be read.`] };
    }
    if (job.status.state !== "succeeded") {
      return { kpis: [], notes: [] };
    }
    const isSame = champion !== null && champion.runId === main?.runId;
    return judgeJobKpis(product, main, runs, isSame ? null : (champion?.run ?? null), await this.files(job, product, signal));
  }

  /** Files of metrics that the pipeline wrote while the job ran on this machine; older ones speak of another training. */
  private async files(job: TrainingJob, product: Product, signal: CancelSignal): Promise<OtherFigures> {
    const figures = new Map<string, ReturnType<typeof readMetricsFile>>();
    const { startedAt } = job.status;
    if (startedAt === null || (job.engine !== "local" && job.engine !== "dvc")) {
      return () => null;
    }
    for (const [, { data }] of indexed(product.kpis)) {
      const path = data === undefined ? null : resolvePath(folderOf(job.config), data);
      if (data === undefined || path === null || !/\.(?:json|jsonl|ndjson)$/i.test(path)) {
        continue;
      }
      const file = await this.ports.file(path, signal);
      if (file !== null && file.modifiedAt >= startedAt - FILE_SLACK_MS) {
        figures.set(data, readMetricsFile(file.text));
      }
    }
    return ({ name, data }) => {
      const file = data === null ? undefined : figures.get(data);
      return file === undefined || typeof file === "string" ? null : (metricOverTime(file, name).at(-1)?.value ?? null);
    };
  }

  private async cost(job: TrainingJob, plan: RetrainPlan, signal: CancelSignal): Promise<TrainingOutcome["cost"]> {
    const { startedAt, endedAt } = job.status;
    const price = startedAt === null || endedAt === null ? null : await this.ports.price(plan, signal);
    return price === null || startedAt === null || endedAt === null ? null : costOf(endedAt - startedAt, price);
  }
}

const NOTHING = { runs: [], kpis: [], champion: null, registered: null, cost: null } as const;
