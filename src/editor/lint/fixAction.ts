import * as vscode from "vscode";

import type { Fix } from "../../core/lint/fix";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { fixEdit, type FixEdit, type FixTarget } from "./fixEdit";
import type { LintedFolder } from "./lintedFolder";

/** What a fix would be applied to. */
export interface Judgement {
  readonly document: vscode.TextDocument;
  readonly folder: LintedFolder;
  readonly lint: FileLint;
}

/**
 * A quick fix whose edit is written when somebody looks at it or chooses it: VS Code asks for all actions at each move of the cursor, and
 * writing one reads the text several times.
 */
export class FixAction extends vscode.CodeAction {
  constructor(
    private readonly judgement: Judgement,
    private readonly fix: Fix,
  ) {
    super(fix.title, vscode.CodeActionKind.QuickFix);
  }

  /** Writes the edit. A command, which VS Code takes over as well, shows what was written, or tells why there is no edit. */
  write(): void {
    const written = this.written();
    if (!written.ok) {
      this.command = { command: "mlops.lint.cannotFix", title: this.title, arguments: [this.title, written.why] };
      return;
    }
    this.edit = written.edit;
    if (written.target !== null) {
      this.command = revealCommand(written.target);
    }
  }

  private written(): FixEdit {
    const { document, folder, lint } = this.judgement;
    return document.getText() === lint.text
      ? fixEdit(folder, lint, this.fix)
      : { ok: false, why: vscode.l10n.t("The file has changed meanwhile. Open the menu of quick fixes again.") };
  }
}

function revealCommand({ uri, range }: FixTarget): vscode.Command {
  return {
    command: "mlops.lint.reveal",
    title: vscode.l10n.t("Show what was written"),
    arguments: [uri.toString(), ...(range === undefined ? [] : [range])],
  };
}
