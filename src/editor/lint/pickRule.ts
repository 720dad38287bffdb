import * as vscode from "vscode";

import type { RuleMeta } from "../../core/lint/ruleMeta";

/** Asks for one of several rules; undefined when the person gives up. */
export async function pickRule(metas: readonly RuleMeta[], placeHolder: string): Promise<RuleMeta | undefined> {
  const items = metas.map((meta) => ({ label: meta.name, description: meta.code, detail: meta.summary, meta }));
  const picked = await vscode.window.showQuickPick(items, {
    ...{ placeHolder, matchOnDescription: true, matchOnDetail: true },
    // A menu that closes behind it gives the focus back to the text.
    ignoreFocusOut: true,
  });
  return picked?.meta;
}
