import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { neverCancelled } from "../platform/signals";
import { counted } from "./counted";
import { explainRule } from "./explainRule";
import { fixFile } from "./fixFile";
import { fixWorkspace } from "./fixWorkspace";
import type { LintCommandHandlers, SerializedRange } from "./lintCommands";
import type { LintServices } from "./lintServices";
import type { LintSession } from "./lintSession";
import { lintOfActive } from "./lintOfActive";
import { suppressFinding } from "./suppressFinding";

export interface LintHandlerParts {
  readonly session: LintSession;
  readonly services: LintServices;
  readonly extensionUri: vscode.Uri;
}

/** Every command of lint. Each answers when there is nothing to work on. */
export function createLintHandlers({ session, services, extensionUri }: LintHandlerParts): LintCommandHandlers {
  return {
    "mlops.lint.workspace": () => lintWorkspace(session),
    "mlops.lint.fixFile": async () => {
      const { place, lint } = await lintOfActive(session);
      const { edit, applied, left } = await fixFile(place.folder, lint, neverCancelled());
      if (edit === null) {
        say(
          left === 0
            ? vscode.l10n.t("There is nothing to fix in this file.")
            : vscode.l10n.t("Nothing in this file can be fixed without asking. Problems for a person to decide: {0}.", left),
        );
      } else if (await vscode.workspace.applyEdit(edit)) {
        say(vscode.l10n.t("Fixed: {0}. Left for a person to decide: {1}.", applied, left));
      }
    },
    "mlops.lint.fixWorkspace": () => fixWorkspace(session),
    "mlops.lint.suppress": (uri, rules) => suppressFinding(session, services, vscode.Uri.parse(uri), rules),
    "mlops.lint.reveal": (uri, range) => reveal(vscode.Uri.parse(uri), range),
    "mlops.lint.cannotFix": (fix, why) => {
      void vscode.window.showWarningMessage(vscode.l10n.t("“{0}” is not possible here. {1}", fix, why));
    },
    "mlops.rule.explain": (rules) => explainRule(extensionUri, rules),
  };
}

async function lintWorkspace(session: LintSession): Promise<void> {
  const folders = await session.judgeWorkspace();
  if (folders.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no folder to check."), {
      remedy: vscode.l10n.t("Open a folder, and make sure that the setting mlops.lint.run is not off."),
    });
  }
  const files = folders.reduce((total, { targets }) => total + targets.size, 0);
  const { errors, warnings } = session.counts();
  const show = vscode.l10n.t("Show Problems");
  const message = vscode.l10n.t("Checked {0}: {1}, {2}.", counted.files(files), counted.errors(errors), counted.warnings(warnings));
  void vscode.window.showInformationMessage(message, ...(errors + warnings > 0 ? [show] : [])).then((button) => {
    if (button === show) {
      void vscode.commands.executeCommand("workbench.actions.view.problems");
    }
  });
}

async function reveal(uri: vscode.Uri, range: SerializedRange | undefined): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, range === undefined ? {} : { selection: new vscode.Range(...range) });
}

function say(message: string): void {
  void vscode.window.showInformationMessage(message);
}
