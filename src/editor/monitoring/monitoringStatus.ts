import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import type { StatusPart } from "../platform/statusLine";
import type { Watched } from "./monitoringBoard";
import { NO_FILTER, productNodes, troubled, worstOf } from "./monitoringNode";

const MOST_NAMES = 8;

/** What the status bar says of all models together; null where none is monitored. */
export function monitoringStatus(entries: readonly Watched[]): StatusPart | null {
  if (entries.length === 0) {
    return null;
  }
  const bad = troubled(entries);
  const worst = worstOf(entries);
  const tooltip = new vscode.MarkdownString();
  tooltip
    .appendText(bad === 0 ? calm(entries) : vscode.l10n.t("{0} of {1} monitored models need a look.", bad, entries.length))
    .appendMarkdown("\n\n");
  for (const { entry } of productNodes(entries, { ...NO_FILTER, states: ["fail", "warn"] }).slice(0, MOST_NAMES)) {
    tooltip
      .appendMarkdown("- ")
      .appendText(oneLine(`${entry.watched.name}: ${entry.latest?.verdict ?? ""}`, 200))
      .appendMarkdown("\n");
  }
  return {
    text:
      bad === 0
        ? ""
        : `$(${worst === "fail" ? "error" : "warning"}) ${bad === 1 ? vscode.l10n.t("1 model") : vscode.l10n.t("{0} models", bad)}`,
    tooltip,
    command: "mlops.monitoring.focus",
    isWarning: bad > 0,
  };
}

function calm(entries: readonly Watched[]): string {
  const checked = entries.filter(({ latest }) => latest !== null).length;
  return checked === 0
    ? vscode.l10n.t("{0} models are monitored; none was checked yet.", entries.length)
    : vscode.l10n.t("{0} models are monitored, and none of the {1} that were checked needs a look.", entries.length, checked);
}
