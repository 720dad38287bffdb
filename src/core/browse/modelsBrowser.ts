import { assertNever } from "../base/assertNever";
import type { CancelSignal } from "../base/cancel";
import type { ModelVersion, RegisteredModel } from "../tracking/registeredModel";
import type { Run } from "../tracking/run";
import type { StoreCatalog, StoreEntry } from "../tracking/storeCatalog";
import type { StoreId } from "../tracking/storeLocation";
import { Browser, type NodeList } from "./browser";
import type { BrowseOptionsHolder } from "./browseOptions";
import type { BrowseNode, EmptyNode, FactNode, FavouritesNode, ModelNode, RunNode, StoreNode, VersionNode } from "./node";
import { PagedList } from "./pagedList";
import { runCommit } from "./runFacts";

const MODELS_PER_PAGE = 200;
const VERSIONS_PER_PAGE = 50;
/** How many runs of versions are asked for at once: a server with password hashing needs 0.2 s for each. */
const RUNS_AT_ONCE = 6;

interface ListedVersion {
  readonly version: ModelVersion;
  readonly run: Run | null;
}

/** The Models view: store → registered model → version → its run, source commit, data and artifacts. */
export class ModelsBrowser extends Browser {
  constructor(
    catalog: StoreCatalog,
    private readonly options: BrowseOptionsHolder,
  ) {
    super(catalog);
    this.disposables.add(catalog.onDidChangeStores(() => this.fire(null)));
    this.disposables.add(
      options.onDidChange((keys) => {
        if (keys.includes("groupByStore")) {
          this.reset();
        } else if (keys.some((key) => key === "favourites" || key === "metrics")) {
          this.fire(null);
        }
      }),
    );
  }

  async roots(signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const entries = this.catalog.entries();
    if (this.options.current.groupByStore && entries.length > 1) {
      const stores = entries.map((entry) =>
        this.intern<StoreNode>({ kind: "store", key: `store:${entry.id}`, parent: null, storeId: entry.id }),
      );
      return [...this.favouritesOnTop(), ...stores];
    }
    return [...this.favouritesOnTop(), ...(await this.modelLevel(null, entries, signal))];
  }

  async children(node: BrowseNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    switch (node.kind) {
      case "favourites":
        return this.favouriteModels(node, signal);
      case "store": {
        const entry = this.catalog.entry(node.storeId);
        return entry === undefined ? [] : this.modelLevel(node, [entry], signal);
      }
      case "model":
        return this.versionsOf(node, signal);
      case "version":
        return this.factsOf(node);
      case "artifacts":
      case "artifact":
        return this.artifactChildren(node, signal);
      case "folder":
      case "experiment":
      case "run":
      case "fact":
      case "more":
      case "error":
      case "empty":
        return [];
      default:
        return assertNever(node);
    }
  }

  /** The tree's node of a model, for "reveal". */
  async findModel(storeId: StoreId, name: string, signal: CancelSignal): Promise<ModelNode | undefined> {
    for (const node of await this.roots(signal)) {
      const below = node.kind === "store" && node.storeId === storeId ? await this.children(node, signal) : [node];
      const found = below.find((child) => child.kind === "model" && child.storeId === storeId && child.model.name === name);
      if (found?.kind === "model") {
        return found;
      }
    }
    return undefined;
  }

  protected override onRefreshed(node: BrowseNode, item: unknown): void {
    if (node.kind === "model") {
      node.model = item as RegisteredModel;
    } else if (node.kind === "version") {
      const { version, run } = item as ListedVersion;
      node.version = version;
      node.run = run;
    }
  }

  private async modelLevel(parent: StoreNode | null, entries: readonly StoreEntry[], signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const lists = entries.map((entry) => ({ entry, key: `models:${entry.id}`, list: this.modelsOf(entry.id, parent) }));
    await Promise.all(lists.map(({ list }) => list.list.first(signal)));
    const frames = lists.flatMap(({ key, list }) => this.frame(key, list, [], null));
    const models = lists
      .flatMap(({ entry, list }) => list.list.items.map((model) => ({ storeId: entry.id, model })))
      .sort((a, b) => a.model.name.localeCompare(b.model.name, undefined, { numeric: true }))
      .map(({ storeId, model }) => this.modelNode(storeId, model, parent));
    const content = [...frames.filter((node) => node.kind === "error"), ...models, ...frames.filter((node) => node.kind === "more")];
    if (content.length === 0 && entries.length > 0) {
      return [this.intern<EmptyNode>({ kind: "empty", key: `${parent?.key ?? ""}models#empty`, parent, reason: "noModels" })];
    }
    return content;
  }

