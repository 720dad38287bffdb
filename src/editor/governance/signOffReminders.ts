import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { oneLine } from "../../core/base/oneLine";
import { dueReminders, type SignOffReminder } from "../../core/governance/dueReminders";
import { localDate } from "../lint/localDate";
import type { SignOffBoard } from "./signOffBoard";

const TOLD = "mlops.signOffReminders";
/** What was told is remembered for so many sign-offs. */
const MOST_TOLD = 500;

/** Says that sign-offs end, 30 and 7 days before: once each, and one message for all that comes together. */
export class SignOffReminders implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly told: Set<string>;

  constructor(
    private readonly board: SignOffBoard,
    private readonly memory: vscode.Memento,
    private readonly now: () => Date,
  ) {
    this.told = new Set(memory.get<readonly string[]>(TOLD) ?? []);
    this.disposables.add(board.onDidChange(() => this.remind()));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private remind(): void {
    const registers = this.board.all.map(({ register }) => register);
    const due = dueReminders(registers, localDate(this.now())).filter(({ key }) => !this.told.has(key));
    if (due.length > 0) {
      due.forEach(({ key }) => this.told.add(key));
      void this.memory.update(TOLD, [...this.told].slice(-MOST_TOLD));
      void tell(due);
    }
  }
}

/** The message stays until the person answers. */
async function tell(due: readonly SignOffReminder[]): Promise<void> {
  const [first] = due;
  const text =
    due.length === 1 && first !== undefined
      ? oneLine(first.sentence, 300)
      : vscode.l10n.t(
          "{0} sign-offs end soon: {1}",
          due.length,
          [...new Set(due.map(({ product }) => oneLine(product, 60)))].slice(0, 3).join(", "),
        );
  const show = vscode.l10n.t("Show Sign-Offs");
  if ((await vscode.window.showInformationMessage(text, show, vscode.l10n.t("Not Now"))) === show) {
    await vscode.commands.executeCommand("mlops.signOffs.focus");
  }
}
