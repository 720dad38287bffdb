import type * as v from "valibot";
import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { MLFLOW_TAG, type Run } from "../../core/tracking/run";
import type { LifecycleFilter, RunPage, RunQuery } from "../../core/tracking/trackingStore";
import type { MlflowApi } from "./mlflowApi";
import { PageChains, type ChainPosition } from "./pageChain";
import { runRecord, runsReply } from "./records";
import type { ServerRefusal } from "./serverRefusal";

/** 1,000 runs with 40 values each are about 6 MB of JSON and two seconds of the server's time; larger pages gain nothing. */
const MAX_RUNS_PER_REQUEST = 1000;
/** Runs that are validated between two breaths of the event loop: a few milliseconds. */
const RUNS_PER_SLICE = 50;
/** Once a page holds something and so many runs were looked at for it, it is given out even if it is shorter than asked. */
const RUNS_LOOKED_AT_PER_PAGE = 1000;
const REQUESTS_PER_PAGE = 20;
/** Up to so many children are looked through for orphans before the first page of roots. */
const CHILD_SAMPLE = 100;
/** Ids in one `IN (…)`, so that the filter stays small. */
const IDS_PER_LOOKUP = 200;

const PARENT = `tags.\`${MLFLOW_TAG.parentRunId}\``;

export const VIEW_TYPE: Record<LifecycleFilter, string> = { active: "ACTIVE_ONLY", deleted: "DELETED_ONLY", all: "ALL" };

interface Batch {
  readonly runs: readonly Run[];
  readonly nextToken: string;
}

/** How a list of roots goes on: without looking for orphans, with orphans at its end, among the orphans, or sifting all runs here. */
type Phase = "" | "roots" | "rootsFirst" | "orphans" | "sift";

/** Searches runs, page by page, without showing a run twice. */
export class RunSearch {
  private readonly chains = new PageChains();
  /** Whether the filter language has IS NULL (MLflow 3): undefined until the first try. */
  private hasIsNull: boolean | undefined;
  /** True once the server refused an experiment id that is no number; it then cannot have such an experiment. */
  private hasNumericIds = false;

  constructor(private readonly api: MlflowApi) {}

  async search(query: RunQuery, signal: CancelSignal): Promise<RunPage> {
    signal.throwIfAborted();
    if (query.experimentIds.length === 0) {
      return { items: [], nextPageToken: null, childCounts: null };
    }
    const position = this.chains.open(query.pageToken);
    const { nesting } = query;
    if (nesting?.kind === "roots") {
      return this.searchRoots(query, position, signal);
    }
    if (nesting?.kind === "childrenOf") {
      if (!/^[\w-]+$/.test(nesting.runId)) {
        return { items: [], nextPageToken: null, childCounts: null };
      }
      const children = { ...query, filter: and(query.filter, `${PARENT} = '${nesting.runId}'`) };
      return this.fill(children, position, "", (runs) => runs.filter((run) => run.runId !== nesting.runId), signal);
    }
    return this.fill(query, position, "", keepAll, signal);
  }

  private async searchRoots(query: RunQuery, position: ChainPosition, signal: CancelSignal): Promise<RunPage> {
    switch (position.phase as Phase) {
      case "":
        return this.hasIsNull === false ? this.sift(query, position, signal) : this.firstRoots(query, position, signal);
      case "sift":
        return this.sift(query, position, signal);
      case "orphans":
        return this.orphans(query, position, signal);
      case "roots":
        return this.parentless(query, position, "roots", signal);
      case "rootsFirst":
        return this.rootsBeforeOrphans(query, position, signal);
    }
  }

