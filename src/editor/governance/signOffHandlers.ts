import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { folderOf, inFolder } from "../../core/lint/workspace/workspacePath";
import { signOffDraft } from "../../core/governance/signOffDraft";
import { SIGN_OFF_SUBJECTS, type NeededSignOff } from "../../core/governance/signOffStanding";
import { localDate } from "../lint/localDate";
import { placeOf } from "./followSignOffs";
import type { BoardProduct, SignOffBoard } from "./signOffBoard";
import type { SignOffArgument, SignOffCommandHandlers } from "./signOffCommands";
import { groupNodes, isSignOffNode, type SignOffItemNode } from "./signOffNode";
import type { SignOffFolder } from "./signOffServices";
import { subjectWords } from "../../core/governance/subjectWords";

export interface SignOffHandlerParts {
  readonly board: SignOffBoard;
  readonly folders: () => readonly SignOffFolder[];
  readonly now: () => Date;
}

/** Every command of sign-offs. None of them decides, signs or names anybody: they prepare files and open them for people. */
export function createSignOffHandlers(parts: SignOffHandlerParts): SignOffCommandHandlers {
  const { board } = parts;
  return {
    "mlops.signOff.request": async (target) => {
      demandTrust();
      await board.ready();
      const product = await productOf(target, parts, vscode.l10n.t("A sign-off of which model?"));
      const needed = product === undefined ? undefined : await neededOf(target, product);
      if (product !== undefined && needed !== undefined) {
        await prepare(product, needed, parts);
      }
    },
    "mlops.signOff.sign": async (target) => {
      await board.ready();
      const item = await draftOf(target, parts);
      if (item?.standing === undefined || item.standing === null) {
        return;
      }
      await openDraft(uriIn(item.root, item.standing.file));
      const me = await board.folder(item.root)?.me(board.signal);
      const address = me ?? vscode.l10n.t("your own address");
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "Fill in who, decision and statement yourself, then commit this file alone, as {0}. Nothing is filled in for you.",
          address,
        ),
      );
    },
    "mlops.signOff.open": async (item) => {
      const chosen = item ?? (await pickItem(allItems(board), vscode.l10n.t("Which sign-off?")));
      if (chosen !== undefined) {
        await vscode.window.showTextDocument(uriIn(chosen.root, chosen.standing?.file ?? chosen.config));
      }
    },
    "mlops.signOff.refresh": async () => {
      parts.folders().forEach((folder) => folder.forgetFacts());
      await board.refresh();
    },
  };
}

/** Writes a draft beside the product and opens it, saying whom to ask and why. */
async function prepare({ root, register }: BoardProduct, needed: NeededSignOff, { board, now }: SignOffHandlerParts): Promise<void> {
  const { config, binding } = register;
  const folder = board.folder(root);
  const product = folder === undefined ? null : await readProductAt(config, folder.files, board.signal);
  if (folder === undefined || product === null) {
    throw new AppError("file/unreadable", vscode.l10n.t("The file {0} cannot be read.", config));
  }
  const there = new Set(await folder.files.list(board.signal));
  const isTaken = (path: string): boolean => there.has(inFolder(folderOf(config), path));
  const { path, content } = signOffDraft({ product, needed, binding, today: localDate(now()), isTaken });
  const uri = uriIn(root, inFolder(folderOf(config), path));
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  } catch (error) {
    throw new AppError("file/unwritable", vscode.l10n.t("{0} could not be written.", uri.fsPath), {
      cause: error,
      remedy: vscode.l10n.t("Look whether the folder can be written to."),
    });
  }
  await openDraft(uri);
  await sayWhomToAsk(needed, path);
}

async function sayWhomToAsk({ subject, ask, why }: NeededSignOff, path: string): Promise<void> {
  const people = ask.map((one) => oneLine(one, 100)).join(", ");
  const whom = people === "" ? vscode.l10n.t("somebody who may decide that") : people;
  const copy = vscode.l10n.t("Copy Message");
  const told = vscode.l10n.t("Ask {0} to sign the {1}. {2}", whom, subjectWords(subject), oneLine(why, 200));
  // The message stays until the person answers; the command itself is done.
  void vscode.window.showInformationMessage(told, copy, vscode.l10n.t("Not Now")).then(async (button) => {
    if (button === copy) {
      const text = vscode.l10n.t(
        "Please look at {0} and decide: fill in who, decision and statement, and commit the file yourself. {1}",
        path,
        why,
      );
      await vscode.env.clipboard.writeText(text);
    }
  });
}

