import * as vscode from "vscode";

/** Appends text that markup has no hold on. `appendText` binds all words together, so that lines break in the middle of words; here they break between them. */
export function appendSentence(card: vscode.MarkdownString, text: string): vscode.MarkdownString {
  return card.appendMarkdown(new vscode.MarkdownString().appendText(text).value.replaceAll("&nbsp;", " "));
}
