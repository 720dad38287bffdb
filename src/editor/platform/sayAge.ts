import * as vscode from "vscode";

const MINUTE = 60_000;

/** How long ago, in the person's words: "just now", "5 min ago", "3 h ago", "12 d ago". From milliseconds. */
export function sayAge(age: number): string {
  const minutes = Math.floor(Math.max(0, age) / MINUTE);
  if (minutes < 1) {
    return vscode.l10n.t("just now");
  }
  if (minutes < 60) {
    return vscode.l10n.t("{0} min ago", minutes);
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? vscode.l10n.t("{0} h ago", hours) : vscode.l10n.t("{0} d ago", Math.floor(hours / 24));
}
