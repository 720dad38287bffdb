import * as vscode from "vscode";

import { isCancelled } from "../../core/base/cancel";
import { DisposableStore } from "../../core/base/disposable";
import { hoverAt } from "../../core/config/hoverAt";
import { RULE_METAS } from "../../core/lint/allRules";
import { toExplain } from "../../core/lint/configSuggestions";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { readCodeLens } from "../platform/settings";
import { signalOf } from "../platform/signals";
import { addGateWorkflow, addLintToPreCommit, addLintWorkflow } from "./addAutomation";
import { addDigestWorkflow } from "./addDigestWorkflow";
import { completionItems } from "./completionItems";
import type { ConfigCommandHandlers, ConfigCommandId } from "./configCommands";
import { configDocument } from "./configDocument";
import type { ConfigParts } from "./configParts";
import { newModel } from "./newModel";
import type { ConfigEditing } from "./registerConfigEditing";
import { riskCheck } from "./riskCheck";
import { summaryLenses } from "./summaryLenses";

/** Help with configurations as VS Code uses it. What fails goes to the log: nobody can type while messages pop up. */
export class ConfigWorkbench implements ConfigEditing {
  readonly onDidChangeLenses: vscode.Event<void>;
  private readonly disposables = new DisposableStore();
  private readonly handlers: ConfigCommandHandlers;

  constructor(private readonly parts: ConfigParts) {
    const lenses = this.disposables.add(new vscode.EventEmitter<void>());
    this.onDidChangeLenses = lenses.event;
    this.disposables.add(parts.lint.onDidLint((uri) => isShown(uri) && lenses.fire()));
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("mlops.codeLens") && lenses.fire()),
    );
    this.handlers = {
      "mlops.model.new": (folder) => newModel(folder, parts),
      "mlops.risk.check": (file, from) => riskCheck(file, from, parts),
      "mlops.lint.addToGithubActions": () => addLintWorkflow(parts.shell.context),
      "mlops.lint.addToPreCommit": () => addLintToPreCommit(parts.shell.context),
      "mlops.gate.addToGithubActions": () => addGateWorkflow(parts.shell.context),
      "mlops.overview.addToGithubActions": () => addDigestWorkflow(parts.shell.context),
    };
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList | undefined> {
    return this.quietly(() => completionItems(document, position, this.parts, signalOf(token)));
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const config = configDocument(document, this.parts);
    if (config === undefined) {
      return undefined;
    }
    const explain = toExplain(RULE_METAS);
    const hover = hoverAt(document.getText(), document.offsetAt(position), { ...config.schema, explain });
    return hover === undefined
      ? undefined
      : new vscode.Hover(
          new vscode.MarkdownString(hover.markdown),
          new vscode.Range(document.positionAt(hover.range.start), document.positionAt(hover.range.end)),
        );
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    return readCodeLens(document.uri) ? ((await this.quietly(() => summaryLenses(document, this.parts, signalOf(token)))) ?? []) : [];
  }

  async run(command: ConfigCommandId, args: readonly unknown[]): Promise<void> {
    // A folder or a file comes from the explorer; anything else in its place is dropped.
    const [target, word] = args;
    const place = target instanceof vscode.Uri ? target : undefined;
    const run = (): Promise<void> =>
      command === "mlops.risk.check"
        ? this.handlers[command](place, typeof word === "string" ? word : undefined)
        : this.handlers[command](place);
    await runCommand(this.parts.shell.log, run);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isCancelled(error)) {
        logError(this.parts.shell.log, error);
      }
      return undefined;
    }
  }
}

/** Files that are not open have no line above them. */
function isShown(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}
