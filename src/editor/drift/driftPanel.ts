import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import { toHandOver, type RetrainHandOver } from "../../core/drift/view/toHandOver";
import type { DriftHost, DriftPage } from "../../protocol/drift";
import type { RpcHandlers } from "../../protocol/rpc";
import { savePicture } from "../platform/saveFile";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import { copyDrift, saveDrift } from "./driftExport";
import * as messages from "./driftMessages";
import { DriftSession, type DriftSessionParts } from "./driftSession";
import type { DriftTarget } from "./driftTarget";
import { handOver } from "./handOver";
import { openConfigAt } from "./openConfigAt";

export interface DriftPanelContext extends DriftSessionParts {
  readonly extensionUri: vscode.Uri;
  /** Opens a draft of a note on what a panel shows. */
  readonly writeNote: (shown: ReturnType<DriftSession["reportAt"]>) => Promise<void>;
  /** A note was saved, or a check was kept. */
  readonly onDidChangeHistory: vscode.Event<void>;
}

/** One comparison of data in an editor tab. */
export class DriftPanel implements Disposable {
  readonly session: DriftSession;
  private readonly web: RpcWebviewPanel<DriftHost, DriftPage>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    target: DriftTarget,
    private readonly context: DriftPanelContext,
  ) {
    this.session = new DriftSession(target, context);
    this.web = new RpcWebviewPanel<DriftHost, DriftPage>(
      panel,
      { view: "drift", title: vscode.l10n.t("Drift"), extensionUri: context.extensionUri, logError: context.logError },
      this.handlers(),
    );
    this.web.own(this.session);
    // A hidden page has no script running; it asks for everything again when it is shown.
    this.web.own(this.session.onDidChangeView((view) => panel.visible && this.web.view.notify("view", view)));
    this.web.own(this.session.onDidChangeProgress((told) => panel.visible && this.web.view.notify("progress", told)));
    this.web.own(this.session.onDidChangeView(() => this.showTitle()));
    this.web.own(this.session.onDidChangeTarget((next) => this.web.view.notify("target", { target: next })));
    this.web.own(context.onDidChangeHistory(() => this.session.historyChanged()));
    this.showTitle();
    this.session.load();
  }

  /** Opens a draft of a note on what is shown. @throws AppError while not all is judged. */
  writeNote(): Promise<void> {
    return this.context.writeNote(this.session.reportAt(this.session.view.revision));
  }

  dispose(): void {
    this.web.dispose();
  }

  private facts(revision: number, columns: readonly string[]): RetrainHandOver {
    const { report, subject } = this.session.reportAt(revision);
    const failed = this.session.view.kpis.filter(({ points }) => points.at(-1)?.state === "fail");
    const kpis = failed.map(({ name, by, group }) => (group === null ? name : `${name} (${by === null ? "" : `${by} = `}${group})`));
    const { product, commit } = subject;
    const config = subject.config === null ? null : this.context.toPath(subject.config);
    return toHandOver({ report, columns, kpis, product, config, commit, checkedAt: Date.now() });
  }

  private showTitle(): void {
    const { product, title } = this.session.view;
    this.panel.title = vscode.l10n.t("Drift: {0}", product ?? title);
  }

  private handlers(): RpcHandlers<DriftHost> {
    const { session } = this;
    return {
      connect: () => ({ texts: vscode.l10n.bundle ?? {}, target: session.target, view: session.view }),
      setOptions: (params) => {
        const { revision, options } = messages.parseSetOptions(params);
        session.setOptions(revision, options);
      },
      column: (params, signal) => {
        const { revision, name } = messages.parseColumn(params);
        return session.detail(revision, name, signal);
      },
      tools: (params, signal) => {
        const { revision, name } = messages.parseColumn(params);
        return session.tools(revision, name, signal);
      },
      segments: (params, signal) => {
        const { revision, column } = messages.parseSegments(params);
        return session.segments(revision, column, signal);
      },
      exportReport: async (params) => {
        const { revision, format, to, charts } = messages.parseExport(params);
        const shown = session.reportAt(revision);
        await (to === "clipboard" ? copyDrift(shown, format, charts) : saveDrift(shown, format, charts));
      },
      savePicture: async (params) => {
        const { name, format, data } = messages.parsePicture(params);
        await savePicture(name, format, data);
      },
      copyText: async (params) => {
        await vscode.env.clipboard.writeText(messages.parseCopyText(params).text);
        vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
      },
      writeNote: async (params) => {
        await this.context.writeNote(session.reportAt(messages.parseRevision(params).revision));
      },
      openFile: async (params) => {
        await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(session.fileOf(messages.parseOpenFile(params).path)));
      },
      openConfig: async () => {
        const { config } = session;
        if (config === null) {
          throw new AppError("usage", vscode.l10n.t("Two files are compared with the limits that always hold."), {
            remedy: vscode.l10n.t(
              "Limits of your own stand under monitoring in a model's mlops.yaml: run MLOps: Add Monitoring to a Model.",
            ),
          });
        }
        await openConfigAt(vscode.Uri.file(config), "monitoring");
      },
      retrain: (params) => {
        const { revision, columns } = messages.parseRetrain(params);
        // The question stays open for as long as a person thinks; the page does not wait for it.
        void handOver(this.facts(revision, columns)).catch(this.context.logError);
      },
      cancel: () => session.cancel(),
      reload: () => session.load(),
    };
  }
}
