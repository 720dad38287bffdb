import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import type { OverviewHost, OverviewPage } from "../../protocol/overview";
import type { RpcHandlers } from "../../protocol/rpc";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import type { OverviewActions } from "./overviewActions";
import type { OverviewBoard } from "./overviewBoard";
import * as messages from "./overviewMessages";

export interface OverviewPanelContext {
  readonly board: OverviewBoard;
  readonly actions: OverviewActions;
  readonly extensionUri: vscode.Uri;
  readonly logError: (error: unknown) => void;
}

/** All products of the window, in an editor tab. */
export class OverviewPanel implements Disposable {
  private readonly web: RpcWebviewPanel<OverviewHost, OverviewPage>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly context: OverviewPanelContext,
  ) {
    const { board, extensionUri, logError } = context;
    this.web = new RpcWebviewPanel<OverviewHost, OverviewPage>(
      panel,
      { view: "overview", title: vscode.l10n.t("Overview"), extensionUri, logError },
      this.handlers(),
    );
    // A hidden page has no script running; it asks for everything again when it is shown.
    this.web.own(board.onDidChangeView((view) => panel.visible && this.web.view.notify("view", view)));
    this.web.own(board.onDidChangeWork((work) => panel.visible && this.web.view.notify("work", work)));
  }

  dispose(): void {
    this.web.dispose();
  }

  private handlers(): RpcHandlers<OverviewHost> {
    const { board, actions } = this.context;
    return {
      connect: () => ({ texts: vscode.l10n.bundle ?? {}, target: {}, view: board.view }),
      refresh: () => actions.refresh(),
      cancel: () => board.cancel(),
      act: (params) => {
        const { row, place } = messages.parseAct(params);
        return actions.act(row, place);
      },
      openFile: (params) => actions.openFile(messages.parseOpenFile(params).row),
      openRun: (params) => actions.openRun(messages.parseOpenRun(params)),
      newModel: () => actions.newModel(),
      openPolicy: () => actions.openPolicy(),
      copyText: async (params) => vscode.env.clipboard.writeText(messages.parseCopyText(params).text),
    };
  }
}
