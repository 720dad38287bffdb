import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import type { DriftStatus } from "../../core/drift/driftReport";
import { sayTime, sayWindow } from "../../core/monitoring/sayResult";
import { appendSentence } from "../platform/appendSentence";
import { checkedWords, statusWords } from "./checkWords";
import type { Watched } from "./monitoringBoard";
import { MONITORING_CONTEXT, stateOf, type MonitoringNode, type PartNode, type ProductNode } from "./monitoringNode";

/** State as a person sees it: icon, colour and words together. */
const ICONS: Readonly<Record<DriftStatus | "never", readonly [icon: string, colour: string]>> = {
  fail: ["error", "list.errorForeground"],
  warn: ["warning", "list.warningForeground"],
  unjudged: ["circle-slash", "descriptionForeground"],
  never: ["circle-large-outline", "descriptionForeground"],
  ok: ["pass", "testing.iconPassed"],
};

/** How a line of the overview looks. */
export function toMonitoringItem(node: MonitoringNode, now: number): vscode.TreeItem {
  return node.kind === "monitored" ? productItem(node, now) : partItem(node);
}

function productItem(node: ProductNode, now: number): vscode.TreeItem {
  const { watched, latest, notKept } = node.entry;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(oneLine(watched.name), latest === null ? None : Collapsed);
  item.id = node.config;
  const age = checkedWords(latest, now);
  item.description =
    latest === null
      ? age
      : [statusWords(latest.status), age, notKept === null ? "" : vscode.l10n.t("not kept")].filter(Boolean).join(" · ");
  item.contextValue = MONITORING_CONTEXT.monitored;
  item.iconPath = iconOf(stateOf(node.entry));
  item.command = { command: "mlops.drift.show", title: vscode.l10n.t("Show Drift"), arguments: [node] };
  item.accessibilityInformation = {
    label: `${oneLine(watched.name)}, ${item.description}${latest === null ? "" : `, ${oneLine(latest.verdict)}`}`,
  };
  return item;
}

function partItem(node: PartNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(node.label), vscode.TreeItemCollapsibleState.None);
  item.id = `${node.config}\n${node.part}\n${node.label}`;
  item.description = oneLine(node.description, 300);
  item.tooltip = plain(node.description === "" ? node.label : node.description);
  item.contextValue = MONITORING_CONTEXT.monitoredPart;
  item.iconPath = iconOf(node.status);
  item.command = { command: "mlops.drift.show", title: vscode.l10n.t("Show Drift"), arguments: [node] };
  item.accessibilityInformation = { label: `${oneLine(node.label)}, ${statusWords(node.status)}, ${oneLine(node.description)}` };
  return item;
}

export function iconOf(state: DriftStatus | "never"): vscode.ThemeIcon {
  const [icon, colour] = ICONS[state];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}

/** The hover card of a product: verdict, KPIs, window and when it was checked. Texts come from files and are shown as text. */
export function monitoringCard({ watched, latest, notKept, problems }: Watched, now: number): vscode.MarkdownString {
  const card = new vscode.MarkdownString();
  card.appendMarkdown("**").appendText(oneLine(watched.name)).appendMarkdown("**\n\n");
  appendResult(card, latest, now);
  if (notKept !== null) {
    appendSentence(card, oneLine(notKept, 300)).appendMarkdown("\n\n");
  }
  for (const problem of problems) {
    appendSentence(card, oneLine(problem, 300)).appendMarkdown("\n\n");
  }
  card.appendText(oneLine(watched.config, 200));
  return card;
}

/** What a check said, for the cards of products and of models. */
export function appendResult(card: vscode.MarkdownString, latest: Watched["latest"], now: number): void {
  if (latest === null) {
    card.appendText(vscode.l10n.t("It was never checked.")).appendMarkdown("\n\n");
    return;
  }
  appendSentence(card, oneLine(latest.verdict, 400)).appendMarkdown("\n\n");
  for (const kpi of latest.kpis.slice(0, 8)) {
    appendSentence(card.appendMarkdown("- "), oneLine(kpi.verdict, 300)).appendMarkdown("\n");
  }
  const facts = [
    vscode.l10n.t("Window: {0}", sayWindow(latest.window)),
    `${checkedWords(latest, now)} (${sayTime(latest.checked_at)} UTC)`,
    latest.commit === null ? "" : vscode.l10n.t("commit {0}", latest.commit.slice(0, 10)),
  ];
  appendSentence(card.appendMarkdown("\n"), facts.filter(Boolean).join(" · ")).appendMarkdown("\n\n");
}

function plain(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}
