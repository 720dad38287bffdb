import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import type { RetrainHost, RetrainPage } from "../../protocol/retrain";
import type { RpcHandlers } from "../../protocol/rpc";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import { saveFile } from "../platform/saveFile";
import * as messages from "./retrainMessages";
import { RetrainSession, type RetrainSessionParts } from "./retrainSession";
import type { RetrainTarget } from "./retrainTarget";

export interface RetrainPanelContext extends RetrainSessionParts {
  readonly extensionUri: vscode.Uri;
  readonly actions: {
    readonly openLog: (session: RetrainSession) => Promise<void>;
    readonly openPlan: (session: RetrainSession) => Promise<void>;
    /** @returns whether a login was stored or forgotten. */
    readonly setLogin: (address: string) => Promise<boolean>;
    readonly compare: (session: RetrainSession, against: "champion" | "previous") => Promise<void>;
  };
}

/** One training in an editor tab. */
export class RetrainPanel implements Disposable {
  readonly session: RetrainSession;
  private readonly web: RpcWebviewPanel<RetrainHost, RetrainPage>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    target: RetrainTarget,
    private readonly context: RetrainPanelContext,
  ) {
    this.session = new RetrainSession(target, context);
    this.web = new RpcWebviewPanel<RetrainHost, RetrainPage>(
      panel,
      { view: "retrain", title: vscode.l10n.t("Retrain"), extensionUri: context.extensionUri, logError: context.logError },
      this.handlers(),
    );
    this.web.own(this.session);
    // A hidden page has no script running; it asks for everything again when it is shown.
    this.web.own(this.session.onDidChangeView((view) => panel.visible && this.web.view.notify("view", view)));
    this.web.own(this.session.onDidChangeLog((log) => panel.visible && this.web.view.notify("log", log)));
    this.web.own(this.session.onDidChangeTarget((next) => this.web.view.notify("target", { target: next })));
    this.web.own(this.session.onDidChangeView(() => this.showTitle()));
    this.showTitle();
    this.session.load();
  }

  dispose(): void {
    this.web.dispose();
  }

  private showTitle(): void {
    const { product, job } = this.session.view;
    this.panel.title = job === null ? vscode.l10n.t("Retrain: {0}", product) : vscode.l10n.t("Training: {0}", product);
  }

  private handlers(): RpcHandlers<RetrainHost> {
    const { session, context } = this;
    return {
      connect: () => ({ texts: vscode.l10n.bundle ?? {}, target: session.place, view: session.view, log: session.log }),
      setForm: (params) => session.setForm(messages.parseSetForm(params).form),
      replan: () => session.load(),
      cancelPlanning: () => session.cancelPlanning(),
      start: (params) => session.start(messages.parseStart(params).hash),
      exportPlan: async (params) => {
        const { hash, to } = messages.parseExportPlan(params);
        const plan = session.demandPlan(hash);
        const text = context.services.folderOf(session.place.root).planText(plan);
        if (to === "clipboard") {
          await vscode.env.clipboard.writeText(text);
          vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
        } else {
          const title = vscode.l10n.t("Save the Plan");
          await saveFile(new TextEncoder().encode(text), { label: "Markdown", extension: "md", name: `plan-${plan.jobId}`, title });
        }
      },
      openRun: async (params) => {
        await vscode.commands.executeCommand("mlops.run.open", messages.parseOpenRun(params));
      },
      openConfig: async () => {
        const { root, config } = session.place;
        await vscode.window.showTextDocument(vscode.Uri.joinPath(vscode.Uri.file(root), config));
      },
      setLogin: async () => {
        const { plan, job } = session.view;
        const loginAt = plan?.loginAt ?? job?.loginAt;
        if (loginAt != null && (await context.actions.setLogin(loginAt))) {
          session.load();
        }
      },
      cancelJob: async () => {
        if (session.shownJob !== null && (await isCancelWanted(session.shownJob.product))) {
          await session.cancelJob();
        }
      },
      openLog: () => context.actions.openLog(session),
      openPlan: () => context.actions.openPlan(session),
      again: () => session.again(),
      compare: (params) => context.actions.compare(session, messages.parseCompare(params).with),
      openWeb: async () => {
        const url = session.shownJob?.handle?.webUrl ?? null;
        if (url === null || !/^https?:\/\//.test(url)) {
          throw new AppError("usage", vscode.l10n.t("This training has no page in a browser."));
        }
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
      },
    };
  }
}

/** Nothing of a training that was ended can be had back. */
export async function isCancelWanted(product: string): Promise<boolean> {
  const cancel = vscode.l10n.t("Cancel the Training");
  const question = vscode.l10n.t("Cancel the training of {0}?", product);
  const detail = vscode.l10n.t("It is ended where it is. What it has not written down by then is lost.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, cancel)) === cancel;
}
