import type * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Lint, Shell } from "../app";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { FixAction } from "./fixAction";
import { followWorkspace } from "./followWorkspace";
import { lintCodeActions } from "./lintCodeActions";
import type { LintCommandHandlers, LintCommandId } from "./lintCommands";
import { createLintHandlers } from "./lintHandlers";
import type { LintServices } from "./lintServices";
import { LintSession } from "./lintSession";

/** Lint as VS Code uses it: findings that follow the files, quick fixes and commands. */
export class LintWorkbench implements Lint {
  private readonly disposables = new DisposableStore();
  /** What lint knows, for others who show it or ask about the same files. */
  readonly session: LintSession;
  private readonly handlers: LintCommandHandlers;

  constructor(
    private readonly shell: Shell,
    services: LintServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    this.session = this.disposables.add(new LintSession(services, report));
    this.handlers = createLintHandlers({ session: this.session, services, extensionUri: shell.context.extensionUri });
    this.disposables.add(followWorkspace(this.session, services.now));
    void this.session.restart();
  }

  async run(command: LintCommandId, args: readonly unknown[]): Promise<void> {
    // Arguments are our own, from actions and links; anything else in their place is dropped.
    const safe = args.map((value) => (typeof value === "string" || isTexts(value) || isNumbers(value) ? value : undefined));
    const handler = this.handlers[command] as (...values: readonly unknown[]) => Promise<void> | void;
    await runCommand(this.shell.log, () => handler(...safe));
  }

  async codeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    try {
      return await lintCodeActions(this.session, document, range, context, token);
    } catch (error) {
      logError(this.shell.log, error);
      return [];
    }
  }

  resolveCodeAction(action: vscode.CodeAction): vscode.CodeAction {
    if (action instanceof FixAction) {
      action.write();
    }
    return action;
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.length === 4 && value.every((item) => Number.isSafeInteger(item) && Number(item) >= 0);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
