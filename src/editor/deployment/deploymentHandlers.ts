import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { isCancelled, NEVER_CANCELLED } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { isBrowseNode } from "../../core/browse/node";
import type { TargetControl } from "../../core/deployment/targetControls";
import type { ApprovalDecision } from "../../core/deployment/waitingApproval";
import { TARGET_LABELS } from "../../core/deployment/view/deployWords";
import type { KnownReview } from "../../core/health/withReviews";
import type { ApprovalBoard } from "./approvalBoard";
import type { BoardTarget, DeploymentBoard } from "./deploymentBoard";
import { findDeployable } from "./deployableProducts";
import type { DeploymentCommandHandlers } from "./deploymentCommands";
import { targetWords } from "./deploymentItem";
import { type ApprovalNode, type DeploymentEntryNode, isTargetNode, type TargetNode } from "./deploymentNode";
import type { DeploymentFolder } from "./deploymentServices";
import type { DeployPanels } from "./deployPanels";
import { reviewApproval, showEvidence } from "./reviewApproval";
import { EMPTY_DEPLOY_FORM } from "./deploySubject";

export interface DeploymentHandlerParts {
  readonly board: DeploymentBoard;
  readonly approvals: ApprovalBoard;
  readonly panels: DeployPanels;
  readonly folders: () => readonly DeploymentFolder[];
}

/** Every command of deployments. Each answers when its target is missing: with a question or a sentence. */
export function createDeploymentHandlers({ board, approvals, panels, folders }: DeploymentHandlerParts): DeploymentCommandHandlers {
  const targetOf = (
    node: TargetNode | undefined,
    question: string,
    wanted: (target: BoardTarget) => boolean = () => true,
  ): Promise<BoardTarget | undefined> =>
    node === undefined
      ? pickTarget(board, question, wanted)
      : Promise.resolve(board.find(node.root, node.status.config, node.status.target) ?? node);
  const folderOf = (root: string): DeploymentFolder => {
    const folder = board.folder(root);
    if (folder === undefined) {
      throw new AppError("usage", vscode.l10n.t("The folder of this deployment is not open any more."));
    }
    return folder;
  };
  const control = async (node: TargetNode | undefined, question: string, what: TargetControl): Promise<void> => {
    demandTrust();
    const target = await targetOf(node, question, ({ status }) => status.version !== null);
    if (target !== undefined) {
      await carryOut(folderOf(target.root), target, what);
      await board.refresh();
    }
  };
  const review = async (node: ApprovalNode | undefined, decision: ApprovalDecision): Promise<void> => {
    demandTrust();
    const found = node ?? (await pickApproval(approvals));
    if (found !== undefined && (await reviewApproval(found, folderOf(found.root), decision))) {
      await approvals.refresh(true);
    }
  };
  return {
    "mlops.approval.approve": (node) => review(node, "approved"),
    "mlops.approval.reject": (node) => review(node, "rejected"),
    "mlops.approval.showEvidence": async (node) => {
      const found = node ?? (await pickApproval(approvals));
      if (found !== undefined) {
        await showEvidence(found.approval, folderOf(found.root));
      }
    },
    "mlops.approval.openWeb": async (node) => {
      const found = node ?? (await pickApproval(approvals));
      if (found?.approval.webUrl.startsWith("https://") === true) {
        await vscode.env.openExternal(vscode.Uri.parse(found.approval.webUrl, true));
      }
    },
    "mlops.deploy": async (argument) => {
      demandTrust();
      const found = await findDeployable(argument, folders(), vscode.l10n.t("Which model is to be deployed?"));
      if (found !== undefined) {
        const version = isBrowseNode(argument) && argument.kind === "version" ? argument.version.version : null;
        const target = isTargetNode(argument) ? argument.status.target : null;
        const form = { ...EMPTY_DEPLOY_FORM, version, target };
        panels.open({ kind: "plan", root: found.folder.root, config: found.config, intent: "deploy", form });
      }
    },
    "mlops.rollBack": async (argument) => {
      demandTrust();
      const node = isTargetNode(argument) ? argument : undefined;
      const target = await targetOf(node, vscode.l10n.t("Which target is to go back?"), ({ status }) => status.last !== null);
      if (target !== undefined) {
        const form = { ...EMPTY_DEPLOY_FORM, target: target.status.target };
        panels.open({ kind: "plan", root: target.root, config: target.status.config, intent: "rollback", form });
      }
    },
    "mlops.deployment.open": async (node) => {
      const entry = node ?? (await pickEntry(board));
      if (entry !== undefined) {
        panels.open({ kind: "deployment", root: entry.root, config: entry.config, id: entry.entry.deployment });
      }
    },
    "mlops.deployment.openPlan": async (node) => {
      const entry = node ?? (await pickEntry(board));
      if (entry !== undefined) {
        const folder = folderOf(entry.root);
        const plan = (await folder.read(entry.config, entry.entry.deployment, NEVER_CANCELLED))?.plan ?? null;
        if (plan === null) {
          throw new AppError("usage", vscode.l10n.t("The plan of {0} is not there any more.", entry.entry.deployment));
        }
        const content = folder.planText(plan);
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
      }
    },
    "mlops.deployment.compare": async (node) => {
      const target = await targetOf(node, vscode.l10n.t("Which target is to be compared?"), ({ status }) => status.last?.previous != null);
      if (target !== undefined) {
        await compareWithPrevious(folderOf(target.root), target);
      }
    },
    "mlops.deployment.score": (node) => control(node, vscode.l10n.t("Which target is to be asked?"), { kind: "score" }),
    "mlops.deployment.stop": async (node) => {
      demandTrust();
      const target = await targetOf(node, vscode.l10n.t("What is to be stopped?"), ({ status }) => status.version !== null);
      if (target !== undefined && (await isStopWanted(target))) {
        await carryOut(folderOf(target.root), target, { kind: "stop" });
        await board.refresh();
      }
    },
    "mlops.deployment.restart": (node) => control(node, vscode.l10n.t("What is to be started anew?"), { kind: "restart" }),
    "mlops.deployment.scale": async (node) => {
      demandTrust();
      const target = await targetOf(node, vscode.l10n.t("What is to be scaled?"), ({ status }) => status.version !== null);
      const replicas = target === undefined ? undefined : await askReplicas(target);
      if (target !== undefined && replicas !== undefined) {
        await carryOut(folderOf(target.root), target, { kind: "scale", replicas });
        await board.refresh();
      }
    },
    "mlops.deployment.refresh": async () => {
      await Promise.all([board.refresh(), approvals.refresh(true)]);
    },
  };
}

