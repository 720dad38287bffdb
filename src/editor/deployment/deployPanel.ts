import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { DeployHost, DeployPage } from "../../protocol/deploy";
import type { RpcHandlers } from "../../protocol/rpc";
import { saveFile } from "../platform/saveFile";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import * as messages from "./deployMessages";
import { DeploySession, type DeploySessionParts } from "./deploySession";
import type { DeploySubject } from "./deploySubject";

export interface DeployPanelContext extends DeploySessionParts {
  readonly extensionUri: vscode.Uri;
}

/** One deployment in an editor tab. */
export class DeployPanel implements Disposable {
  readonly session: DeploySession;
  private readonly web: RpcWebviewPanel<DeployHost, DeployPage>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    subject: DeploySubject,
    private readonly context: DeployPanelContext,
  ) {
    this.session = new DeploySession(subject, context);
    this.web = new RpcWebviewPanel<DeployHost, DeployPage>(
      panel,
      { view: "deploy", title: vscode.l10n.t("Deploy"), extensionUri: context.extensionUri, logError: context.logError },
      this.handlers(),
    );
    this.web.own(this.session);
    // A hidden page has no script running; it asks for everything again when it is shown.
    this.web.own(this.session.onDidChangeView((view) => panel.visible && this.web.view.notify("view", view)));
    this.web.own(this.session.onDidChangeSubject((next) => this.web.view.notify("target", { target: next })));
    this.web.own(this.session.onDidChangeView(() => this.showTitle()));
    this.showTitle();
    this.session.load();
  }

  dispose(): void {
    this.web.dispose();
  }

  private showTitle(): void {
    const { product, intent, deployment } = this.session.view;
    this.panel.title =
      intent === "rollback"
        ? vscode.l10n.t("Roll back: {0}", product)
        : deployment === null
          ? vscode.l10n.t("Deploy: {0}", product)
          : vscode.l10n.t("Deployment: {0}", product);
  }

  private handlers(): RpcHandlers<DeployHost> {
    const { session, context } = this;
    const openNext = (intent: "deploy" | "rollback"): void => {
      const next = session.nextSubject(intent);
      if (next !== null) {
        session.planFor(next);
      }
    };
    return {
      connect: () => ({ texts: vscode.l10n.bundle ?? {}, target: session.place, view: session.view }),
      setForm: (params) => session.setForm(messages.parseSetForm(params).form),
      replan: () => session.load(),
      cancelPlanning: () => session.cancelPlanning(),
      start: async (params) => {
        const { hash, confirmation } = messages.parseStart(params);
        await session.start(hash, confirmation);
      },
      cancel: async () => {
        if (session.isRunning && (await isCancelWanted(session.view.product))) {
          session.cancel();
        }
      },
      rollBack: () => openNext("rollback"),
      again: () => openNext("deploy"),
      openEvidence: async (params) => {
        const { file, line } = messages.parseOpenEvidence(params);
        await openInside(session.place, file, line);
      },
      openConfig: () => openInside(session.place, session.place.config, null),
      requestSignOff: async () => {
        await vscode.commands.executeCommand("mlops.signOff.request", configUri(session.place));
      },
      openCompliance: async () => {
        await vscode.commands.executeCommand("mlops.compliance.open", configUri(session.place));
      },
      exportPlan: async (params) => {
        const { hash, to } = messages.parseExportPlan(params);
        const plan = session.demandPlan(hash);
        const text = context.folderOf(session.place.root).planText(plan);
        if (to === "clipboard") {
          await vscode.env.clipboard.writeText(text);
          vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
        } else {
          const title = vscode.l10n.t("Save the Plan");
          await saveFile(new TextEncoder().encode(text), { label: "Markdown", extension: "md", name: `plan-${plan.deploymentId}`, title });
        }
      },
    };
  }
}

function configUri({ root, config }: DeploySubject): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(root), ...config.split("/"));
}

/** Evidence is a file of the workspace, or beside the product's file; nothing outside is opened. */
async function openInside({ root, config }: DeploySubject, file: string, line: number | null): Promise<void> {
  const base = vscode.Uri.file(root);
  const candidates = [file, `${folderOf(config)}/${file}`]
    .filter((path) => !path.split(/[/\\]/).includes("..") && !/^(?:[/\\]|[a-z]:)/i.test(path))
    .map((path) => vscode.Uri.joinPath(base, path));
  for (const uri of candidates) {
    const found = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (found) {
      const at = new vscode.Position((line ?? 1) - 1, 0);
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
      return;
    }
  }
  throw new AppError("usage", vscode.l10n.t("The file {0} is not in this folder.", file));
}

async function isCancelWanted(product: string): Promise<boolean> {
  const cancel = vscode.l10n.t("Cancel and Go Back");
  const question = vscode.l10n.t("Cancel the deployment of {0}?", product);
  const detail = vscode.l10n.t("The step that goes on is ended, and what was done goes back to the version before.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, cancel)) === cancel;
}
