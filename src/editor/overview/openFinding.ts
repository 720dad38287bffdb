import * as vscode from "vscode";

/** Lint may have to look at the file first; whoever waits longer sees the line alone, in milliseconds. */
const PATIENCE_MS = 3000;

/** Opens the place of a finding, where its fixes are, and offers them: nothing is changed until somebody chooses one. @param line from 1, where it was found. */
export async function openFinding(uri: vscode.Uri, line: number | null, rule: string | null): Promise<void> {
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const editor = await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at), preview: false });
  const found = rule === null ? undefined : await diagnosticOf(uri, rule, at.line);
  if (found !== undefined && vscode.window.activeTextEditor === editor) {
    editor.selection = new vscode.Selection(found.range.start, found.range.start);
    editor.revealRange(found.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    // The page had the focus: a menu that opens before the editor has it is shut again.
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    await vscode.commands.executeCommand("editor.action.quickFix");
  }
}

/** Undefined where lint shows none in time. */
async function diagnosticOf(uri: vscode.Uri, rule: string, line: number): Promise<vscode.Diagnostic | undefined> {
  const find = (): vscode.Diagnostic | undefined => {
    const same = vscode.languages.getDiagnostics(uri).filter(({ code }) => (typeof code === "object" ? code.value : code) === rule);
    // The text may have moved since it was found; of several, the nearest is meant.
    return same.sort((a, b) => Math.abs(a.range.start.line - line) - Math.abs(b.range.start.line - line))[0];
  };
  return (
    find() ??
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        subscription.dispose();
        resolve(find());
      };
      const subscription = vscode.languages.onDidChangeDiagnostics(() => find() !== undefined && done());
      const timer = setTimeout(done, PATIENCE_MS);
    })
  );
}