  private modelsOf(storeId: StoreId, owner: StoreNode | null): NodeList<RegisteredModel> {
    return this.listOf(`models:${storeId}`, () => ({
      list: new PagedList<RegisteredModel>(
        (pageToken, signal) =>
          this.catalog.use(storeId, signal, (store) =>
            store.searchRegisteredModels({ pageSize: MODELS_PER_PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal),
          ),
        (model) => model.name,
      ),
      storeId,
      owner,
      same: (a, b) =>
        a.lastUpdatedTime === b.lastUpdatedTime &&
        a.versionCount === b.versionCount &&
        JSON.stringify([...a.aliases, ...a.tags]) === JSON.stringify([...b.aliases, ...b.tags]),
      concernedBy: ({ models }) => models === "all" || models.length > 0,
      nodeOf: (model) => this.known(`model:${storeId}:${model.name}`),
    }));
  }

  private modelNode(storeId: StoreId, model: RegisteredModel, parent: BrowseNode | null): ModelNode {
    const key = `${parent?.kind === "favourites" ? "favourite/" : ""}model:${storeId}:${model.name}`;
    return this.intern<ModelNode>({ kind: "model", key, parent, storeId, model });
  }

  private versionsOf(node: ModelNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const key = `${node.key}#versions`;
    const { storeId } = node;
    const { name } = node.model;
    const keyOf = (version: ModelVersion): string => `${node.key}/v${version.version}`;
    const entry = this.listOf<ListedVersion>(key, () => ({
      list: new PagedList<ListedVersion>(
        async (pageToken, s) => {
          const page = await this.catalog.use(storeId, s, (store) =>
            store.searchModelVersions(name, { pageSize: VERSIONS_PER_PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, s),
          );
          return { items: await this.withRuns(storeId, page.items, s), nextPageToken: page.nextPageToken };
        },
        ({ version }) => version.version,
      ),
      storeId,
      owner: node,
      same: (a, b) =>
        a.version.lastUpdatedTime === b.version.lastUpdatedTime &&
        a.version.status === b.version.status &&
        a.version.stage === b.version.stage &&
        a.version.aliases.join() === b.version.aliases.join() &&
        JSON.stringify([...a.version.tags]) === JSON.stringify([...b.version.tags]),
      concernedBy: ({ models }) => models === "all" || models.includes(name),
      nodeOf: ({ version }) => this.known(keyOf(version)),
    }));
    return this.listed(
      key,
      entry,
      "noVersions",
      ({ version, run }) => this.intern<VersionNode>({ kind: "version", key: keyOf(version), parent: node, storeId, version, run }),
      signal,
    );
  }

  /** Joins each version with its run. A run that is gone or unreadable is left out: the version itself still counts. */
  private async withRuns(storeId: StoreId, versions: readonly ModelVersion[], signal: CancelSignal): Promise<readonly ListedVersion[]> {
    const runs = new Map<string, Run>();
    const ids = [...new Set(versions.flatMap(({ runId }) => (runId === null ? [] : [runId])))];
    const worker = async (): Promise<void> => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
        const runId = id;
        try {
          runs.set(runId, await this.catalog.use(storeId, signal, (store) => store.getRun(runId, signal)));
        } catch {
          signal.throwIfAborted(); // Otherwise the run cannot be read, and the version is shown without its metric.
        }
      }
    };
    await Promise.all(Array.from({ length: RUNS_AT_ONCE }, worker));
    return versions.map((version) => ({ version, run: version.runId === null ? null : (runs.get(version.runId) ?? null) }));
  }

  private factsOf(node: VersionNode): readonly BrowseNode[] {
    const { storeId, run, version } = node;
    const nodes: BrowseNode[] = [];
    if (run !== null) {
      nodes.push(this.intern<RunNode>({ kind: "run", key: `${node.key}/run`, parent: node, storeId, run, childCount: 0 }));
      const commit = runCommit(run);
      if (commit !== null) {
        nodes.push(this.fact(node, "commit", "commit", commit, run.runId));
      }
      for (const [i, input] of run.inputs.entries()) {
        nodes.push(this.fact(node, "dataset", input.name, [input.context, input.digest].filter(Boolean).join(" · "), run.runId, i));
      }
    }
    nodes.push(this.artifactsNode(node, storeId, { kind: "modelVersion", modelName: version.modelName, version: version.version }));
    return nodes;
  }

  private fact(parent: VersionNode, fact: FactNode["fact"], label: string, value: string, runId: string, index = 0): FactNode {
    return this.intern<FactNode>({
      kind: "fact",
      key: `${parent.key}/${fact}${index}`,
      parent,
      storeId: parent.storeId,
      fact,
      label,
      value,
      runId,
    });
  }

  private favouritesOnTop(): readonly FavouritesNode[] {
    const some = this.options.current.favourites.some(({ kind, storeId }) => kind === "model" && this.catalog.entry(storeId) !== undefined);
    return some ? [this.intern<FavouritesNode>({ kind: "favourites", key: "favourites", parent: null })] : [];
  }

  private async favouriteModels(parent: FavouritesNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const starred = this.options.current.favourites.filter(
      ({ kind, storeId }) => kind === "model" && this.catalog.entry(storeId) !== undefined,
    );
    return Promise.all(
      starred.map(async (favourite) => {
        const { storeId, id } = favourite;
        try {
          const model = await this.catalog.use(storeId, signal, (store) => store.getRegisteredModel(id, signal));
          return this.modelNode(storeId, model, parent);
        } catch (error) {
          signal.throwIfAborted();
          return this.errorNode(`favourite/model:${storeId}:${id}`, parent, storeId, error, false);
        }
      }),
    );
  }
}