  /** Chooses the way for all pages: by the server's filter where it has one, with an eye on orphans, which no filter finds. */
  private async firstRoots(query: RunQuery, position: ChainPosition, signal: CancelSignal): Promise<RunPage> {
    let sample: Batch;
    try {
      sample = await this.request(childrenOnly(query), "", CHILD_SAMPLE, signal);
    } catch (error) {
      if (this.hasIsNull === undefined && error instanceof AppError && error.code === "filter/invalid") {
        // An older server, or a mistake in the user's own filter, which then fails here as well.
        const sifted = await this.sift(query, position, signal);
        this.hasIsNull = false;
        return sifted;
      }
      throw error;
    }
    this.hasIsNull = true;
    if (sample.nextToken !== "") {
      return this.rootsBeforeOrphans(query, position, signal);
    }
    const orphans = await this.keepOrphans(query, sample.runs, signal);
    // With few children, looking at all runs is cheap and leaves the orphans in their place.
    return orphans.length > 0 ? this.sift(query, position, signal) : this.parentless(query, position, "roots", signal);
  }

  /** Where children are many, the orphans come after the last run without a parent: out of order, but none is lost. */
  private async rootsBeforeOrphans(query: RunQuery, position: ChainPosition, signal: CancelSignal): Promise<RunPage> {
    const page = await this.parentless(query, position, "rootsFirst", signal);
    if (page.nextPageToken !== null) {
      return page;
    }
    return page.items.length === 0
      ? this.orphans(query, { ...position, serverToken: "" }, signal)
      : { ...page, nextPageToken: this.chains.next(position, "", "orphans") };
  }

  private parentless(query: RunQuery, position: ChainPosition, phase: Phase, signal: CancelSignal): Promise<RunPage> {
    return this.fill({ ...query, filter: and(query.filter, `${PARENT} IS NULL`) }, position, phase, keepAll, signal);
  }

  private orphans(query: RunQuery, position: ChainPosition, signal: CancelSignal): Promise<RunPage> {
    return this.fill(childrenOnly(query), position, "orphans", (runs) => this.keepOrphans(query, runs, signal), signal);
  }

  private sift(query: RunQuery, position: ChainPosition, signal: CancelSignal): Promise<RunPage> {
    const keep = async (runs: readonly Run[]): Promise<readonly Run[]> => {
      const orphans = new Set(await this.keepOrphans(query, runs, signal));
      return runs.filter((run) => run.parentRunId === null || orphans.has(run));
    };
    return this.fill(query, position, "sift", keep, signal);
  }

  /** The children whose parent is not among the runs that the query could show, or is the run itself. */
  private async keepOrphans(query: RunQuery, runs: readonly Run[], signal: CancelSignal): Promise<readonly Run[]> {
    const children = runs.filter((run) => run.parentRunId !== null);
    const known = new Set(runs.map((run) => run.runId));
    const wanted = new Set<string>();
    for (const { parentRunId } of children) {
      // An id of another shape cannot be quoted safely, and no server gives one out.
      if (parentRunId !== null && !known.has(parentRunId) && /^[\w-]+$/.test(parentRunId)) {
        wanted.add(parentRunId);
      }
    }
    const ids = [...wanted];
    for (let start = 0; start < ids.length; start += IDS_PER_LOOKUP) {
      const some = ids.slice(start, start + IDS_PER_LOOKUP);
      const filter = `attributes.run_id IN (${some.map((id) => `'${id}'`).join(", ")})`;
      const { experimentIds, lifecycle } = query;
      const found = await this.request({ experimentIds, lifecycle, filter, pageSize: some.length }, "", some.length, signal);
      for (const run of found.runs) {
        known.add(run.runId);
      }
    }
    return children.filter((run) => run.parentRunId === run.runId || (run.parentRunId !== null && !known.has(run.parentRunId)));
  }

