import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { RULE_METAS } from "../../core/lint/allRules";
import { pickRule } from "./pickRule";

/** Opens the page of a rule, which ships with the extension; asks which one where several are named, or none. */
export async function explainRule(extensionUri: vscode.Uri, asked: string | readonly string[] | undefined): Promise<void> {
  const names = asked === undefined ? undefined : [asked].flat();
  const metas = names === undefined ? RULE_METAS : RULE_METAS.filter(({ code, name }) => names.includes(name) || names.includes(code));
  if (metas.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no rule {0}.", names?.join() ?? ""));
  }
  const meta = metas.length === 1 ? metas[0] : await pickRule(metas, vscode.l10n.t("A rule, to read why it is there, with examples"));
  if (meta === undefined) {
    return;
  }
  const page = vscode.Uri.joinPath(extensionUri, "docs", "rules", `${meta.name}.md`);
  try {
    await vscode.commands.executeCommand("markdown.showPreview", page);
  } catch {
    await vscode.commands.executeCommand("vscode.open", page); // Somebody has turned VS Code's own Markdown extension off.
  }
}
