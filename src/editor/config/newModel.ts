import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { startFile } from "../../core/config/startFile";
import type { NewModelDraft, NewModelFacts, Question } from "../../core/newModel/newModelQuestion";
import { DEFAULT_FILE, newModelQuestions } from "../../core/newModel/newModelQuestions";
import { firstOpenPlace, toStartAnswers } from "../../core/newModel/toStartAnswers";
import { localDate } from "../lint/localDate";
import { askQuestion } from "./askQuestion";
import type { ConfigParts } from "./configParts";
import { factsOfFolder } from "./factsOfFolder";

/** Asks for a new model in plain questions, writes its first file and opens it. Whoever stops on the way leaves nothing behind. */
export async function newModel(target: vscode.Uri | undefined, parts: ConfigParts): Promise<void> {
  const folder = target ?? (await chooseFolder());
  if (folder === undefined) {
    return;
  }
  const taken = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  const search = new AbortController();
  try {
    const known = { people: [], pipelines: [], files: [], taken };
    const facts = factsOfFolder(folder, taken, parts, localDate(parts.now()), search.signal);
    const draft = await askAll(known, facts);
    if (draft !== undefined) {
      await writeAndOpen(vscode.Uri.joinPath(folder, draft.file ?? DEFAULT_FILE), startFile(toStartAnswers(draft)));
    }
  } finally {
    search.abort();
  }
}

/** @returns undefined where somebody stopped. */
async function askAll(known: NewModelFacts, facts: Promise<NewModelFacts>): Promise<NewModelDraft | undefined> {
  let draft: NewModelDraft = {};
  for (let index = 0; ;) {
    const questions = newModelQuestions(draft, known);
    const question: Question | undefined = questions[index];
    if (question === undefined) {
      return draft;
    }
    const { id } = question;
    const answered = draft;
    const reply = await askQuestion(question, {
      number: index + 1,
      total: questions.length,
      before: draft[id],
      complete: facts.then((all) => newModelQuestions(answered, all).find((one) => one.id === id) ?? question),
    });
    switch (reply.kind) {
      case "cancel":
        return undefined;
      case "back":
        index = Math.max(0, index - 1);
        break;
      case "answer":
        draft = { ...draft, [id]: reply.value };
        index += 1;
        break;
    }
  }
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no folder to write the file to."), {
      remedy: vscode.l10n.t("Open a folder first, then run the command again."),
    });
  }
  const picked = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  return picked?.uri;
}

async function writeAndOpen(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new AppError("usage", vscode.l10n.t("{0} could not be written.", uri.fsPath), {
      remedy: vscode.l10n.t("It may have been made meanwhile, or the folder may be read-only; no file was changed."),
    });
  }
  const place = firstOpenPlace(text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    preview: false,
    ...(place === null ? {} : { selection: new vscode.Range(document.positionAt(place.start), document.positionAt(place.end)) }),
  });
}