/** Shows that it goes on, lets it be cancelled, and tells what came of it. */
async function carryOut(folder: DeploymentFolder, { status }: BoardTarget, what: TargetControl): Promise<void> {
  const controls = await folder.controlsOf(status.config, status.target, NEVER_CANCELLED);
  if (!controls.includes(what.kind)) {
    throw new AppError(
      "usage",
      vscode.l10n.t("The target {0} ({1}) cannot do that.", status.target, vscode.l10n.t(TARGET_LABELS[status.type])),
    );
  }
  const title = `${status.product} · ${status.target}`;
  const sentence = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const work = new AbortController();
      token.onCancellationRequested(() => work.abort());
      return folder.control(status.config, status.target, what, work.signal).catch((error: unknown) => {
        if (isCancelled(error)) {
          return null;
        }
        throw error;
      });
    },
  );
  if (sentence !== null) {
    // The message stays until it is dismissed; the command is done.
    void vscode.window.showInformationMessage(`${title}: ${sentence}`);
  }
}

async function compareWithPrevious(folder: DeploymentFolder, { status }: BoardTarget): Promise<void> {
  const { config, target, version, last, product } = status;
  const previous = last?.previous ?? null;
  if (version === null || previous === null) {
    throw new AppError("usage", vscode.l10n.t("There is no version before the one that is there."));
  }
  const plan = await folder.planning.plan({ config, target, version: previous, intent: "rollback", reason: null }, NEVER_CANCELLED);
  // A plan compares what would come with what is there; here the one that is there is the newer one.
  const rows = plan.differences.map(
    ({ group, name, before, after }) => `| ${[group, name, after ?? "", before ?? ""].map(cell).join(" | ")} |`,
  );
  const content = [
    `# ${product}, ${target}: version ${version} beside version ${previous}`,
    "",
    rows.length === 0 ? vscode.l10n.t("Nothing is known that differs.") : `| | | version ${previous} | version ${version} |`,
    ...(rows.length === 0 ? [] : ["| --- | --- | --- | --- |", ...rows]),
    "",
  ].join("\n");
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
}

