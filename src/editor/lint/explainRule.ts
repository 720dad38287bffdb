import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { ALL_RULES, PIPELINE_RULES } from "../../core/lint/allRules";
import { couldNotCheckMeta } from "../../core/lint/couldNotCheckMeta";
import type { RuleMeta } from "../../core/lint/ruleMeta";

/** Opens the page of a rule, which ships with the extension; asks for one where none is named. */
export async function explainRule(extensionUri: vscode.Uri, asked: string | undefined): Promise<void> {
  const metas = [...ALL_RULES, ...PIPELINE_RULES].map(({ meta }): RuleMeta => meta).concat(couldNotCheckMeta);
  const meta = asked === undefined ? await pickRule(metas) : metas.find(({ code, name }) => name === asked || code === asked);
  if (meta === undefined) {
    if (asked !== undefined) {
      throw new AppError("usage", vscode.l10n.t("There is no rule {0}.", asked));
    }
    return;
  }
  const page = vscode.Uri.joinPath(extensionUri, "docs", "rules", `${meta.name}.md`);
  try {
    await vscode.commands.executeCommand("markdown.showPreview", page);
  } catch {
    await vscode.commands.executeCommand("vscode.open", page); // Somebody has turned VS Code's own Markdown extension off.
  }
}

async function pickRule(metas: readonly RuleMeta[]): Promise<RuleMeta | undefined> {
  const items = metas.map((meta) => ({ label: meta.name, description: meta.code, detail: meta.summary, meta }));
  const placeHolder = vscode.l10n.t("A rule, to read why it is there, with examples");
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true });
  return picked?.meta;
}
