import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import type { DeploymentEntry, TargetStatus } from "../../core/deployment/deployment";
import type { TargetHealth } from "../../core/deployment/deployTarget";
import type { TargetType } from "../../core/deployment/targetSpec";
import { DEPLOY_STATE_LABELS, HEALTH_LABELS, TARGET_LABELS } from "../../core/deployment/view/deployWords";
import type { DeployState } from "../../protocol/deploy";
import { appendSentence } from "../platform/appendSentence";
import { sayAge } from "../platform/sayAge";
import { type ApprovalNode, DEPLOYMENT_CONTEXT, type DeploymentEntryNode, type DeploymentNode, type TargetNode } from "./deploymentNode";

type Icon = readonly [icon: string, colour: string];

const HEALTH_ICONS: Readonly<Record<TargetHealth["state"], Icon>> = {
  healthy: ["pass", "testing.iconPassed"],
  starting: ["sync~spin", "charts.blue"],
  unhealthy: ["error", "list.errorForeground"],
  stopped: ["debug-stop", "descriptionForeground"],
  unknown: ["question", "descriptionForeground"],
};

const STATE_ICONS: Readonly<Record<DeployState, Icon>> = {
  running: ["sync~spin", "charts.blue"],
  succeeded: ["pass", "testing.iconPassed"],
  failed: ["error", "list.errorForeground"],
  rolled_back: ["discard", "list.warningForeground"],
  interrupted: ["warning", "list.warningForeground"],
  cancelled: ["circle-slash", "descriptionForeground"],
};

/** Targets that serve a model, so that it can be stopped and asked. */
const SERVING: ReadonlySet<TargetType> = new Set<TargetType>(["mlflow_serve", "ray_serve"]);

/** How a line of the view looks. */
export function toDeploymentItem(node: DeploymentNode, now: number): vscode.TreeItem {
  switch (node.kind) {
    case "deploymentApproval":
      return approvalItem(node, now);
    case "deploymentTarget":
      return targetItem(node, now);
    case "deploymentEntry":
      return entryItem(node, now);
    case "deploymentProblem": {
      const item = new vscode.TreeItem(oneLine(node.text, 300), vscode.TreeItemCollapsibleState.None);
      item.iconPath = themeIcon(["warning", "list.warningForeground"]);
      item.tooltip = new vscode.MarkdownString().appendText(node.text);
      item.contextValue = DEPLOYMENT_CONTEXT.problem;
      return item;
    }
  }
}

function approvalItem({ root, approval }: ApprovalNode, now: number): vscode.TreeItem {
  const { title, environment, startedAt, startedBy, cannot, repository, runId, reviewers } = approval;
  const item = new vscode.TreeItem(oneLine(title), vscode.TreeItemCollapsibleState.None);
  item.id = `${root}\n${repository}\n${runId}\n${environment.id}`;
  const waits = cannot === null ? vscode.l10n.t("waits for your review") : vscode.l10n.t("waits for a review");
  item.description = [oneLine(environment.name), waits, startedAt === null ? "" : sayAge(now - startedAt), startedBy ?? ""]
    .filter(Boolean)
    .join(" · ");
  item.iconPath = themeIcon(["person", cannot === null ? "list.warningForeground" : "descriptionForeground"]);
  item.contextValue = `${DEPLOYMENT_CONTEXT.approval}${cannot === null ? DEPLOYMENT_CONTEXT.mine : ""}`;
  const card = new vscode.MarkdownString("", true);
  for (const text of [
    vscode.l10n.t("{0} waits for a review before it goes to {1}.", title, environment.name),
    cannot ?? "",
    vscode.l10n.t("Reviewers: {0}", reviewers.join(", ")),
    repository,
  ]) {
    if (text !== "") {
      appendSentence(card, oneLine(text, 400)).appendMarkdown("\n\n");
    }
  }
  item.tooltip = card;
  item.command = {
    command: "mlops.approval.showEvidence",
    title: vscode.l10n.t("Show Evidence"),
    arguments: [{ kind: "deploymentApproval", root, approval }],
  };
  item.accessibilityInformation = { label: `${oneLine(title)}, ${item.description}` };
  return item;
}

