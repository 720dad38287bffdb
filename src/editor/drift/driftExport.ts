import * as vscode from "vscode";

import { toCsv } from "../../core/drift/report/toCsv";
import { toHtml } from "../../core/drift/report/toHtml";
import { toJson } from "../../core/drift/report/toJson";
import { toMarkdown } from "../../core/drift/report/toMarkdown";
import type { DriftExport } from "../../protocol/drift";
import { saveFile } from "../platform/saveFile";
import type { DriftSession } from "./driftSession";

type Shown = ReturnType<DriftSession["reportAt"]>;

const FILES: Readonly<Record<DriftExport, { readonly label: string; readonly extension: string }>> = {
  csv: { label: "CSV", extension: "csv" },
  json: { label: "JSON", extension: "json" },
  markdown: { label: "Markdown", extension: "md" },
  html: { label: "HTML", extension: "html" },
};

export async function copyDrift(shown: Shown, format: DriftExport, charts: readonly string[]): Promise<void> {
  await vscode.env.clipboard.writeText(toText(shown, format, charts));
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied the report as {0}", FILES[format].label), 2000);
}

export async function saveDrift(shown: Shown, format: DriftExport, charts: readonly string[]): Promise<void> {
  const { label, extension } = FILES[format];
  const name = `drift-${shown.subject.product ?? "report"}`;
  await saveFile(new TextEncoder().encode(toText(shown, format, charts)), {
    label,
    extension,
    name,
    title: vscode.l10n.t("Export the Drift Report"),
  });
}

function toText({ report, subject }: Shown, format: DriftExport, charts: readonly string[]): string {
  switch (format) {
    case "csv":
      return toCsv(report);
    case "json":
      return `${JSON.stringify(toJson(report), null, 2)}\n`;
    case "markdown":
      return toMarkdown(report);
    case "html":
      return toHtml(report, { title: subject.title, charts });
  }
}
