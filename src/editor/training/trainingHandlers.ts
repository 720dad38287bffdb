import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { NEVER_CANCELLED } from "../../core/base/cancel";
import { ENGINE_LABELS } from "../../core/training/view/trainingWords";
import { decideProposal } from "../platform/proposeFile";
import { checkDataOf } from "./checkDataOf";
import { compareJob } from "./compareJob";
import { stateWords } from "./jobItem";
import type { BoardJob, JobBoard } from "./jobBoard";
import type { JobLogDocuments } from "./jobLogDocuments";
import { isRunning, type JobItemNode } from "./jobNode";
import { allProducts, findProduct, reasonOf } from "./products";
import { addTrainingAutomation, writeRunbook } from "./proposeTrainingFiles";
import { isCancelWanted } from "./retrainPanel";
import type { RetrainPanels } from "./retrainPanels";
import { formOf } from "./retrainSession";
import { EMPTY_FORM } from "./retrainTarget";
import type { TrainingCommandHandlers } from "./trainingCommands";
import { pickEngineServer, setEngineLogin } from "./trainingLogins";
import type { TrainingFolder, TrainingServices } from "./trainingServices";

export interface TrainingHandlerParts {
  readonly context: vscode.ExtensionContext;
  readonly board: JobBoard;
  readonly panels: RetrainPanels;
  readonly logs: JobLogDocuments;
  readonly folders: () => readonly TrainingFolder[];
  readonly services: Pick<TrainingServices, "setLogin">;
}

/** Every command of trainings. Each answers when its target is missing: with a question or a sentence. */
export function createTrainingHandlers(parts: TrainingHandlerParts): TrainingCommandHandlers {
  const { board, panels, logs, folders, context } = parts;
  const jobOf = (
    node: JobItemNode | undefined,
    question: string,
    wanted: (entry: BoardJob) => boolean = () => true,
  ): Promise<BoardJob | undefined> =>
    node === undefined ? pickJob(board, question, wanted) : Promise.resolve(board.find(node.root, node.id) ?? node.entry);
  const folderOf = (root: string): TrainingFolder => {
    const folder = board.folder(root);
    if (folder === undefined) {
      throw new AppError("usage", vscode.l10n.t("The folder of this training is not open any more."));
    }
    return folder;
  };
  return {
    "mlops.retrain": async (target) => {
      demandTrust();
      const found = await findProduct(target, folders(), vscode.l10n.t("Which model is to be trained anew?"));
      if (found !== undefined) {
        panels.open({ kind: "plan", root: found.folder.root, config: found.config, form: EMPTY_FORM, reason: reasonOf(target) });
      }
    },
    "mlops.jobs.open": async (node) => {
      const entry = await jobOf(node, vscode.l10n.t("Which training?"));
      if (entry !== undefined) {
        panels.open({ kind: "job", root: entry.root, config: entry.job.config, id: entry.job.id });
      }
    },
    "mlops.jobs.openLog": async (node) => {
      const entry = await jobOf(node, vscode.l10n.t("The log of which training?"));
      if (entry !== undefined) {
        await logs.show(entry.root, entry.job);
      }
    },
    "mlops.jobs.openPlan": async (node) => {
      const entry = await jobOf(node, vscode.l10n.t("The plan of which training?"));
      if (entry !== undefined) {
        await showPlan(folderOf(entry.root), entry.job);
      }
    },
    "mlops.jobs.cancel": async (node) => {
      demandTrust();
      const entry = await jobOf(node, vscode.l10n.t("Which training is to be cancelled?"), ({ job }) => isRunning(job));
      if (entry !== undefined && (await isCancelWanted(entry.job.product))) {
        const folder = folderOf(entry.root);
        board.take(folder, await folder.jobs.cancel(entry.job, NEVER_CANCELLED));
      }
    },
    "mlops.jobs.again": async (node) => {
      demandTrust();
      const entry = await jobOf(node, vscode.l10n.t("Which training is to be repeated?"));
      if (entry !== undefined) {
        const { root, job } = entry;
        const plan = await folderOf(root).jobs.plan(job, NEVER_CANCELLED);
        const reason = { kind: "manual", text: `Trained again, as in ${job.id}.` } as const;
        panels.open({ kind: "plan", root, config: job.config, form: formOf(job, plan), reason });
      }
    },
    "mlops.jobs.compare": async (node) => {
      const entry = await jobOf(node, vscode.l10n.t("Which training is to be compared?"), ({ job }) => (job.outcome?.runs.length ?? 0) > 0);
      if (entry !== undefined) {
        await compareJob(entry, "previous", board);
      }
    },
    "mlops.jobs.copyId": async (node) => {
      const entry = await jobOf(node, vscode.l10n.t("The ID of which training?"));
      if (entry !== undefined) {
        await vscode.env.clipboard.writeText(entry.job.id);
        vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
      }
    },
    "mlops.jobs.refresh": () => board.refresh(),
    "mlops.jobs.loadMore": () => board.loadMore(),
    "mlops.training.checkData": async (target) => {
      const found = await findProduct(target, folders(), vscode.l10n.t("The data of which model?"));
      if (found !== undefined) {
        await checkDataOf(found);
      }
    },
    "mlops.training.addAutomation": async (target) => {
      const found = await findProduct(target, folders(), vscode.l10n.t("Which model is to be trained by itself?"));
      if (found !== undefined) {
        await addTrainingAutomation(found, context);
      }
    },
    "mlops.training.writeRunbook": async (target) => {
      const found = await findProduct(target, folders(), vscode.l10n.t("The runbook of which model?"));
      if (found !== undefined) {
        await writeRunbook(found);
      }
    },
    "mlops.training.setLogin": async () => {
      demandTrust();
      const address = await pickEngineServer(await allProducts(folders()));
      if (address !== undefined) {
        await setEngineLogin(address, parts.services);
      }
    },
    "mlops.proposal.write": (document) => decideProposal(true, document),
    "mlops.proposal.discard": (document) => decideProposal(false, document),
  };
}

/** Shows what was confirmed, as it was confirmed. */
export async function showPlan(folder: TrainingFolder, job: BoardJob["job"]): Promise<void> {
  const plan = await folder.jobs.plan(job, NEVER_CANCELLED);
  if (plan === null) {
    throw new AppError("usage", vscode.l10n.t("The plan of {0} is not there any more.", job.id));
  }
  const content = folder.planText(plan);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
}

function demandTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new AppError("usage", vscode.l10n.t("Nothing is trained or ended in a folder that you do not trust."), {
      remedy: vscode.l10n.t("Trust the folder first: run Workspaces: Manage Workspace Trust."),
    });
  }
}

async function pickJob(board: JobBoard, placeHolder: string, wanted: (entry: BoardJob) => boolean): Promise<BoardJob | undefined> {
  const entries = (await board.ready()).filter(wanted);
  if (entries.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no such training in this workspace."), {
      remedy: vscode.l10n.t("Run MLOps: Retrain… to start one."),
    });
  }
  const items = entries.map((entry) => ({
    label: entry.job.product,
    description: `${stateWords(entry.job)} · ${vscode.l10n.t(ENGINE_LABELS[entry.job.engine])}`,
    detail: entry.job.id,
    entry,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))?.entry;
}