function targetItem(node: TargetNode, now: number): vscode.TreeItem {
  const { status } = node;
  const label = `${oneLine(status.product)} · ${oneLine(status.target)}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${node.root}\n${status.config}\n${status.target}`;
  item.description = [...targetWords(status), status.since === null ? "" : sayAge(now - status.since)].filter(Boolean).join(" · ");
  item.iconPath = themeIcon(targetIcon(status));
  const isServed = SERVING.has(status.type) && status.version !== null;
  const hasPrevious = status.last?.previous != null;
  item.contextValue = `${DEPLOYMENT_CONTEXT.target}${isServed ? DEPLOYMENT_CONTEXT.served : ""}${hasPrevious ? DEPLOYMENT_CONTEXT.withPrevious : ""}`;
  item.tooltip = targetCard(status);
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function targetIcon({ running, problem, isMovedElsewhere, version, health }: TargetStatus): Icon {
  if (running !== null) {
    return STATE_ICONS.running;
  }
  if (problem !== null || isMovedElsewhere) {
    return ["warning", "list.warningForeground"];
  }
  return health !== null && health.state !== "unknown"
    ? HEALTH_ICONS[health.state]
    : [version === null ? "circle-large-outline" : "rocket", "foreground"];
}

/** What is there, in a few words. */
export function targetWords({ running, version, problem, isMovedElsewhere, health, by }: TargetStatus): readonly string[] {
  if (running !== null) {
    return [vscode.l10n.t("version {0} is being deployed", running.version)];
  }
  const there =
    version === null
      ? problem === null
        ? vscode.l10n.t("nothing deployed")
        : vscode.l10n.t("not known")
      : vscode.l10n.t("version {0}", version);
  return [
    there,
    health === null || health.state === "unknown" ? "" : vscode.l10n.t(HEALTH_LABELS[health.state]).toLowerCase(),
    isMovedElsewhere ? vscode.l10n.t("moved elsewhere") : (by ?? ""),
  ];
}

function targetCard(status: TargetStatus): vscode.MarkdownString {
  const { product, target, type, version, problem, isMovedElsewhere, health, last, model } = status;
  const card = new vscode.MarkdownString("", true);
  card
    .appendMarkdown("**")
    .appendText(oneLine(product))
    .appendMarkdown("** ")
    .appendText(`${oneLine(target)} (${vscode.l10n.t(TARGET_LABELS[type])})`);
  card.appendMarkdown("\n\n");
  const sentence = (text: string): void => void appendSentence(card, oneLine(text, 400)).appendMarkdown("\n\n");
  sentence(
    version !== null
      ? vscode.l10n.t("Model {0}, version {1}.", model, version)
      : problem === null
        ? vscode.l10n.t("Model {0}: no version is there.", model)
        : vscode.l10n.t("Model {0}: which version is there is not known.", model),
  );
  if (problem !== null) {
    sentence(problem);
  }
  if (isMovedElsewhere && last !== null) {
    sentence(
      vscode.l10n.t(
        "The log's last line says version {0}: somebody changed the target in another way.",
        last.serves ?? vscode.l10n.t("none"),
      ),
    );
  }
  if (health !== null) {
    sentence(health.message);
    if (health.requests !== null) {
      sentence(vscode.l10n.t("Requests answered: {0}", health.requests));
    }
    if (health.replicas !== null) {
      sentence(vscode.l10n.t("Copies: {0} of {1}", health.replicas.running, health.replicas.wanted));
    }
  }
  if (last !== null) {
    sentence(vscode.l10n.t("Last: {0}", entryWords(last).join(" · ")));
    sentence(vscode.l10n.t("Plan {0}, commit {1}", last.plan.slice(0, 12), last.commit?.slice(0, 10) ?? vscode.l10n.t("none")));
  }
  return card;
}

function entryItem(node: DeploymentEntryNode, now: number): vscode.TreeItem {
  const { entry } = node;
  const name =
    entry.intent === "rollback" ? vscode.l10n.t("Back to version {0}", entry.version) : vscode.l10n.t("Version {0}", entry.version);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  item.id = `${node.root}\n${node.config}\n${entry.deployment}`;
  const at = Date.parse(entry.at);
  item.description = [
    vscode.l10n.t(DEPLOY_STATE_LABELS[entry.state]).toLowerCase(),
    Number.isFinite(at) ? sayAge(now - at) : "",
    entry.who ?? "",
  ]
    .filter(Boolean)
    .join(" · ");
  item.iconPath = themeIcon(STATE_ICONS[entry.state]);
  item.contextValue = DEPLOYMENT_CONTEXT.entry;
  item.command = { command: "mlops.deployment.open", title: vscode.l10n.t("Open Deployment"), arguments: [node] };
  const card = new vscode.MarkdownString("", true);
  for (const text of [
    entryWords(entry).join(" · "),
    entry.message,
    entry.reason === null ? null : vscode.l10n.t("Reason: {0}", entry.reason),
    vscode.l10n.t("Gate: {0}", entry.gate.decision),
  ]) {
    if (text !== null) {
      appendSentence(card, oneLine(text, 400)).appendMarkdown("\n\n");
    }
  }
  item.tooltip = card.appendText(entry.deployment);
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

function entryWords({ version, state, who, at }: DeploymentEntry): readonly string[] {
  return [vscode.l10n.t("version {0}", version), vscode.l10n.t(DEPLOY_STATE_LABELS[state]).toLowerCase(), who ?? "", at].filter(Boolean);
}

function themeIcon([name, colour]: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}
