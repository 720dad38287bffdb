import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { addDays, isDate } from "../../core/config/dates";
import { isMissing, isMissingSentence } from "../../core/config/placeholder";
import type { Fix } from "../../core/lint/fix";
import { writeHeader } from "../../core/lint/sources/headerComment";
import type { Suppression } from "../../core/lint/suppressions";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { neverCancelled } from "../platform/signals";
import { fixEdit } from "./fixEdit";
import type { LintServices } from "./lintServices";
import type { LintSession } from "./lintSession";
import { pickRule } from "./pickRule";

/** Days until a finding that was left as it is comes back, unless the person says otherwise. */
const USUAL_DAYS = 90;

/** Leaves the findings of a rule in a file as they are, once a person has said which, why, until when, and who decides it. */
export async function suppressFinding(
  session: LintSession,
  services: LintServices,
  uri: vscode.Uri,
  names: readonly string[],
): Promise<void> {
  const place = session.placeOf(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const found = (await session.lintOf(document))?.findings.filter(({ rule, suppressible }) => suppressible && names.includes(rule)) ?? [];
  const metas = [...new Map(found.map(({ rule, meta }) => [rule, meta])).values()];
  if (place === undefined || metas.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no finding of {0} in this file that may be left as it is.", names.join(", ")));
  }
  const rule = (metas.length === 1 ? metas[0] : await pickRule(metas, vscode.l10n.t("The rule whose findings are left as they are")))?.name;
  if (rule === undefined) {
    return;
  }
  const { today } = place.folder.options();
  const email = await services.userEmail(place.folder.uri.fsPath, neverCancelled());
  const entry = await ask(rule, today, email);
  const lint = entry === undefined ? null : await session.lintOf(document); // Somebody may have typed meanwhile.
  if (entry === undefined || lint === null) {
    return;
  }
  const written = fixEdit(place.folder, lint, suppression(lint, entry));
  if (!written.ok) {
    throw new AppError("usage", written.why);
  }
  await vscode.workspace.applyEdit(written.edit);
}

/** An mlops.yaml has a list for it, a pipeline's file of another tool only a comment. */
function suppression({ kind, text }: FileLint, { rule, why, until, by }: Suppression): Fix {
  const title = vscode.l10n.t("Leave {0} as it is", rule);
  return kind === "pipeline"
    ? { title, safe: false, changes: [], edits: writeHeader(text, "ignore", `${rule} until ${until} by ${by} because ${why}`) }
    : { title, safe: false, changes: [{ kind: "append", path: ["lint", "ignore"], value: { rule, why, until, by } }] };
}

/** Undefined when the person gives up. */
async function ask(rule: string, today: string, email: string | null): Promise<Suppression | undefined> {
  const title = (step: number): string => vscode.l10n.t("Leave {0} as it is ({1} of 3)", rule, step);
  const why = await vscode.window.showInputBox({
    title: title(1),
    prompt: vscode.l10n.t("Why is it right to leave this for now? The reason is listed in reports."),
    ignoreFocusOut: true,
    validateInput: (text) =>
      isMissingSentence(text, "production") ? vscode.l10n.t("Write a sentence of at least three words.") : undefined,
  });
  if (why === undefined) {
    return undefined;
  }
  const until = await vscode.window.showInputBox({
    title: title(2),
    prompt: vscode.l10n.t("Last day on which it stays silent (YYYY-MM-DD)"),
    value: addDays(today, USUAL_DAYS),
    ignoreFocusOut: true,
    validateInput: (text) => wrongDay(text.trim(), today),
  });
  if (until === undefined) {
    return undefined;
  }
  const by = await vscode.window.showInputBox({
    title: title(3),
    prompt: vscode.l10n.t("Who decides this? An e-mail address"),
    value: email ?? "",
    ignoreFocusOut: true,
    validateInput: (text) =>
      isMissing(text, "production") || /\s/.test(text.trim()) ? vscode.l10n.t("Write an e-mail address.") : undefined,
  });
  return by === undefined ? undefined : { rule, why: why.trim(), until: until.trim(), by: by.trim() };
}

function wrongDay(day: string, today: string): string | undefined {
  if (!isDate(day)) {
    return vscode.l10n.t("Write a day as YYYY-MM-DD.");
  }
  return day < today ? vscode.l10n.t("This day is over.") : undefined;
}
