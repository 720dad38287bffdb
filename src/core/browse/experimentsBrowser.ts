import type { CancelSignal } from "../base/cancel";
import { assertNever } from "../base/assertNever";
import { AppError } from "../base/appError";
import type { Experiment } from "../tracking/experiment";
import type { Run } from "../tracking/run";
import type { StoreCatalog, StoreEntry } from "../tracking/storeCatalog";
import type { StoreId } from "../tracking/storeLocation";
import { Browser, type NodeList } from "./browser";
import type { BrowseOptionsHolder, Favourite } from "./browseOptions";
import { foldNames, type NameFolder } from "./foldNames";
import type { BrowseNode, EmptyNode, ExperimentNode, FavouritesNode, FolderNode, RunNode, StoreNode } from "./node";
import { PagedList } from "./pagedList";
import { runList, sameRun, type ListedRun, type RunListScope } from "./runLists";

const EXPERIMENTS_PER_PAGE = 1000;
/** How far a reveal pages through a list before it adds the run to the end of what is shown. */
const REVEAL_PAGES = 10;

interface Placed {
  readonly storeId: StoreId;
  readonly experiment: Experiment;
}

/** The Experiments view: store → folders of names → experiment → runs → child runs and artifacts. */
export class ExperimentsBrowser extends Browser {
  private readonly folders = new Map<string, NameFolder<Placed>>();

  constructor(
    catalog: StoreCatalog,
    private readonly options: BrowseOptionsHolder,
  ) {
    super(catalog);
    this.disposables.add(catalog.onDidChangeStores(() => this.fire(null)));
    this.disposables.add(
      options.onDidChange((keys) => {
        if (keys.some((key) => key === "filter" || key === "orderBy" || key === "showDeleted" || key === "groupByStore")) {
          this.reset();
        } else {
          this.fire(null);
        }
      }),
    );
  }

  async roots(signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const entries = this.catalog.entries();
    const top: BrowseNode[] = this.favourites().length > 0 ? [this.favouritesNode()] : [];
    if (this.options.current.groupByStore && entries.length > 1) {
      return [...top, ...entries.map((entry) => this.storeNode(entry.id))];
    }
    return [...top, ...(await this.experimentLevel(null, entries, signal))];
  }

  async children(node: BrowseNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    switch (node.kind) {
      case "favourites":
        return Promise.all(this.favourites().map((favourite) => this.favourite(favourite, node, signal)));
      case "store": {
        const entry = this.catalog.entry(node.storeId);
        return entry === undefined ? [] : this.experimentLevel(node, [entry], signal);
      }
      case "folder": {
        const folder = this.folders.get(node.key);
        return folder === undefined ? [] : this.folderContent(folder, node, scopeOf(node));
      }
      case "experiment":
        return this.runsOf(node, signal);
      case "run":
        return [...(await this.childRuns(node, signal)), this.artifactsNode(node, node.storeId, { kind: "run", runId: node.run.runId })];
      case "artifacts":
      case "artifact":
        return this.artifactChildren(node, signal);
      case "model":
      case "version":
      case "fact":
      case "more":
      case "error":
      case "empty":
        return [];
      default:
        return assertNever(node);
    }
  }

  /** The tree's node of a run, with all its ancestors, for "reveal". Reads pages until the run is found. */
  async findRun(storeId: StoreId, runId: string, signal: CancelSignal): Promise<RunNode> {
    const run = await this.catalog.use(storeId, signal, (store) => store.getRun(runId, signal));
    const parent =
      run.parentRunId === null || this.options.current.filter !== null
        ? await this.findExperiment(storeId, run.experimentId, signal)
        : await this.findRun(storeId, run.parentRunId, signal).catch(() => this.findExperiment(storeId, run.experimentId, signal));
    const { entry } = this.runsBelow(parent);
    await entry.list.first(signal);
    for (let page = 0; page < REVEAL_PAGES && entry.list.hasMore && !entry.list.items.some((item) => item.run.runId === runId); page++) {
      await entry.list.more(signal);
    }
    entry.list.include({ run, childCount: null });
    this.fire(parent);
    return this.runNode(
      { run, childCount: entry.list.items.find((item) => item.run.runId === runId)?.childCount ?? null },
      storeId,
      parent,
    );
  }

