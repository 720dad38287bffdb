import { NEVER_CANCELLED, type CancelSignal } from "../base/cancel";
import { DisposableStore, type Disposable } from "../base/disposable";
import { Emitter } from "../base/emitter";
import type { ArtifactOwner } from "../tracking/artifact";
import type { StoreCatalog } from "../tracking/storeCatalog";
import type { StoreId } from "../tracking/storeLocation";
import type { ArtifactNode, ArtifactsNode, BrowseNode, EmptyNode, ErrorNode, MoreNode } from "./node";
import { PagedList } from "./pagedList";

/** Ties a list that was read to the node whose children it holds. */
export interface NodeList<T = unknown> {
  readonly list: PagedList<T>;
  readonly storeId: StoreId;
  /** The node whose children come from this list; null for the roots. */
  readonly owner: BrowseNode | null;
  same(before: T, after: T): boolean;
  /** Whether a change of the store may concern this list. */
  concernedBy(change: {
    experiments: "all" | readonly string[];
    runs: "all" | readonly string[];
    models: "all" | readonly string[];
  }): boolean;
  /** The known node of an item, for a refresh of just that node. */
  nodeOf(item: T): BrowseNode | undefined;
}

/**
 * What the trees have in common: nodes that keep their identity, lists that are read page by page, failures as nodes, and
 * refreshes that touch only what changed. It knows nothing of VS Code.
 */
export abstract class Browser implements Disposable {
  protected readonly disposables = new DisposableStore();
  private readonly nodes = new Map<string, BrowseNode>();
  private readonly lists = new Map<string, NodeList>();
  private readonly changed = new Emitter<BrowseNode | null>();
  /** A node's look or children changed; null means everything. */
  readonly onDidChange = this.changed.event;

  constructor(protected readonly catalog: StoreCatalog) {
    this.disposables.add(this.changed);
    this.disposables.add(
      catalog.onDidChangeHealth((storeId) => {
        const node = this.nodes.get(`store:${storeId}`);
        if (node !== undefined) {
          this.fire(node);
        }
      }),
    );
    this.disposables.add(
      catalog.onDidChangeData(({ storeId, change }) => {
        void this.refreshLists((list) => list.storeId === storeId && list.concernedBy(change));
      }),
    );
  }

  abstract roots(signal: CancelSignal): Promise<readonly BrowseNode[]>;
  abstract children(node: BrowseNode, signal: CancelSignal): Promise<readonly BrowseNode[]>;

  dispose(): void {
    this.disposables.dispose();
  }

  /** Loads the next page of the list that a "more" node ends. */
  async loadMore(node: MoreNode, signal: CancelSignal): Promise<void> {
    const entry = this.lists.get(listKeyOf(node));
    await entry?.list.more(signal);
    this.fire(entry?.owner ?? null);
  }

  /** Reads again what an error node stands for. */
  async retry(node: ErrorNode, signal: CancelSignal): Promise<void> {
    const key = listKeyOf(node);
    if (node.storeId !== null) {
      this.catalog.reopen(node.storeId);
    }
    await this.refreshLists((_, listKey) => listKey === key, signal);
    this.fire(node.parent);
  }

  /** Reads all lists again that were read before. */
  async refreshAll(signal: CancelSignal): Promise<void> {
    await this.refreshLists(() => true, signal);
    this.fire(null);
  }

  /** Forgets all that was read: after a change of filter, order or stores. */
  protected reset(): void {
    this.lists.clear();
    this.fire(null);
  }

  protected fire(node: BrowseNode | null): void {
    this.changed.fire(node);
  }

  /** The node of a key: the known one, updated, or a new one. Keeps object identity, which a tree view needs. */
  protected intern<N extends BrowseNode>(node: N): N {
    const known = this.nodes.get(node.key);
    if (known?.kind === node.kind && known.parent === node.parent) {
      Object.assign(known, node);
      return known as N;
    }
    this.nodes.set(node.key, node);
    return node;
  }

  protected known(key: string): BrowseNode | undefined {
    return this.nodes.get(key);
  }

  /** The lists read so far whose key ends so. */
  protected loadedLists(ending: string): readonly NodeList[] {
    return [...this.lists].filter(([key]) => key.endsWith(ending)).map(([, list]) => list);
  }

  /** The list of a key, made on first use. */
  protected listOf<T>(key: string, make: () => NodeList<T>): NodeList<T> {
    let entry = this.lists.get(key) as NodeList<T> | undefined;
    if (entry === undefined) {
      entry = make();
      this.lists.set(key, entry as NodeList);
    }
    return entry;
  }

