import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import { sayDate } from "../../core/config/dates";
import type { SignOffStanding, SignOffState } from "../../core/governance/signOffStanding";
import { appendSentence } from "../platform/appendSentence";
import { contextOf, SIGN_OFF_CONTEXT, type SignOffGroup, type SignOffItemNode, type SignOffNode } from "./signOffNode";

const ICONS: Readonly<Record<SignOffState | "missing", readonly [icon: string, colour: string]>> = {
  missing: ["circle-outline", "list.warningForeground"],
  draft: ["edit", "list.warningForeground"],
  uncommitted: ["git-commit", "list.warningForeground"],
  given: ["pass", "testing.iconPassed"],
  expiring: ["clock", "list.warningForeground"],
  stale: ["history", "list.warningForeground"],
  expired: ["history", "list.errorForeground"],
  rejected: ["error", "list.errorForeground"],
  refused: ["circle-slash", "list.errorForeground"],
  superseded: ["archive", "descriptionForeground"],
  unknown: ["question", "list.warningForeground"],
};

/** How a line of the view looks. */
export function toSignOffItem(node: SignOffNode): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case "signOffGroup": {
      const item = new vscode.TreeItem(groupWords(node.group), node.group === "past" ? Collapsed : Expanded);
      item.id = node.group;
      item.description = String(node.count);
      item.contextValue = SIGN_OFF_CONTEXT.group;
      return item;
    }
    case "signOffProblem": {
      const item = new vscode.TreeItem(oneLine(node.text, 300), None);
      item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
      item.tooltip = new vscode.MarkdownString().appendText(node.text);
      item.contextValue = SIGN_OFF_CONTEXT.problem;
      return item;
    }
    case "signOff":
      return signOffItem(node);
  }
}

function signOffItem(node: SignOffItemNode): vscode.TreeItem {
  const { needed, standing, root, config, product, group } = node;
  const subject = needed?.subject ?? standing?.subject ?? "";
  const label = `${oneLine(product)} · ${subject === "" ? vscode.l10n.t("sign-off") : oneLine(subject, 40)}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = [root, config, group, standing?.file ?? "", needed?.subject ?? "", needed?.role ?? ""].join("\n");
  item.description = words(node)
    .map((word) => oneLine(word, 80))
    .join(" · ");
  const [icon, colour] = ICONS[standing?.state ?? "missing"];
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.contextValue = contextOf(node);
  item.tooltip = signOffCard(node);
  item.command = { command: "mlops.signOff.open", title: vscode.l10n.t("Open Sign-Off"), arguments: [node] };
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function words({ needed, standing, isMine }: SignOffItemNode): readonly string[] {
  const role = needed?.role ?? standing?.who.role ?? null;
  return [
    isMine ? vscode.l10n.t("waits for you") : "",
    standing === null ? vscode.l10n.t("nobody was asked yet") : stateWords(standing),
    standing?.who.email ?? (needed?.ask.length === 0 ? "" : (needed?.ask.join(", ") ?? "")),
    role === null ? "" : role.replaceAll("_", " "),
  ].filter(Boolean);
}

function stateWords({ state, expires, openConditions }: SignOffStanding): string {
  switch (state) {
    case "given":
      return openConditions.length > 0
        ? vscode.l10n.t("approved with open conditions")
        : vscode.l10n.t("holds until {0}", sayDate(expires ?? ""));
    case "expiring":
      return vscode.l10n.t("ends on {0}", sayDate(expires ?? ""));
    case "draft":
      return vscode.l10n.t("draft");
    case "uncommitted":
      return vscode.l10n.t("not committed");
    case "stale":
      return vscode.l10n.t("stale");
    case "expired":
      return vscode.l10n.t("ended on {0}", sayDate(expires ?? ""));
    case "rejected":
      return vscode.l10n.t("rejected");
    case "refused":
      return vscode.l10n.t("does not count");
    case "superseded":
      return vscode.l10n.t("replaced");
    case "unknown":
      return vscode.l10n.t("could not be judged");
  }
}

function groupWords(group: SignOffGroup): string {
  switch (group) {
    case "open":
      return vscode.l10n.t("Open");
    case "stale":
      return vscode.l10n.t("Stale");
    case "expiring":
      return vscode.l10n.t("Ending Soon");
    case "given":
      return vscode.l10n.t("Given");
    case "past":
      return vscode.l10n.t("Past");
  }
}

/** The hover card: why it is needed, how it stands and what to do. Texts come from files and are shown as text. */
function signOffCard({ needed, standing, product }: SignOffItemNode): vscode.MarkdownString {
  const card = new vscode.MarkdownString("", true);
  card.appendMarkdown("**").appendText(oneLine(product)).appendMarkdown("**\n\n");
  const sentence = (text: string | null | undefined): void => {
    if (text !== null && text !== undefined && text !== "") {
      appendSentence(card, oneLine(text, 400)).appendMarkdown("\n\n");
    }
  };
  sentence(needed?.why);
  sentence(needed?.problem ?? standing?.reason);
  sentence(standing?.remedy);
  if (needed !== null && needed.ask.length > 0) {
    sentence(vscode.l10n.t("Asked: {0}", needed.ask.join(", ")));
  }
  if (standing?.statement != null && standing.state !== "draft") {
    sentence(vscode.l10n.t("“{0}”", standing.statement));
  }
  for (const condition of (standing?.openConditions ?? []).slice(0, 8)) {
    appendSentence(card.appendMarkdown("- "), oneLine(condition, 300)).appendMarkdown("\n");
  }
  if (standing?.state === "given" || standing?.state === "expiring") {
    sentence(signatureWords(standing));
  }
  if (standing !== null) {
    card.appendMarkdown("\n\n").appendText(standing.file);
  }
  return card;
}

function signatureWords({ signature }: SignOffStanding): string {
  switch (signature) {
    case "signed":
      return vscode.l10n.t("The commit is cryptographically signed.");
    case "unsigned":
      return vscode.l10n.t("Not cryptographically signed.");
    case "unknown":
      return vscode.l10n.t("Signed by a key that is not known to be this person's.");
  }
}
