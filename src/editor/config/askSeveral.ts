import * as vscode from "vscode";

import type { Choice } from "../../core/newModel/newModelQuestion";
import { NONE_OF_THESE } from "../../core/riskCheck/riskQuestion";
import { type Reply, show, type Step } from "./askQuestion";

interface Item extends vscode.QuickPickItem {
  readonly value: string | null;
}

/** What was answered before: undefined for the first time, null for an open answer, an empty list for none of the choices. */
export type Several = readonly string[] | null;

/**
 * Asks for all answers that are true. None of them, and an open answer, are entries of their own: an empty list is never taken for an answer,
 * because nobody is to say no to a legal question by pressing Enter.
 */
export function askSeveral(
  question: { readonly title: string; readonly hint: string; readonly choices: readonly Choice[] },
  step: Pick<Step, "number" | "total"> & { readonly before: Several | undefined },
): Promise<Reply<Several>> {
  const input = vscode.window.createQuickPick<Item>();
  input.canSelectMany = true;
  input.matchOnDetail = true;
  input.placeholder = question.hint;
  input.items = question.choices.map(({ value, label, description, detail }) => ({
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
  }));
  const { before } = step;
  let chosen = input.items.filter(({ value }) => isChosen(value, before));
  input.selectedItems = chosen;
  return show<Several, typeof input>(input, question.title, step, (reply) => {
    input.onDidChangeSelection((selected) => {
      const added = selected.filter((item) => !chosen.includes(item));
      const kept = added.some(isAlone)
        ? added.filter(isAlone).slice(-1)
        : added.length > 0
          ? selected.filter((item) => !isAlone(item))
          : selected;
      chosen = [...kept];
      if (kept.length !== selected.length) {
        input.selectedItems = chosen;
      }
      input.placeholder = question.hint;
    });
    input.onDidAccept(() => {
      const [first] = chosen;
      if (first === undefined) {
        input.placeholder = vscode.l10n.t("Choose at least one entry; “None of these” and “Unsure” are entries too.");
        return;
      }
      const values = chosen.flatMap(({ value }) => (value === null || value === NONE_OF_THESE ? [] : [value]));
      reply({ kind: "answer", value: first.value === null ? null : values });
    });
  });
}

/** What cannot be true together with anything else. */
function isAlone({ value }: Item): boolean {
  return value === null || value === NONE_OF_THESE;
}

function isChosen(value: string | null, before: Several | undefined): boolean {
  if (before === undefined) {
    return false;
  }
  if (before === null) {
    return value === null;
  }
  return before.length === 0 ? value === NONE_OF_THESE : value !== null && before.includes(value);
}