/** The cursor stands where the person begins to write. */
async function openDraft(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const line = /^(?=who:)/m.exec(document.getText())?.index;
  const at = line === undefined ? new vscode.Position(0, 0) : document.positionAt(line).translate(1);
  const end = document.lineAt(Math.min(at.line, document.lineCount - 1)).range.end;
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end), preview: false });
}

async function productOf(
  target: SignOffArgument | undefined,
  parts: SignOffHandlerParts,
  placeHolder: string,
): Promise<BoardProduct | undefined> {
  const { board } = parts;
  const place = isSignOffNode(target)
    ? { root: target.root, config: target.config }
    : placeOfFile(target ?? vscode.window.activeTextEditor?.document.uri, parts);
  const known = place === undefined ? undefined : board.find(place.root, place.config);
  if (known !== undefined || board.all.length <= 1) {
    const [only] = board.all;
    if (known === undefined && only === undefined) {
      throw new AppError("usage", vscode.l10n.t("There is no mlops.yaml in this workspace."), {
        remedy: vscode.l10n.t("Run MLOps: New Model first."),
      });
    }
    return known ?? only;
  }
  const items = board.all.map((product) => ({ label: oneLine(product.register.product), description: product.register.config, product }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.product;
}

function placeOfFile(
  file: vscode.Uri | string | undefined,
  { folders }: SignOffHandlerParts,
): { readonly root: string; readonly config: string } | undefined {
  const place = file === undefined ? undefined : placeOf(typeof file === "string" ? vscode.Uri.file(file) : file, folders());
  return place === undefined ? undefined : { root: place.folder.root, config: place.path };
}

/** What is asked for: that of the line, else a choice of what is needed first, then of all that people decide on. */
async function neededOf(target: SignOffArgument | undefined, { register }: BoardProduct): Promise<NeededSignOff | undefined> {
  if (isSignOffNode(target) && target.needed !== null) {
    return target.needed;
  }
  const open = register.needed.filter(({ isMet }) => !isMet);
  const others = SIGN_OFF_SUBJECTS.filter((subject) => !register.needed.some((one) => one.subject === subject));
  const why = vscode.l10n.t("Nothing asks for it; anybody may still decide and sign.");
  const items = [
    ...open.map((needed) => ({ label: needed.subject, description: needed.ask.join(", "), detail: needed.why, needed })),
    ...others.map((subject) => {
      const needed: NeededSignOff = {
        ...{ subject, role: null, ask: [], why, blocks: false, isDue: false, standing: null, isMet: false, problem: null },
      };
      return { label: subject, description: "", detail: why, needed };
    }),
  ];
  const placeHolder = vscode.l10n.t("What is to be decided on?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))?.needed;
}

/** A draft to be filled in: that of the line, else a choice, in which those that wait for whoever works here come first. */
async function draftOf(target: SignOffArgument | undefined, parts: SignOffHandlerParts): Promise<SignOffItemNode | undefined> {
  const isDraft = ({ standing }: SignOffItemNode): boolean => standing?.state === "draft" || standing?.state === "uncommitted";
  if (isSignOffNode(target) && isDraft(target)) {
    return target;
  }
  const drafts = allItems(parts.board).filter(isDraft);
  const [only] = drafts;
  if (only === undefined) {
    throw new AppError("usage", vscode.l10n.t("There is no draft of a sign-off here."), {
      remedy: vscode.l10n.t("Run MLOps: Request Sign-Off to prepare one."),
    });
  }
  return drafts.length === 1 ? only : pickItem(drafts, vscode.l10n.t("Which sign-off do you want to fill in?"));
}

function allItems({ all }: SignOffBoard): readonly SignOffItemNode[] {
  return (["open", "stale", "expiring", "given", "past"] as const).flatMap((group) => groupNodes(all, group));
}

async function pickItem(nodes: readonly SignOffItemNode[], placeHolder: string): Promise<SignOffItemNode | undefined> {
  const items = nodes.map((node) => ({
    label: `${oneLine(node.product)} · ${node.needed?.subject ?? node.standing?.subject ?? ""}`,
    description: node.isMine ? vscode.l10n.t("waits for you") : "",
    detail: node.standing?.file ?? node.needed?.why ?? "",
    node,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.node;
}

function uriIn(root: string, path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split("/"));
}

function demandTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new AppError("usage", vscode.l10n.t("No sign-off is prepared in a folder that you do not trust."), {
      remedy: vscode.l10n.t("Trust the folder first: run Workspaces: Manage Workspace Trust."),
    });
  }
}
