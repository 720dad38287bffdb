import * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Compliance, Shell } from "../app";
import { localDate } from "../lint/localDate";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { CompliancePanels } from "./compliancePanels";
import { findComplianceTarget, safeComplianceArgument } from "./complianceProducts";
import type { SignOffItemNode } from "./signOffNode";
import type { ComplianceFolder, ComplianceServices } from "./complianceServices";
import { followCompliance } from "./followCompliance";

/** The compliance pages as VS Code uses them. */
export class ComplianceWorkbench implements Compliance {
  private readonly disposables = new DisposableStore();
  private readonly panels: CompliancePanels;

  constructor(
    private readonly shell: Shell,
    private readonly services: ComplianceServices,
  ) {
    this.panels = this.disposables.add(
      new CompliancePanels({
        extensionUri: services.extensionUri,
        folderOf: services.folderOf,
        today: () => localDate(services.now()),
        logError: (error) => logError(shell.log, error),
        // A line of the view of sign-offs is what that command is given.
        requestSignOff: async ({ root, config }, product, needed) => {
          const { standing } = needed;
          const line: SignOffItemNode = { kind: "signOff", group: "open", root, config, product, needed, standing, isMine: false };
          await vscode.commands.executeCommand("mlops.signOff.request", line);
        },
      }),
    );
    this.disposables.add(followCompliance(this.panels, () => this.folders()));
    this.disposables.add(services);
  }

  async open(argument: unknown): Promise<void> {
    await runCommand(this.shell.log, async () => {
      const target = await findComplianceTarget(safeComplianceArgument(argument), this.folders());
      if (target !== undefined) {
        this.panels.open(target);
      }
    });
  }

  restore(_viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panels.restore(panel, state);
    return Promise.resolve();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Folders of the workspace that are on disk. */
  private folders(): readonly ComplianceFolder[] {
    const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
    return open.map(({ uri }) => this.services.folderOf(uri.fsPath));
  }
}
