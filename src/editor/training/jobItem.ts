import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { EngineId } from "../../core/training/trainSpec";
import { costSoFar, kpiWords } from "../../core/training/view/toJobPage";
import { durationWords, ENGINE_LABELS, jobStateOf, money, REASON_LABELS, STATE_LABELS } from "../../core/training/view/trainingWords";
import type { RetrainJobState } from "../../protocol/retrain";
import { appendSentence } from "../platform/appendSentence";
import { sayAge } from "../platform/sayAge";
import { sayNumber } from "../platform/sayNumber";
import { isRunning, JOB_CONTEXT, type JobItemNode, type JobNode } from "./jobNode";

const ICONS: Readonly<Record<RetrainJobState, readonly [icon: string, colour: string]>> = {
  claimed: ["clock", "descriptionForeground"],
  queued: ["clock", "descriptionForeground"],
  running: ["sync~spin", "charts.blue"],
  succeeded: ["pass", "testing.iconPassed"],
  failed: ["error", "list.errorForeground"],
  cancelled: ["circle-slash", "descriptionForeground"],
  unknown: ["question", "list.warningForeground"],
  refused: ["error", "list.errorForeground"],
};

/** What a training runs on, as an icon: the place of a job matters once something is wrong with it. */
const ENGINE_ICONS: Readonly<Record<EngineId, string>> = {
  local: "vm",
  dvc: "database",
  ray: "server-process",
  airflow: "type-hierarchy",
  github_actions: "github",
};

/** How a line of the view looks. */
export function toJobItem(node: JobNode, now: number): vscode.TreeItem {
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case "jobGroup": {
      const item = new vscode.TreeItem(node.group === "running" ? vscode.l10n.t("Running") : vscode.l10n.t("Finished"), Expanded);
      item.id = node.group;
      item.description = String(node.count);
      item.contextValue = JOB_CONTEXT.group;
      return item;
    }
    case "job":
      return jobItem(node, now);
    case "jobProblem": {
      const item = new vscode.TreeItem(oneLine(node.text, 300), None);
      item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
      item.tooltip = new vscode.MarkdownString().appendText(node.text);
      item.contextValue = JOB_CONTEXT.problem;
      return item;
    }
    case "moreJobs": {
      const item = new vscode.TreeItem(vscode.l10n.t("Load more ({0})", node.rest), None);
      item.command = { command: "mlops.jobs.loadMore", title: vscode.l10n.t("Load More Trainings") };
      item.iconPath = new vscode.ThemeIcon("ellipsis");
      item.contextValue = JOB_CONTEXT.more;
      return item;
    }
  }
}

function jobItem(node: JobItemNode, now: number): vscode.TreeItem {
  const { job } = node.entry;
  const state = jobStateOf(job);
  const item = new vscode.TreeItem(oneLine(job.product), vscode.TreeItemCollapsibleState.None);
  item.id = `${node.root}\n${node.id}`;
  const words = stateWords(job);
  const cost = job.outcome?.cost ?? null;
  item.description = [words, sayAge(now - job.createdAt), durationWords(job, now), cost === null ? "" : sayNumber(money(cost))]
    .filter(Boolean)
    .join(" · ");
  const [icon, colour] = ICONS[state];
  // What goes on is seen by its state, what is over by where it ran only in its tooltip.
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  const hasRun = (job.outcome?.runs.length ?? 0) > 0;
  item.contextValue = `${isRunning(job) ? JOB_CONTEXT.running : JOB_CONTEXT.finished}${hasRun ? JOB_CONTEXT.withRun : ""}`;
  item.command = { command: "mlops.jobs.open", title: vscode.l10n.t("Open Training"), arguments: [node] };
  item.accessibilityInformation = { label: `${oneLine(job.product)}, ${vscode.l10n.t(ENGINE_LABELS[job.engine])}, ${item.description}` };
  return item;
}

export function stateWords(job: TrainingJob): string {
  const label = vscode.l10n.t(STATE_LABELS[jobStateOf(job)]);
  const asked = isRunning(job) && job.cancelAsked != null;
  const share = job.status.progress === null || !isRunning(job) ? "" : ` ${String(Math.round(job.status.progress * 100))} %`;
  return asked ? vscode.l10n.t("Being cancelled") : `${label}${share}`;
}

/** The hover card: why, with which values, and what came of it. Texts come from files and are shown as text. */
export function jobCard({ entry: { job, problem } }: JobItemNode, plan: RetrainPlan | null, now: number): vscode.MarkdownString {
  const params = (plan?.params ?? []).map(({ field, value }) => `${field.name}=${String(value)}`).join(", ");
  const card = new vscode.MarkdownString("", true);
  card.appendMarkdown("**").appendText(oneLine(job.product)).appendMarkdown("** ");
  card.appendMarkdown(`$(${ENGINE_ICONS[job.engine]}) `).appendText(vscode.l10n.t(ENGINE_LABELS[job.engine])).appendMarkdown("\n\n");
  const sentence = (text: string): void => void appendSentence(card, oneLine(text, 400)).appendMarkdown("\n\n");
  sentence([stateWords(job), durationWords(job, now)].filter(Boolean).join(", "));
  const cost = costSoFar(job, plan, now);
  if (cost !== "") {
    sentence(cost);
  }
  for (const text of [job.status.message, problem, job.outcomeProblem ?? null]) {
    if (text !== null) {
      sentence(text);
    }
  }
  sentence(`${vscode.l10n.t(REASON_LABELS[job.reason.kind])}: ${job.reason.text}`);
  if (job.againBecause !== null) {
    sentence(vscode.l10n.t("Again because: {0}", job.againBecause));
  }
  if (params !== "") {
    sentence(params);
  }
  for (const kpi of (job.outcome?.kpis ?? []).slice(0, 8)) {
    appendSentence(card.appendMarkdown("- "), oneLine(kpiWords(kpi), 300)).appendMarkdown("\n");
  }
  for (const { name } of (job.outcome?.runs ?? []).slice(0, 3)) {
    card.appendMarkdown("\n").appendText(vscode.l10n.t("Run: {0}", oneLine(name)));
  }
  card.appendMarkdown("\n\n").appendText(job.id);
  return card;
}
