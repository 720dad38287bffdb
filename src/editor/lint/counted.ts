import * as vscode from "vscode";

/** Numbers with their nouns, as they stand in sentences. */
export const counted = {
  files: (count: number): string => (count === 1 ? vscode.l10n.t("1 file") : vscode.l10n.t("{0} files", count)),
  safeFixes: (count: number): string => (count === 1 ? vscode.l10n.t("1 safe fix") : vscode.l10n.t("{0} safe fixes", count)),
  errors: (count: number): string => (count === 1 ? vscode.l10n.t("1 error") : vscode.l10n.t("{0} errors", count)),
  warnings: (count: number): string => (count === 1 ? vscode.l10n.t("1 warning") : vscode.l10n.t("{0} warnings", count)),
};