function cell(text: string): string {
  return text.replace(/[|\\`*_<>[\]]/g, (sign) => `\\${sign}`).replace(/\s+/g, " ");
}

async function isStopWanted({ status }: BoardTarget): Promise<boolean> {
  const stop = vscode.l10n.t("Stop Serving");
  const question = vscode.l10n.t("Stop version {0} of {1} on {2}?", status.version ?? "", status.product, status.target);
  const detail = vscode.l10n.t("Whoever asks the model then gets no answer until it is deployed or restarted.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, stop)) === stop;
}

async function askReplicas({ status }: BoardTarget): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("How many copies of {0} are to run?", status.product),
    value: String(status.health?.replicas?.wanted ?? 1),
    validateInput: (value) => (/^(?:[1-9]\d{0,2})$/.test(value.trim()) ? null : vscode.l10n.t("A whole number from 1 to 999.")),
  });
  return text === undefined ? undefined : Number(text.trim());
}

function demandTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new AppError("usage", vscode.l10n.t("Nothing is deployed from a folder that you do not trust."), {
      remedy: vscode.l10n.t("Trust the folder first: run Workspaces: Manage Workspace Trust."),
    });
  }
}

async function pickTarget(
  board: DeploymentBoard,
  placeHolder: string,
  wanted: (target: BoardTarget) => boolean,
): Promise<BoardTarget | undefined> {
  const targets = (await board.ready()).filter(wanted);
  if (targets.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no such target in this workspace."), {
      remedy: vscode.l10n.t("Run MLOps: Deploy… first."),
    });
  }
  const items = targets.map((target) => ({
    label: `${target.status.product} · ${target.status.target}`,
    description: targetWords(target.status).filter(Boolean).join(" · "),
    detail: vscode.l10n.t(TARGET_LABELS[target.status.type]),
    target,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.target;
}

async function pickApproval(approvals: ApprovalBoard): Promise<KnownReview | undefined> {
  await approvals.refresh(true);
  const [problem] = approvals.problems;
  if (approvals.all.length === 0) {
    throw new AppError("usage", problem ?? vscode.l10n.t("No deployment of this workspace waits for a review on GitHub."));
  }
  const items = approvals.all.map((found) => ({
    label: oneLine(found.approval.title),
    description: found.approval.environment.name,
    detail: found.approval.cannot ?? found.approval.repository,
    found,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which deployment?") }))?.found;
}

async function pickEntry(board: DeploymentBoard): Promise<DeploymentEntryNode | undefined> {
  const items = [];
  const seen = new Set<string>();
  for (const { root, status } of await board.ready()) {
    if (!seen.has(`${root}\n${status.config}`)) {
      seen.add(`${root}\n${status.config}`);
      for (const entry of (await board.history(root, status.config)).entries.slice(0, 100)) {
        const node: DeploymentEntryNode = { kind: "deploymentEntry", root, config: status.config, entry };
        items.push({
          label: `${entry.product} · ${entry.target}`,
          description: `${entry.version} · ${entry.state}`,
          detail: entry.at,
          node,
        });
      }
    }
  }
  if (items.length === 0) {
    throw new AppError("usage", vscode.l10n.t("Nothing was deployed from this workspace yet."), {
      remedy: vscode.l10n.t("Run MLOps: Deploy… first."),
    });
  }
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which deployment?"), matchOnDescription: true }))?.node;
}
