import * as vscode from "vscode";

import { isAppError, toUserText } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import type { Run } from "../../core/tracking/run";
import { changedSections, toRunSections } from "../../core/tracking/runPageView";
import type { StoreCatalog, StoreDataChange } from "../../core/tracking/storeCatalog";
import type {
  CommitInfoView,
  RefreshPart,
  RunPageChange,
  RunPageData,
  RunPageHost,
  RunPageView,
  RunSections,
  StaleView,
} from "../../protocol/runPage";
import type { RpcHandlers } from "../../protocol/rpc";
import { readSettings } from "../platform/settings";
import type { RunRef } from "../platform/runRef";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import { performIntent } from "./runPageIntents";
import { parseArtifactPath, parseCurveKey, parseIntent, parsePageToken } from "./runPageMessages";
import type { RunPageActions } from "./runPageActions";
import { RunPageReads } from "./runPageReads";
import { runWebPage } from "./runWebPage";
import type { ValueDocuments } from "./valueDocuments";
import { storeListed } from "./storeListed";

export interface RunPageContext {
  readonly catalog: StoreCatalog;
  readonly extensionUri: vscode.Uri;
  readonly logError: (error: unknown) => void;
  readonly actions: RunPageActions;
  readonly values: ValueDocuments;
  readonly openRun: (ref: RunRef) => void;
}

/** One run page: answers its questions, and tells it what changed while it is on screen. */
export class RunPagePanel {
  private readonly view: RpcWebviewPanel<RunPageHost, RunPageView>;
  private readonly reads: RunPageReads;
  private readonly ended = new AbortController();
  /** The run as last read, and what the page was sent of it. */
  private run: Run | undefined;
  private sent: RunSections | undefined;
  private following = false;
  /** Counts what the store reported, so that news during a look are not missed. */
  private news = 0;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly ref: RunRef,
    private readonly context: RunPageContext,
  ) {
    const { catalog, extensionUri, logError } = context;
    this.reads = new RunPageReads(catalog, ref, context.actions.prices);
    this.view = new RpcWebviewPanel<RunPageHost, RunPageView>(
      panel,
      { view: "run", title: vscode.l10n.t("Run"), extensionUri, logError },
      this.handlers(),
    );
    this.view.own(catalog.onDidChangeData((change) => this.onData(change)));
    this.view.own(
      catalog.onDidChangeHealth((id) => {
        if (id === ref.storeId) {
          this.tell({ stale: this.stale() });
        }
      }),
    );
    this.view.own({ dispose: () => this.ended.abort() });
  }

  private handlers(): RpcHandlers<RunPageHost> {
    return {
      load: (_params, signal) => this.load(signal),
      retry: async (_params, signal) => {
        // Only a failed connection is thrown away; a page of a healthy store just reads again.
        if (this.context.catalog.entry(this.ref.storeId)?.health.kind === "failed") {
          this.context.catalog.reopen(this.ref.storeId);
        }
        return this.load(signal);
      },
      related: async (_params, signal) => this.reads.related(await this.known(signal), signal),
      commitInfo: async (_params, signal) => this.commitInfo(await this.known(signal), signal),
      curve: (params, signal) => this.reads.curve(parseCurveKey(params), signal),
      children: async (params, signal) =>
        this.reads.children(await this.known(signal), parsePageToken(params), readSettings().treeMetrics, signal),
      artifacts: (params, signal) => {
        const { owner, path } = parseArtifactPath(params);
        return this.reads.artifacts(owner, path, signal);
      },
      preview: (params, signal) => {
        const { owner, path } = parseArtifactPath(params);
        return this.reads.preview(owner, path, signal);
      },
      act: async (params, signal) => {
        await performIntent(parseIntent(params), { ...this.context, ref: this.ref, run: await this.known(signal) });
      },
    };
  }

  private async load(signal: CancelSignal): Promise<RunPageData> {
    await storeListed(this.context.catalog, this.ref.storeId, signal);
    try {
      this.run = await this.reads.run(signal);
    } catch (error) {
      // A run that was read before stays on screen, marked as old; one that is gone does not.
      if (this.run === undefined || isCancelled(error) || isAppError(error, "run/not-found")) {
        throw error;
      }
    }
    const sections = this.remember(this.run);
    const entry = this.context.catalog.entry(this.ref.storeId);
    return {
      ...(vscode.l10n.bundle === undefined ? {} : { texts: vscode.l10n.bundle }),
      store: {
        id: this.ref.storeId,
        label: entry?.label ?? this.ref.storeId,
        description: entry?.description?.label ?? null,
        webUrl: runWebPage(entry?.description?.webUrl ?? null, this.run),
      },
      sections,
      stale: this.stale(),
    };
  }

  private remember(run: Run): RunSections {
    const sections = toRunSections(run, Date.now());
    this.sent = sections;
    this.panel.title = run.name === "" ? run.runId : run.name.slice(0, 100);
    return sections;
  }

  private async known(signal: CancelSignal): Promise<Run> {
    return (this.run ??= await this.reads.run(signal));
  }

  private async commitInfo(run: Run, signal: CancelSignal): Promise<CommitInfoView> {
    const hash = toRunSections(run, Date.now()).commit?.hash;
    if (hash === undefined) {
      return { found: false, reason: vscode.l10n.t("The run recorded no git commit.") };
    }
    try {
      const { commit } = await this.context.actions.commits.find(this.ref, hash, signal);
      return {
        found: true,
        hash: commit.hash,
        subject: commit.subject,
        author: commit.author,
        date: commit.date,
        hasParent: commit.parent !== null,
      };
    } catch (error) {
      // That a run's code is elsewhere is usual, not a failure.
      if (isAppError(error, "git/unavailable")) {
        return { found: false, reason: toUserText(error) };
      }
      throw error;
    }
  }

  private stale(): StaleView | null {
    const health = this.context.catalog.entry(this.ref.storeId)?.health;
    return health?.kind === "failed" ? { message: toUserText(health.error), lastOk: health.lastOk } : null;
  }

  /** A hidden page has no script running; it reads everything again when it is shown. */
  private onData({ storeId, change }: StoreDataChange): void {
    if (storeId !== this.ref.storeId || !this.panel.visible || this.sent === undefined) {
      return;
    }
    if (change.runs === "all" || change.runs.includes(this.ref.runId)) {
      void this.follow();
    } else if (change.runs.length > 0) {
      this.tell({ refresh: ["children"] });
    }
    if (change.models === "all" || change.models.length > 0) {
      this.tell({ refresh: ["related"] });
    }
  }

  /** Reads the run again and sends what changed. News that come meanwhile lead to one more look, not to many. */
  private async follow(): Promise<void> {
    this.news++;
    if (this.following) {
      return;
    }
    this.following = true;
    try {
      let seen: number;
      do {
        seen = this.news;
        const before = this.sent;
        this.run = await this.reads.run(this.ended.signal);
        const after = this.remember(this.run);
        const refresh: readonly RefreshPart[] = ["children", "artifacts"];
        this.tell({ sections: before === undefined ? after : changedSections(before, after), stale: this.stale(), refresh });
      } while (seen !== this.news && !this.ended.signal.aborted);
    } catch (error) {
      if (isAppError(error, "run/not-found")) {
        this.tell({ stale: { message: toUserText(error), lastOk: null } });
      } else if (!isCancelled(error)) {
        // The store's health tells the page; the log keeps the reason.
        this.context.logError(error);
      }
    } finally {
      this.following = false;
    }
  }

  private tell(change: RunPageChange): void {
    if (this.panel.visible) {
      this.view.view.notify("changed", change);
    }
  }
}