  /** Requests until the page is full or the list ends; drops what was shown before and what `keep` leaves out. */
  private async fill(
    query: RunQuery,
    position: ChainPosition,
    phase: Phase,
    keep: (runs: readonly Run[]) => Promise<readonly Run[]> | readonly Run[],
    signal: CancelSignal,
  ): Promise<RunPage> {
    const items: Run[] = [];
    let token = position.serverToken;
    let lookedAt = 0;
    for (let requests = 1; ; requests++) {
      const size = Math.min(query.pageSize - items.length, MAX_RUNS_PER_REQUEST);
      const batch = await this.request(query, token, size, signal);
      items.push(...(await keep(batch.runs)).filter((run) => this.chains.admit(position, run.runId)));
      // A token that repeats itself would never end.
      if (batch.nextToken === "" || batch.nextToken === token) {
        return { items, nextPageToken: null, childCounts: null };
      }
      token = batch.nextToken;
      lookedAt += batch.runs.length;
      const isSparse =
        lookedAt >= Math.max(query.pageSize, RUNS_LOOKED_AT_PER_PAGE) ||
        requests >= REQUESTS_PER_PAGE + query.pageSize / MAX_RUNS_PER_REQUEST;
      if (items.length >= query.pageSize || (items.length > 0 && isSparse)) {
        return { items, nextPageToken: this.chains.next(position, token, phase), childCounts: null };
      }
    }
  }

  private async request(query: RunQuery, pageToken: string, maxResults: number, signal: CancelSignal): Promise<Batch> {
    const experimentIds = this.hasNumericIds ? query.experimentIds.filter((id) => /^\d+$/.test(id)) : query.experimentIds;
    if (experimentIds.length === 0) {
      return { runs: [], nextToken: "" };
    }
    const body = {
      experiment_ids: experimentIds,
      filter: query.filter ?? "",
      run_view_type: VIEW_TYPE[query.lifecycle],
      max_results: Math.max(1, Math.floor(maxResults)),
      order_by: query.orderBy ?? [],
      ...(pageToken === "" ? {} : { page_token: pageToken }),
    };
    const onRefusal = (refusal: ServerRefusal): Error | undefined => {
      const isForeign = /experiment id/i.test(refusal.message) && experimentIds.some((id) => !/^\d+$/.test(id));
      return isForeign ? new ForeignExperimentIdError() : toFilterError(query, refusal);
    };
    let reply: v.InferOutput<typeof runsReply>;
    try {
      reply = await this.api.post("/api/2.0/mlflow/runs/search", body, runsReply, signal, onRefusal);
    } catch (error) {
      if (error instanceof ForeignExperimentIdError) {
        this.hasNumericIds = true;
        return this.request(query, pageToken, maxResults, signal);
      }
      throw error;
    }
    const runs: Run[] = [];
    for (const [index, record] of reply.runs.entries()) {
      if (index % RUNS_PER_SLICE === RUNS_PER_SLICE - 1) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
      runs.push(this.api.check(record, runRecord));
    }
    return { runs, nextToken: reply.next_page_token };
  }
}

/** The server has experiments with numbers only, and was asked for another one. */
class ForeignExperimentIdError extends Error {
  override readonly name = "ForeignExperimentIdError";
}

function childrenOnly(query: RunQuery): RunQuery {
  return { ...query, filter: and(query.filter, `${PARENT} IS NOT NULL`) };
}

function keepAll(runs: readonly Run[]): readonly Run[] {
  return runs;
}

function and(filter: string | undefined, condition: string): string {
  return filter === undefined || filter.trim() === "" ? condition : `${filter} and ${condition}`;
}

/** The filter and the order are the only parts of a search that a user writes; the server's words on them are the best there are. */
function toFilterError(query: RunQuery, refusal: ServerRefusal): AppError | undefined {
  const isUsers = (query.filter ?? "").trim() !== "" || (query.orderBy ?? []).length > 0;
  if (refusal.errorCode !== "INVALID_PARAMETER_VALUE" || !isUsers || /page_?token|experiment id/i.test(refusal.message)) {
    return undefined;
  }
  return new AppError("filter/invalid", `The server does not understand the filter or the order: ${refusal.message}`, {
    remedy: "Write conditions like metrics.auc > 0.9 and params.lr = '0.1', joined by and.",
  });
}
