import type { CancelSignal } from "../../core/base/cancel";
import { readEnvironment } from "../../core/compare/readEnvironment";
import type { Experiment } from "../../core/tracking/experiment";
import type { Page } from "../../core/tracking/page";
import type { Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { RunRef } from "../platform/runRef";
import { storeListed } from "../runs/storeListed";
import { useFiles } from "./useFiles";

const EXPERIMENTS_A_PAGE = 1000;

/** Reads what a comparison needs of its stores. */
export class CompareReads {
  private readonly experiments = new Map<StoreId, Promise<ReadonlyMap<string, string>>>();

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly signal: CancelSignal,
  ) {}

  /** @throws AppError, also for a store that is not open in this window. */
  async run({ storeId, runId }: RunRef): Promise<Run> {
    await storeListed(this.catalog, storeId, this.signal);
    this.signal.throwIfAborted();
    return this.catalog.use(storeId, this.signal, (store) => store.getRun(runId, this.signal));
  }

  /** Registered versions made from the run, e.g. "churn v4 @champion". */
  async versions({ storeId, runId }: RunRef): Promise<readonly string[]> {
    const versions = await this.catalog.use(storeId, this.signal, (store) => store.versionsOfRun(runId, this.signal));
    return versions.map(
      ({ modelName, version, aliases }) => `${modelName} v${version}${[...aliases].map((alias) => ` @${alias}`).join("")}`,
    );
  }

  /** Packages that the run logged. */
  environment(storeId: StoreId, run: Run): Promise<ReadonlyMap<string, string> | null> {
    return useFiles(this.catalog, storeId, this.signal, (store) => readEnvironment(store, run, this.signal));
  }

  /** Names of a store's experiments by id, read once. */
  experimentNames(storeId: StoreId): Promise<ReadonlyMap<string, string>> {
    let names = this.experiments.get(storeId);
    if (names === undefined) {
      names = this.readExperimentNames(storeId);
      this.experiments.set(storeId, names);
      names.catch(() => this.experiments.delete(storeId));
    }
    return names;
  }

  /** Experiments of the store came or were renamed. */
  forgetExperiments(storeId: StoreId): void {
    this.experiments.delete(storeId);
  }

  private async readExperimentNames(storeId: StoreId): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    let pageToken: string | null = null;
    do {
      const query = { lifecycle: "all", pageSize: EXPERIMENTS_A_PAGE, ...(pageToken === null ? {} : { pageToken }) } as const;
      const page: Page<Experiment> = await this.catalog.use(storeId, this.signal, (store) => store.searchExperiments(query, this.signal));
      for (const { experimentId, name } of page.items) {
        names.set(experimentId, name);
      }
      pageToken = page.nextPageToken;
    } while (pageToken !== null);
    return names;
  }
}