  async findExperiment(storeId: StoreId, experimentId: string, signal: CancelSignal): Promise<ExperimentNode> {
    const all = await this.allExperiments(signal);
    const found = all.find((node) => node.storeId === storeId && node.experiment.experimentId === experimentId);
    if (found === undefined) {
      throw new AppError("store/not-found", `Experiment ${experimentId} is not in the tree.`, {
        remedy: "It may be deleted: show deleted items, then try again.",
      });
    }
    return found;
  }

  /** All runs that were read so far, for completion and for picking one. */
  loadedRuns(): readonly { readonly storeId: StoreId; readonly run: Run }[] {
    return this.loadedLists("#runs").flatMap(({ storeId, list }) =>
      (list.items as readonly ListedRun[]).map(({ run }) => ({ storeId, run })),
    );
  }

  /** The experiments of all stores, read where that was not done yet. */
  async allExperiments(signal: CancelSignal): Promise<readonly ExperimentNode[]> {
    const found: ExperimentNode[] = [];
    const walk = async (nodes: readonly BrowseNode[]): Promise<void> => {
      for (const node of nodes) {
        if (node.kind === "experiment") {
          found.push(node);
        } else if (node.kind === "folder" || node.kind === "store") {
          await walk(await this.children(node, signal));
        }
      }
    };
    await walk(await this.roots(signal));
    return found;
  }

  protected override onRefreshed(node: BrowseNode, item: unknown): void {
    if (node.kind === "run") {
      const { run, childCount } = item as ListedRun;
      node.run = run;
      node.childCount = childCount;
    } else if (node.kind === "experiment") {
      node.experiment = item as Experiment;
    }
  }

  private async experimentLevel(
    parent: StoreNode | null,
    entries: readonly StoreEntry[],
    signal: CancelSignal,
  ): Promise<readonly BrowseNode[]> {
    const lists = entries.map((entry) => ({ entry, key: `experiments:${entry.id}`, list: this.experimentsOf(entry.id, parent) }));
    await Promise.all(lists.map(({ list }) => list.list.first(signal)));
    const placed = lists.flatMap(({ entry, list }) => list.list.items.map((experiment) => ({ storeId: entry.id, experiment })));
    placed.sort((a, b) => a.experiment.name.localeCompare(b.experiment.name, undefined, { numeric: true }));
    const frames = lists.flatMap(({ key, list }) => this.frame(key, list, [], null));
    const scope = parent?.key ?? "";
    const nodes = this.folderContent(
      foldNames(placed, ({ experiment }) => experiment.name),
      parent,
      scope,
    );
    const content = [...frames.filter((node) => node.kind === "error"), ...nodes, ...frames.filter((node) => node.kind === "more")];
    if (content.length === 0 && entries.length > 0) {
      return [this.intern<EmptyNode>({ kind: "empty", key: `${scope}experiments#empty`, parent, reason: "noExperiments" })];
    }
    return content;
  }

  private experimentsOf(storeId: StoreId, owner: StoreNode | null): NodeList<Experiment> {
    return this.listOf(`experiments:${storeId}`, () => ({
      list: new PagedList<Experiment>(
        (pageToken, signal) =>
          this.catalog.use(storeId, signal, (store) =>
            store.searchExperiments(
              {
                lifecycle: this.options.current.showDeleted ? "all" : "active",
                pageSize: EXPERIMENTS_PER_PAGE,
                ...(pageToken === undefined ? {} : { pageToken }),
              },
              signal,
            ),
          ),
        (experiment) => experiment.experimentId,
      ),
      storeId,
      owner,
      same: (a, b) => a.name === b.name && a.lifecycleStage === b.lifecycleStage,
      concernedBy: (change) => change.experiments === "all" || change.experiments.length > 0,
      nodeOf: () => undefined,
    }));
  }

  private folderContent(folder: NameFolder<Placed>, parent: BrowseNode | null, scope: string): readonly BrowseNode[] {
    const folders = folder.folders.map((child) => {
      const node = this.intern<FolderNode>({
        kind: "folder",
        key: `${scope}folder:${child.path}`,
        parent,
        label: child.label,
        path: child.path,
      });
      this.folders.set(node.key, child);
      return node;
    });
    return [...folders, ...folder.leaves.map(({ item, label }) => this.experimentNode(item, label, parent))];
  }

