import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import type { NeededSignOff } from "../../core/governance/signOffStanding";
import type { ComplianceFormat, ComplianceHost, CompliancePage } from "../../protocol/compliance";
import type { RpcHandlers } from "../../protocol/rpc";
import { saveFile } from "../platform/saveFile";
import { RpcWebviewPanel } from "../platform/webviewPanel";
import * as messages from "./complianceMessages";
import { ComplianceSession, type ComplianceSessionParts } from "./complianceSession";
import type { ComplianceTarget } from "./complianceTarget";

export interface CompliancePanelContext extends ComplianceSessionParts {
  readonly extensionUri: vscode.Uri;
  readonly requestSignOff: (target: ComplianceTarget, product: string, needed: NeededSignOff) => Promise<void>;
}

const FILES: Readonly<Record<ComplianceFormat, { readonly label: string; readonly extension: string; readonly suffix: string }>> = {
  markdown: { label: "Markdown", extension: "md", suffix: "compliance" },
  html: { label: "HTML", extension: "html", suffix: "compliance" },
  json: { label: "JSON", extension: "json", suffix: "compliance" },
  modelcard: { label: "Markdown", extension: "md", suffix: "model-card" },
  cyclonedx: { label: "JSON", extension: "json", suffix: "cdx" },
};

/** What is documented of one version of a model, in an editor tab. */
export class CompliancePanel implements Disposable {
  readonly session: ComplianceSession;
  private readonly web: RpcWebviewPanel<ComplianceHost, CompliancePage>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    target: ComplianceTarget,
    private readonly context: CompliancePanelContext,
  ) {
    this.session = new ComplianceSession(target, context);
    this.web = new RpcWebviewPanel<ComplianceHost, CompliancePage>(
      panel,
      { view: "compliance", title: vscode.l10n.t("Compliance"), extensionUri: context.extensionUri, logError: context.logError },
      this.handlers(),
    );
    this.web.own(this.session);
    // A hidden page has no script running; it asks for everything again when it is shown.
    this.web.own(this.session.onDidChangeView((view) => panel.visible && this.web.view.notify("view", view)));
    this.web.own(this.session.onDidChangeView(({ product }) => (panel.title = vscode.l10n.t("Compliance: {0}", product))));
    void this.session.load();
  }

  dispose(): void {
    this.web.dispose();
  }

  private handlers(): RpcHandlers<ComplianceHost> {
    const { session, context } = this;
    return {
      connect: () => ({ texts: vscode.l10n.bundle ?? {}, target: session.target, view: session.view }),
      refresh: () => session.load(),
      open: async (params) => {
        const { file, line } = messages.parseOpen(params);
        if (session.isShownPlace(file, line)) {
          await openPlace(session.target.root, file, line);
        }
      },
      export: async (params) => {
        const { format, audience } = messages.parseExport(params);
        const text = session.write(format, audience);
        if (text === null) {
          throw new AppError("usage", vscode.l10n.t("There is nothing to save yet."));
        }
        const { label, extension, suffix } = FILES[format];
        const { product, version } = session.view;
        const name = [product, version ?? "", suffix, audience === "external" ? audience : ""].filter((part) => part !== "").join("-");
        await saveFile(new TextEncoder().encode(text), { label, extension, name, title: vscode.l10n.t("Save the Report") });
      },
      requestSignOff: async (params) => {
        const { subject, role } = messages.parseRequestSignOff(params);
        const needed = session.needed(subject, role);
        if (needed === null) {
          throw new AppError("usage", vscode.l10n.t("This decision is not needed, as the file is now."));
        }
        await context.requestSignOff(session.target, session.view.product, needed);
      },
    };
  }
}

/** Text opens at its line; a document of any other kind as VS Code shows it. */
async function openPlace(root: string, file: string, line: number | null): Promise<void> {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(root), ...file.split("/"));
  const { type } = await vscode.workspace.fs.stat(uri).then(
    (about) => about,
    (error: unknown) => {
      throw new AppError("usage", vscode.l10n.t("The file {0} is not there.", file), { cause: error });
    },
  );
  if ((type & vscode.FileType.Directory) !== 0) {
    await vscode.commands.executeCommand("revealInExplorer", uri);
    return;
  }
  const at = new vscode.Position((line ?? 1) - 1, 0);
  await vscode.commands.executeCommand("vscode.open", uri, {
    ...(line === null ? {} : { selection: new vscode.Range(at, at) }),
    preview: false,
    viewColumn: vscode.ViewColumn.Beside,
  } satisfies vscode.TextDocumentShowOptions);
}
