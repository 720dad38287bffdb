import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ArtifactEntry, ArtifactOwner } from "../../core/tracking/artifact";
import type { CostFacts } from "../../core/tracking/costFacts";
import type { Experiment } from "../../core/tracking/experiment";
import type { Page, PageRequest } from "../../core/tracking/page";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { MetricHistory, Run } from "../../core/tracking/run";
import type { Store } from "../../core/tracking/store";
import type { ExperimentQuery, RunPage, RunQuery, StoreChange, StoreDescription } from "../../core/tracking/trackingStore";
import { listLocalArtifacts, readLocalArtifact } from "../node/localArtifacts";
import { artifactRootOf } from "./artifactRoot";
import { ChangeDetector } from "./changeDetector";
import type { Connection } from "./connection";
import { hasCostFacts, readCostFacts } from "./costFacts";
import { searchExperiments } from "./experimentQueries";
import { readMetricHistories } from "./metricHistories";
import { getRegisteredModel, searchModelVersions, searchRegisteredModels, versionsOfRun } from "./registryQueries";
import { RunList } from "./runList";
import { loadRuns } from "./runRecords";
import { textOf } from "./values";

/** An `mlflow.db`, read directly. */
export class SqliteStore implements Store {
  private readonly runList: RunList;
  private readonly changes: ChangeDetector;

  constructor(private readonly connection: Connection) {
    this.runList = new RunList(connection);
    this.changes = new ChangeDetector(connection);
  }

  async describe(signal: CancelSignal): Promise<StoreDescription> {
    const notes = [];
    if (this.connection.isSnapshot) {
      notes.push(
        "Its folder is not writable, so the database is shown as it was when it was opened; what a running program has not yet merged into it is missing.",
      );
    }
    const others = await this.otherWorkspaces(signal);
    if (others.length > 0) {
      const names = others.slice(0, 5).map((name) => `"${oneLine(name, 63)}"`);
      const rest = others.length > names.length ? " and others" : "";
      notes.push(
        `Only the workspace "${oneLine(this.connection.schema.workspace, 63)}" is shown; the database also holds ${names.join(", ")}${rest}.`,
      );
    }
    return { label: `MLflow database (schema of ${this.connection.schema.generation})`, notes, webUrl: null };
  }

  searchExperiments(query: ExperimentQuery, signal: CancelSignal): Promise<Page<Experiment>> {
    return searchExperiments(this.connection, query, signal);
  }

  async searchRuns(query: RunQuery, signal: CancelSignal): Promise<RunPage> {
    const { ids, nextPageToken, childCounts } = await this.runList.page(query, signal);
    return { items: await loadRuns(this.connection, ids, signal), nextPageToken, childCounts };
  }

  costFacts(experimentIds: readonly string[], signal: CancelSignal): AsyncIterable<readonly CostFacts[]> | null {
    return hasCostFacts(this.connection) ? this.readCostFacts(experimentIds, signal) : null;
  }

  async getRun(runId: string, signal: CancelSignal): Promise<Run> {
    const [run] = await loadRuns(this.connection, [runId], signal);
    if (run === undefined) {
      throw new AppError("run/not-found", `There is no run "${oneLine(runId)}".`, {
        remedy: "It may have been removed; refresh the view.",
      });
    }
    return run;
  }

  getMetricHistories(
    runIds: readonly string[],
    key: string,
    { maxPoints }: { readonly maxPoints: number },
    signal: CancelSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>> {
    return readMetricHistories(this.connection, runIds, key, maxPoints, signal);
  }

  async listArtifacts(owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<readonly ArtifactEntry[]> {
    return listLocalArtifacts(await artifactRootOf(this.connection, owner, signal), path, signal);
  }

  async readArtifact(
    owner: ArtifactOwner,
    path: string,
    options: { readonly maxBytes: number },
    signal: CancelSignal,
  ): Promise<Uint8Array> {
    return readLocalArtifact(await artifactRootOf(this.connection, owner, signal), path, options, signal);
  }

  async checkForChanges(signal: CancelSignal): Promise<StoreChange> {
    const change = await this.changes.check(signal);
    if (change.runs === "all" || change.runs.length > 0) {
      this.runList.clear();
    }
    return change;
  }

  searchRegisteredModels(query: PageRequest, signal: CancelSignal): Promise<Page<RegisteredModel>> {
    return searchRegisteredModels(this.connection, query, signal);
  }

  getRegisteredModel(name: string, signal: CancelSignal): Promise<RegisteredModel> {
    return getRegisteredModel(this.connection, name, signal);
  }

  searchModelVersions(name: string, query: PageRequest, signal: CancelSignal): Promise<Page<ModelVersion>> {
    return searchModelVersions(this.connection, name, query, signal);
  }

  versionsOfRun(runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
    return versionsOfRun(this.connection, runId, signal);
  }

  dispose(): void {
    this.connection.dispose();
  }

  private async *readCostFacts(experimentIds: readonly string[], signal: CancelSignal): AsyncGenerator<readonly CostFacts[]> {
    yield* readCostFacts(this.connection, await this.runList.allIds(experimentIds, signal), signal);
  }

  private async otherWorkspaces(signal: CancelSignal): Promise<readonly string[]> {
    if (!this.connection.schema.has("experiments", "workspace")) {
      return [];
    }
    const models = this.connection.schema.has("registered_models", "workspace") ? "UNION SELECT workspace FROM registered_models" : "";
    const rows = await this.connection.all(`SELECT workspace FROM experiments ${models} ORDER BY 1`, [], signal);
    return rows.map((row) => textOf(row["workspace"])).filter((name) => name !== "" && name !== this.connection.schema.workspace);
  }
}
