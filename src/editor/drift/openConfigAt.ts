import * as vscode from "vscode";

/** Opens an mlops.yaml at one of its keys at the top, or at its beginning. */
export async function openConfigAt(uri: vscode.Uri, key: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = new RegExp(`^${key}\\s*:`, "m").exec(document.getText())?.index ?? 0;
  const position = document.positionAt(at);
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), preview: false });
}
