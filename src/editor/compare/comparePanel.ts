import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import type { CompareHost, ComparePage } from "../../protocol/compare";
import type { RpcHandlers } from "../../protocol/rpc";
import type { RunRef } from "../platform/runRef";
import { savePicture } from "../platform/saveFile";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import type { CommitDiff } from "../runs/commitDiff";
import { codeOf, diffArtifacts, diffValues, openArtifact } from "./compareDiffs";
import { copyExport, saveExport } from "./compareExport";
import * as messages from "./compareMessages";
import { CompareSession, type CompareSessionParts } from "./compareSession";
import type { CompareTarget } from "./compareTarget";

export interface ComparePanelContext extends CompareSessionParts {
  readonly extensionUri: vscode.Uri;
  readonly commits: () => Promise<CommitDiff>;
}

/** One comparison in an editor tab. */
export class ComparePanel implements Disposable {
  private readonly session: CompareSession;
  private readonly web: RpcWebviewPanel<CompareHost, ComparePage>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    target: CompareTarget,
    private readonly context: ComparePanelContext,
  ) {
    this.session = new CompareSession(target, context);
    this.web = new RpcWebviewPanel<CompareHost, ComparePage>(
      panel,
      { view: "compare", title: vscode.l10n.t("Compare Runs"), extensionUri: context.extensionUri, logError: context.logError },
      this.handlers(),
    );
    this.web.own(this.session);
    // A hidden page has no script running; it asks for everything again when it is shown.
    this.web.own(this.session.onDidChangeView((view) => panel.visible && this.web.view.notify("view", view)));
    this.web.own(this.session.onDidChangeTarget((next) => this.web.view.notify("target", { target: next })));
    this.web.own(this.session.onDidChangeCurves((runs) => panel.visible && this.web.view.notify("curvesChanged", { runs })));
    this.web.own(this.session.onDidChangeTarget(() => this.showTitle()));
    this.showTitle();
    this.session.load();
  }

  get refs(): readonly RunRef[] {
    return this.session.refs;
  }

  /** Answers how many of the runs were not there yet. */
  addRuns(refs: readonly RunRef[]): number {
    return this.session.addRuns(refs);
  }

  dispose(): void {
    this.web.dispose();
  }

  private showTitle(): void {
    const count = this.session.refs.length;
    this.panel.title = count === 1 ? vscode.l10n.t("Compare 1 Run") : vscode.l10n.t("Compare {0} Runs", count);
  }

  private handlers(): RpcHandlers<CompareHost> {
    const { session } = this;
    return {
      connect: () => ({ texts: vscode.l10n.bundle ?? {}, target: session.target, view: session.view }),
      setOptions: (params) => {
        const { revision, options } = messages.parseSetOptions(params);
        session.setOptions(revision, options);
      },
      addRuns: () => {
        // The quick pick stays open for as long as a person thinks; the page does not wait for it.
        void vscode.commands.executeCommand("mlops.runs.addToComparison");
      },
      removeRun: (params) => {
        const { revision, run } = messages.parseRun(params);
        session.removeRun(revision, run);
      },
      removeMissing: () => session.removeMissing(),
      moveRun: (params) => {
        const { revision, run, before } = messages.parseMoveRun(params);
        session.moveRun(revision, run, before);
      },
      openRun: async (params) => {
        const { revision, run } = messages.parseRun(params);
        await vscode.commands.executeCommand("mlops.run.open", session.refAt(revision, run));
      },
      diffValues: async (params) => {
        const { revision, row, runs } = messages.parseDiffValues(params);
        const [left, right] = runs;
        await diffValues(session.rowAt(revision, row), session.comparedRunAt(revision, left), session.comparedRunAt(revision, right));
      },
      diffCommits: async (params) => {
        const { revision, runs } = messages.parseDiffCommits(params);
        const [left, right] = runs.map((run) => codeOf(session.comparedRunAt(revision, run)));
        if (left !== undefined && right !== undefined) {
          await (await this.context.commits()).showBetween(left, right);
        }
      },
      showCommit: async (params) => {
        const { revision, run } = messages.parseRun(params);
        await (await this.context.commits()).show(session.refAt(revision, run));
      },
      artifacts: (params, signal) => {
        const { revision, path } = messages.parseArtifacts(params);
        return session.artifacts(revision, path, signal);
      },
      diffArtifacts: async (params) => {
        const { revision, path, runs } = messages.parseDiffArtifacts(params);
        const [left, right] = runs;
        await diffArtifacts(path, session.comparedRunAt(revision, left), session.comparedRunAt(revision, right));
      },
      openArtifact: async (params) => {
        const { revision, path, run } = messages.parseOpenArtifact(params);
        await openArtifact(path, session.comparedRunAt(revision, run));
      },
      curves: (params, signal) => {
        const { revision, key, maxPoints, runs } = messages.parseCurves(params);
        return session.curves(revision, key, maxPoints, signal, runs);
      },
      importance: (params, signal) => {
        const { revision, metric } = messages.parseImportance(params);
        return session.importance(revision, metric, signal);
      },
      exportTable: async (params, signal) => {
        const { revision, to, ...request } = messages.parseExport(params);
        const { format } = request;
        const text = await session.exportText(revision, request, signal);
        await (to === "clipboard" ? copyExport(text, format) : saveExport(text, format));
      },
      savePicture: async (params) => {
        const { name, format, data } = messages.parsePicture(params);
        await savePicture(name, format, data);
      },
      copyText: async (params) => {
        await vscode.env.clipboard.writeText(messages.parseCopyText(params).text);
        vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
      },
      reload: (params) => session.retry(messages.parseReload(params).storeId),
    };
  }
}
