import * as vscode from "vscode";

import type { CompareExport } from "../../protocol/compare";
import { saveFile } from "../platform/saveFile";

const FILES: Readonly<Record<CompareExport, { readonly label: string; readonly extension: string }>> = {
  csv: { label: "CSV", extension: "csv" },
  json: { label: "JSON", extension: "json" },
  markdown: { label: "Markdown", extension: "md" },
  html: { label: "HTML", extension: "html" },
};

export async function copyExport(text: string, format: CompareExport): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied the comparison as {0}", FILES[format].label), 2000);
}

export async function saveExport(text: string, format: CompareExport): Promise<void> {
  const { label, extension } = FILES[format];
  await saveFile(new TextEncoder().encode(text), { label, extension, name: "comparison", title: vscode.l10n.t("Export the Comparison") });
}
