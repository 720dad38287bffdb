import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import { parseTableLayout } from "../../core/table/tableLayout";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { RpcHandlers } from "../../protocol/rpc";
import type { RunsTableHost, RunsTableView } from "../../protocol/runsTable";
import type { RunRef } from "../platform/runRef";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import { completeTableFilter } from "./completeTableFilter";
import { toRunsCsv, toTabSeparated } from "./runsTableCsv";
import type { RunsTableLayouts } from "./runsTableLayouts";
import { parseColumns, parseLine, parseSelectAction, parseText, parseWindow } from "./runsTableMessages";
import { RunsTableSession } from "./runsTableSession";
import { targetKey, type RunsTableTarget } from "./runsTableTarget";

export interface RunsTablePanelContext {
  readonly catalog: StoreCatalog;
  readonly extensionUri: vscode.Uri;
  readonly layouts: RunsTableLayouts;
  readonly logError: (error: unknown) => void;
}

/** One runs table in an editor tab. */
export class RunsTablePanel implements Disposable {
  private readonly session: RunsTableSession;
  private readonly web: RpcWebviewPanel<RunsTableHost, RunsTableView>;
  private readonly key: string;
  private readonly title: string;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly target: RunsTableTarget,
    private readonly context: RunsTablePanelContext,
    private readonly onSelect: () => void,
  ) {
    this.key = targetKey(target);
    this.title = target.title ?? vscode.l10n.t("Runs");
    this.session = new RunsTableSession(context.catalog, target, context.layouts.get(this.key), context.logError);
    this.web = new RpcWebviewPanel<RunsTableHost, RunsTableView>(
      panel,
      { view: "runs", title: this.title, extensionUri: context.extensionUri, logError: context.logError },
      this.handlers(),
    );
    this.web.own(this.session);
    this.web.own(this.session.onDidChangeState((state) => this.web.view.notify("state", state)));
    this.web.own(this.session.onDidChangeColumns((columns) => this.web.view.notify("columns", columns)));
    this.web.own(this.session.onDidChangeLines((lines) => this.web.view.notify("linesChanged", lines)));
    this.session.load();
  }

  get targetKey(): string {
    return this.key;
  }

  selectedRuns(): readonly RunRef[] {
    return this.session.selectedRuns();
  }

  setFilter(text: string): void {
    this.session.setFilter(text);
  }

  dispose(): void {
    this.web.dispose();
  }

  private handlers(): RpcHandlers<RunsTableHost> {
    const { session } = this;
    const ifCurrent = (params: unknown, act: (line: number) => void): void => {
      const { revision, line } = parseLine(params);
      // A line number of an older order would name another run.
      if (session.isCurrent(revision)) {
        act(line);
      }
    };
    return {
      connect: () => ({
        title: this.title,
        target: this.target,
        texts: vscode.l10n.bundle ?? {},
        columns: session.columns,
        state: session.state(),
      }),
      rows: (params) => {
        const { revision, from, to } = parseWindow(params);
        return { lines: session.isCurrent(revision) ? session.lines(from, to, parseColumns(params.columns)) : null };
      },
      setLayout: async ({ layout }) => {
        const parsed = parseTableLayout(layout);
        session.setLayout(parsed);
        await this.context.layouts.set(this.key, parsed);
      },
      setFilter: ({ text }) => session.setFilter(parseText(text)),
      completeFilter: ({ text, caret }) => ({ items: completeTableFilter(session.table, parseText(text), caret) }),
      toggle: (params) => ifCurrent(params, (line) => session.toggle(line)),
      select: ({ revision, action }) => {
        if (session.isCurrent(revision)) {
          session.select(parseSelectAction(action));
          this.onSelect();
        }
        return { selectedRuns: session.selectedRunCount };
      },
      open: (params) =>
        ifCurrent(params, (line) => {
          const run = session.runAt(line);
          if (run !== undefined) {
            void vscode.commands.executeCommand("mlops.run.open", run);
          }
        }),
      copy: async (params) => {
        const { revision, line } = parseLine(params);
        if (session.isCurrent(revision)) {
          await this.copy(line, params.column, params.selected);
        }
      },
      exportCsv: () => this.exportCsv(),
      cancelLoading: () => session.cancelLoading(),
      reload: ({ storeId }) => session.retry(storeId === null ? null : parseText(storeId)),
    };
  }

  private async copy(line: number, column: string | null, selected: boolean): Promise<void> {
    const visible = this.session.columns.columns.filter(({ visibility }) => visibility === "visible");
    const rows = this.session.rowsOf(line, selected);
    const wanted = column === null ? visible : visible.filter(({ id }) => id === column);
    if (rows.length === 0 || wanted.length === 0) {
      return;
    }
    const text =
      column !== null && rows.length === 1 ? this.session.cellText(rows[0] ?? 0, column) : toTabSeparated(this.session, wanted, rows);
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(
      column === null ? vscode.l10n.t("Copied {0} runs", rows.length) : vscode.l10n.t("Copied the value"),
      2000,
    );
  }

  private async exportCsv(): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${this.title.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "runs"}.csv`;
    const uri = await vscode.window.showSaveDialog({
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { CSV: ["csv"] },
      title: vscode.l10n.t("Export the Runs That Are Shown"),
    });
    if (uri === undefined) {
      return;
    }
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t("Exporting runs…") },
      async (_progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        await this.writeCsv(uri, controller.signal);
      },
    );
  }

  private async writeCsv(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    await this.session.settled();
    const columns = this.session.columns.columns.filter(({ visibility }) => visibility === "visible");
    const { rows } = this.session.view;
    await this.session.readAggregates(
      columns.map(({ id }) => id),
      signal,
    );
    const csv = await toRunsCsv(this.session, columns, rows, signal);
    try {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(csv));
    } catch (error) {
      throw new AppError("usage", vscode.l10n.t("The runs could not be written to {0}.", uri.fsPath), {
        cause: error,
        remedy: vscode.l10n.t("Choose another place, or close the program that has the file open."),
      });
    }
    const open = vscode.l10n.t("Open");
    const message = vscode.l10n.t("Exported {0} runs with {1} columns.", rows.length, columns.length);
    // Not awaited by the page: the message stays until it is dismissed.
    void vscode.window.showInformationMessage(message, open).then((chosen) => {
      if (chosen === open) {
        void vscode.commands.executeCommand("vscode.open", uri);
      }
    });
  }
}