  /** Reads a list's first page where needed and frames its nodes with what is to be said about it. */
  protected async listed<T>(
    key: string,
    entry: NodeList<T>,
    empty: EmptyNode["reason"] | null,
    toNode: (item: T) => BrowseNode,
    signal: CancelSignal,
  ): Promise<readonly BrowseNode[]> {
    await entry.list.first(signal);
    return this.frame(key, entry, entry.list.items.map(toNode), empty);
  }

  /** Adds to a list's nodes the failure, "load more" or the words for an empty list. */
  protected frame<T>(
    key: string,
    entry: NodeList<T>,
    nodes: readonly BrowseNode[],
    empty: EmptyNode["reason"] | null,
  ): readonly BrowseNode[] {
    const { list, owner, storeId } = entry;
    const framed = [...nodes];
    if (list.error !== null) {
      framed.unshift(this.errorNode(key, owner, storeId, list.error, list.items.length > 0));
    } else if (list.items.length === 0 && empty !== null) {
      framed.push(this.intern<EmptyNode>({ kind: "empty", key: `${key}#empty`, parent: owner, reason: empty }));
    }
    if (list.hasMore) {
      framed.push(this.intern<MoreNode>({ kind: "more", key: `${key}#more`, parent: owner, loaded: list.items.length }));
    }
    return framed;
  }

  protected errorNode(key: string, parent: BrowseNode | null, storeId: StoreId | null, error: unknown, stale: boolean): ErrorNode {
    return this.intern<ErrorNode>({ kind: "error", key: `${key}#error`, parent, storeId, error, stale });
  }

  protected artifactsNode(parent: BrowseNode, storeId: StoreId, owner: ArtifactOwner): ArtifactsNode {
    return this.intern<ArtifactsNode>({ kind: "artifacts", key: `${parent.key}/artifacts`, parent, storeId, owner });
  }

  protected async artifactChildren(node: ArtifactsNode | ArtifactNode, signal: CancelSignal): Promise<readonly BrowseNode[]> {
    const { storeId, owner } = node;
    const path = node.kind === "artifact" ? node.entry.path : "";
    const key = `${node.key}#files`;
    const entry = this.listOf(key, () => ({
      list: new PagedList(
        async (_token, s) => ({
          items: await this.catalog.use(storeId, s, (store) => store.listArtifacts(owner, path, s)),
          nextPageToken: null,
        }),
        (item) => item.path,
      ),
      storeId,
      owner: node,
      same: (a, b) => a.size === b.size && a.isDirectory === b.isDirectory,
      concernedBy: (change) => owner.kind === "run" && (change.runs === "all" || change.runs.includes(owner.runId)),
      nodeOf: (item) => this.known(`${node.key}/${item.path}`),
    }));
    return this.listed(
      key,
      entry,
      "noArtifacts",
      (item) => this.intern<ArtifactNode>({ kind: "artifact", key: `${node.key}/${item.path}`, parent: node, storeId, owner, entry: item }),
      signal,
    );
  }

  private async refreshLists(pick: (list: NodeList, key: string) => boolean, signal: CancelSignal = NEVER_CANCELLED): Promise<void> {
    const picked = [...this.lists].filter(([key, list]) => list.list.isLoaded && pick(list, key));
    await Promise.all(
      picked.map(async ([key, entry]) => {
        const change = await entry.list.refresh(signal, (a, b) => entry.same(a, b));
        if (this.lists.get(key) !== entry) {
          return;
        }
        this.forget(change.gone.flatMap((item) => entry.nodeOf(item) ?? []).filter(({ parent }) => parent === entry.owner));
        if (change.reordered || entry.list.error !== null) {
          this.fire(entry.owner);
          return;
        }
        for (const item of change.updated) {
          const node = entry.nodeOf(item);
          if (node !== undefined) {
            this.onRefreshed(node, item);
            this.fire(node);
          }
        }
      }),
    );
  }

  /** Takes leave of nodes with all below them: in a window that stays open for weeks, runs come and go by the thousand. */
  private forget(gone: readonly BrowseNode[]): void {
    const left: ReadonlySet<BrowseNode | null> = new Set(gone);
    const isBelow = (node: BrowseNode | null): boolean => node !== null && (left.has(node) || isBelow(node.parent));
    if (left.size > 0) {
      [...this.lists].filter(([, { owner }]) => isBelow(owner)).forEach(([key]) => this.lists.delete(key));
      [...this.nodes].filter(([, node]) => isBelow(node)).forEach(([key]) => this.nodes.delete(key));
    }
  }

  /** Puts new data into a known node before it is drawn again. */
  protected abstract onRefreshed(node: BrowseNode, item: unknown): void;
}

/** Error and "more" nodes carry the key of their list before the hash sign. */
function listKeyOf(node: MoreNode | ErrorNode): string {
  return node.key.slice(0, node.key.lastIndexOf("#"));
}
