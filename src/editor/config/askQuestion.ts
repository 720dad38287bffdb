import * as vscode from "vscode";

import type { Choice, Question } from "../../core/newModel/newModelQuestion";

/** A question of any list of questions. */
type AnyQuestion = Omit<Question, "id">;

/** Where a question stands among all. */
export interface Step {
  readonly number: number;
  readonly total: number;
  /** What was answered before; undefined for the first time. */
  readonly before: string | null | undefined;
  /** The same question with all that is known of the place, which may take a while to find out. */
  readonly complete: Promise<AnyQuestion>;
}

/** An answer, a step back, or the end of it all. */
export type Reply<A = string | null> =
  { readonly kind: "answer"; readonly value: A } | { readonly kind: "back" } | { readonly kind: "cancel" };

export async function askQuestion(question: AnyQuestion, step: Step): Promise<Reply> {
  return question.choices === null ? askText(question, step) : askChoice(question, question.choices, step);
}

async function askText(question: AnyQuestion, step: Step): Promise<Reply> {
  const input = vscode.window.createInputBox();
  input.prompt = question.hint;
  input.value = step.before ?? question.proposal;
  const faultOf = (typed: string): string | null => (typed.trim() === "" && question.mayBeEmpty ? null : question.fault(typed.trim()));
  return show(input, question.title, step, (reply) => {
    input.onDidChangeValue((typed) => {
      // Nobody is told of a fault before anything was typed.
      input.validationMessage = typed.trim() === "" ? undefined : (faultOf(typed) ?? undefined);
    });
    input.onDidAccept(() => {
      const fault = faultOf(input.value);
      if (fault === null) {
        const typed = input.value.trim();
        reply({ kind: "answer", value: typed === "" ? null : typed });
      } else {
        input.validationMessage = fault;
      }
    });
  });
}

interface Item extends vscode.QuickPickItem {
  /** Null for what was typed. */
  readonly choice: Choice | null;
}

async function askChoice(question: AnyQuestion, choices: readonly Choice[], step: Step): Promise<Reply> {
  const input = vscode.window.createQuickPick<Item>();
  input.placeholder = question.hint;
  input.matchOnDescription = true;
  let all = choices;
  let drawn: readonly Choice[] | null = null;
  const draw = (): void => {
    if (!question.takesText && all === drawn) {
      return; // The same list once more would take the selection away for a moment, and an Enter with it.
    }
    drawn = all;
    const items = all.map(toItem);
    const typed = question.takesText ? input.value.trim() : "";
    const isChoice = all.some(({ value, label }) => value === typed || label === typed);
    const fault = question.fault(typed);
    // What is no answer would stand above the entries that it finds, and Enter would take it.
    const isSearch = fault !== null && all.some((choice) => isFoundBy(choice, typed));
    input.items = typed === "" || isChoice || isSearch ? items : [...items, typedItem(typed, fault)];
  };
  draw();
  const select = (): void => {
    const before = input.items.find(({ choice }) => choice?.value === step.before);
    if (step.before !== undefined && before !== undefined) {
      input.activeItems = [before];
    }
  };
  if (typeof step.before === "string" && !choices.some(({ value }) => value === step.before)) {
    input.value = question.takesText ? step.before : "";
    draw();
  }
  select();
  input.busy = true;
  // What stood in the field when Enter came while the list was being renewed, so that nothing was selected in it; null for no such Enter.
  let accepted: string | null = null;
  return show(input, question.title, step, (reply) => {
    void step.complete.then((complete) => {
      all = sameChoices(complete.choices, all) ? all : (complete.choices ?? all);
      input.busy = false;
      draw();
      select();
    });
    input.onDidChangeValue(() => {
      accepted = null;
      draw();
    });
    input.onDidChangeActive(([active]) => {
      // The list tells of its first entry before the field tells that it was emptied: only what was meant is taken.
      if (accepted !== null && active?.choice != null && isFoundBy(active.choice, accepted)) {
        reply({ kind: "answer", value: active.choice.value });
      }
    });
    input.onDidAccept(() => {
      const choice = input.selectedItems[0]?.choice ?? (question.takesText ? null : namedChoice(all, input.value));
      // Who types fast presses Enter before the list has what was typed, so the field counts.
      const typed = question.takesText ? input.value.trim() : "";
      if (choice !== null) {
        reply({ kind: "answer", value: choice.value });
      } else if (typed !== "" && question.fault(typed) === null) {
        reply({ kind: "answer", value: typed });
      } else {
        const [found, ...others] = typed === "" ? [] : all.filter((one) => isFoundBy(one, typed));
        if (found !== undefined && others.length === 0) {
          reply({ kind: "answer", value: found.value });
          return;
        }
        accepted = input.selectedItems.length === 0 ? input.value : null;
      }
    });
  });
}

function sameChoices(a: readonly Choice[] | null, b: readonly Choice[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The choice whose value or label was typed whole, for who presses Enter before the list has found it. */
function namedChoice(choices: readonly Choice[], typed: string): Choice | null {
  const wanted = typed.trim().toLowerCase();
  return choices.find(({ value, label }) => value?.toLowerCase() === wanted || label.toLowerCase() === wanted) ?? null;
}

function isFoundBy({ value, label, description }: Choice, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return [value, label, description].some((text) => text?.toLowerCase().includes(wanted) === true);
}

function toItem(choice: Choice): Item {
  const { label, description, detail } = choice;
  return { label, choice, ...(description === undefined ? {} : { description }), ...(detail === undefined ? {} : { detail }) };
}

/** What was typed, below all that it finds; with its fault while it is no answer. */
function typedItem(typed: string, fault: string | null): Item {
  return {
    label: typed,
    ...(fault === null ? { description: vscode.l10n.t("as typed") } : { detail: fault }),
    alwaysShow: true,
    choice: null,
  };
}

/** Shows an input until it is answered, left by a step back, or closed. */
export function show<
  A,
  T extends vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[]; onDidTriggerButton: vscode.Event<vscode.QuickInputButton> },
>(
  input: T,
  title: string,
  { number, total }: Pick<Step, "number" | "total">,
  listen: (reply: (reply: Reply<A>) => void) => void,
): Promise<Reply<A>> {
  input.title = title;
  input.step = number;
  input.totalSteps = total;
  // Somebody looks up an answer elsewhere and comes back.
  input.ignoreFocusOut = true;
  input.buttons = number > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Reply<A>>((resolve) => {
    const reply = (answer: Reply<A>): void => {
      resolve(answer);
      input.dispose();
    };
    listen(reply);
    input.onDidTriggerButton(() => reply({ kind: "back" }));
    input.onDidHide(() => reply({ kind: "cancel" }));
    input.show();
  });
}
