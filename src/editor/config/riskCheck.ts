import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { toTextEdits } from "../../core/config/edit/toTextEdits";
import { readConfig } from "../../core/config/readConfig";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import type { OwnerCandidate } from "../../core/lint/lintFacts";
import { riskChanges } from "../../core/riskCheck/riskChanges";
import { riskDraftOf } from "../../core/riskCheck/riskDraft";
import type { RiskDraft, RiskQuestion, RiskQuestionId } from "../../core/riskCheck/riskQuestion";
import { riskQuestions } from "../../core/riskCheck/riskQuestions";
import { textEdit } from "../lint/fixEdit";
import { localDate } from "../lint/localDate";
import { askQuestion, type Reply } from "./askQuestion";
import { askSeveral } from "./askSeveral";
import type { ConfigParts } from "./configParts";
import { peopleAround } from "./knownValues";

/**
 * Asks eight plain questions from which the risk class follows, and writes what was answered. Whoever stops on the way leaves the file as it is,
 * and an open answer changes nothing.
 * @param target a product's file; the one in the editor where none is given.
 * @param from the question to begin with, for who comes from a finding; all before it keep their answers.
 */
export async function riskCheck(target: vscode.Uri | undefined, from: string | undefined, parts: ConfigParts): Promise<void> {
  const document = await vscode.workspace.openTextDocument(productFile(target, parts));
  const { value: product } = readConfig(document.getText());
  const search = new AbortController();
  try {
    const place = parts.lint.worldOf(document.uri);
    const today = localDate(parts.now());
    const people = place === undefined ? [] : await peopleAround(place, today, search.signal).catch(() => []);
    const draft = await askAll(riskDraftOf(product), from, people);
    if (draft !== undefined) {
      await write(document, draft, today);
    }
  } finally {
    search.abort();
  }
}

function productFile(target: vscode.Uri | undefined, { lint }: ConfigParts): vscode.Uri {
  const uri = target ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined || configKindOf(lint.worldOf(uri)?.path ?? "") !== "product") {
    throw new AppError("usage", vscode.l10n.t("There is no mlops.yaml in the editor to write the answers to."), {
      remedy: vscode.l10n.t("Open the file of a model, or make one with “MLOps: New Model…”, then run the command again."),
    });
  }
  return uri;
}

/** @returns undefined where somebody stopped. */
async function askAll(start: RiskDraft, from: string | undefined, people: readonly OwnerCandidate[]): Promise<RiskDraft | undefined> {
  let draft = start;
  for (
    let index = Math.max(
      0,
      riskQuestions(start, people).findIndex(({ id }) => id === from),
    );
    ;
  ) {
    const questions = riskQuestions(draft, people);
    const question = questions[index];
    if (question === undefined) {
      // What was asked and then fell away is no answer any more.
      const asked = new Set<RiskQuestionId>(questions.map(({ id }) => id));
      return Object.fromEntries(Object.entries(draft).filter(([id]) => asked.has(id as RiskQuestionId)));
    }
    const reply = await ask(question, index + 1, questions.length, draft[question.id]);
    switch (reply.kind) {
      case "cancel":
        return undefined;
      case "back":
        index = Math.max(0, index - 1);
        break;
      case "answer":
        draft = { ...draft, [question.id]: reply.value };
        index += 1;
        break;
    }
  }
}

function ask(
  question: RiskQuestion,
  number: number,
  total: number,
  before: RiskDraft[RiskQuestionId],
): Promise<Reply<string | readonly string[] | null>> {
  if (question.many) {
    const { title, hint, choices } = question;
    return askSeveral({ title, hint, choices: choices ?? [] }, { number, total, before: typeof before === "string" ? [before] : before });
  }
  const answered = typeof before === "string" || before === null ? before : undefined;
  return askQuestion(question, { number, total, before: answered, complete: Promise.resolve(question) });
}

async function write(document: vscode.TextDocument, draft: RiskDraft, today: string): Promise<void> {
  // Somebody may have typed while the questions stood there.
  const text = document.getText();
  const written = toTextEdits(text, riskChanges(draft, readConfig(text).value, today));
  if (!written.ok) {
    throw new AppError("usage", written.why, {
      remedy: vscode.l10n.t("No answer was written. Mend the file, then answer again."),
    });
  }
  if (written.edits.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("The file says all of this already."));
    return;
  }
  const start = Math.min(...written.edits.map(({ range }) => range.start));
  const position = document.positionAt(start);
  if (!(await vscode.workspace.applyEdit(textEdit(document.uri, text, written.edits)))) {
    throw new AppError("usage", vscode.l10n.t("{0} could not be written.", document.uri.fsPath));
  }
  await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(position, position) });
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Your answers are in the file, not saved yet. They are no legal advice: have them read by whoever is responsible for compliance.",
    ),
  );
}