  private experimentNode({ storeId, experiment }: Placed, label: string, parent: BrowseNode | null): ExperimentNode {
    const key = `${parent?.kind === "favourites" ? "favourite/" : ""}experiment:${storeId}:${experiment.experimentId}`;
    return this.intern<ExperimentNode>({ kind: "experiment", key, parent, storeId, label, experiment });
  }

  private runsOf(node: ExperimentNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const { key, entry } = this.runsBelow(node);
    const empty = this.options.current.filter === null ? "noRuns" : "noMatch";
    return this.listed(key, entry, empty, (item) => this.runNode(item, node.storeId, node), signal);
  }

  private async childRuns(node: RunNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    if (node.childCount === 0 || this.options.current.filter !== null) {
      return [];
    }
    const { key, entry } = this.runsBelow(node);
    return this.listed(key, entry, null, (item) => this.runNode(item, node.storeId, node), signal);
  }

  private runsBelow(node: ExperimentNode | RunNode): { key: string; entry: NodeList<ListedRun> } {
    const key = `${node.key}#runs`;
    const scope: RunListScope =
      node.kind === "experiment"
        ? { storeId: node.storeId, experimentId: node.experiment.experimentId, nesting: { kind: "roots" } }
        : { storeId: node.storeId, experimentId: node.run.experimentId, nesting: { kind: "childrenOf", runId: node.run.runId } };
    const entry = this.listOf<ListedRun>(key, () => {
      const list = runList(this.catalog, () => this.options.current, scope);
      return {
        list,
        storeId: node.storeId,
        owner: node,
        same: sameRun,
        concernedBy: ({ runs, experiments }) =>
          runs === "all" ||
          experiments === "all" ||
          experiments.includes(scope.experimentId) ||
          runs.some((id) => list.items.some((item) => item.run.runId === id) || this.known(`run:${node.storeId}:${id}`) === undefined),
        nodeOf: (item) => this.known(runKey(node, item.run.runId)),
      };
    });
    return { key, entry };
  }

  private runNode({ run, childCount }: ListedRun, storeId: StoreId, parent: BrowseNode): RunNode {
    return this.intern<RunNode>({ kind: "run", key: runKey(parent, run.runId, storeId), parent, storeId, run, childCount });
  }

  private storeNode(storeId: StoreId): StoreNode {
    return this.intern<StoreNode>({ kind: "store", key: `store:${storeId}`, parent: null, storeId });
  }

  private favourites(): readonly Favourite[] {
    return this.options.current.favourites.filter(({ kind, storeId }) => kind !== "model" && this.catalog.entry(storeId) !== undefined);
  }

  private favouritesNode(): FavouritesNode {
    return this.intern<FavouritesNode>({ kind: "favourites", key: "favourites", parent: null });
  }

  private async favourite(favourite: Favourite, parent: FavouritesNode, signal: CancelSignal): Promise<BrowseNode> {
    const { storeId, id } = favourite;
    try {
      if (favourite.kind === "run") {
        const run = await this.catalog.use(storeId, signal, (store) => store.getRun(id, signal));
        return this.runNode({ run, childCount: null }, storeId, parent);
      }
      const { list } = this.experimentsOf(
        storeId,
        this.options.current.groupByStore && this.catalog.entries().length > 1 ? this.storeNode(storeId) : null,
      );
      await list.first(signal);
      const experiment = list.items.find((item) => item.experimentId === id);
      if (experiment === undefined) {
        throw new AppError("store/not-found", `The starred experiment ${id} is gone.`, {
          remedy: "Remove the star, or show deleted items.",
        });
      }
      return this.experimentNode({ storeId, experiment }, experiment.name, parent);
    } catch (error) {
      signal.throwIfAborted();
      return this.errorNode(`favourite/${favourite.kind}:${storeId}:${id}`, parent, storeId, error, false);
    }
  }
}

/** Runs below a favourite have keys of their own, so that a run may stand in the tree twice. */
function runKey(parent: BrowseNode, runId: string, storeId = "storeId" in parent ? (parent.storeId ?? "") : ""): string {
  const starred = parent.kind === "favourites" || parent.key.startsWith("favourite/");
  return `${starred ? "favourite/" : ""}run:${storeId}:${runId}`;
}

function scopeOf(node: FolderNode): string {
  return node.key.slice(0, node.key.length - `folder:${node.path}`.length);
}
