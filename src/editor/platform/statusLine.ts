import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";

/** What one part of the extension has to say in the status bar. */
export interface StatusPart {
  /** With icons. */
  readonly text: string;
  readonly tooltip: vscode.MarkdownString;
  /** Of a click. */
  readonly command: string;
  readonly isWarning: boolean;
}

/** Our one item in the status bar, which several parts share: what warns comes first when it is clicked. */
export class StatusLine implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly item: vscode.StatusBarItem;
  private stores: StatusPart | null = null;
  private monitoring: StatusPart | null = null;
  private waiting: StatusPart | null = null;

  constructor(private readonly command: string) {
    this.item = this.disposables.add(vscode.window.createStatusBarItem("mlops.status", vscode.StatusBarAlignment.Left, 0));
    this.item.name = "MLOps";
    this.draw();
    this.item.show();
  }

  showStores(part: StatusPart): void {
    this.stores = part;
    this.draw();
  }

  /** Null where there is nothing to say. */
  showMonitoring(part: StatusPart | null): void {
    this.monitoring = part;
    this.draw();
  }

  /** Null where nothing waits for whoever works here. */
  showWaiting(part: StatusPart | null): void {
    this.waiting = part;
    this.draw();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private draw(): void {
    // What waits for a person comes before how stores are, unless something is wrong.
    const parts = [this.waiting, this.stores, this.monitoring].filter((part) => part !== null);
    const { item } = this;
    const texts = [this.stores?.text ?? "$(beaker) MLOps", this.monitoring?.text ?? "", this.waiting?.text ?? ""];
    item.text = texts.filter(Boolean).join(" ");
    item.command = (parts.find(({ isWarning }) => isWarning) ?? parts[0])?.command ?? this.command;
    item.backgroundColor = parts.some(({ isWarning }) => isWarning) ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    const tooltip = new vscode.MarkdownString(
      parts
        .map((part) => part.tooltip.value)
        .filter(Boolean)
        .join("\n\n---\n\n"),
    );
    item.tooltip = tooltip.value === "" ? undefined : tooltip;
    item.accessibilityInformation = { label: vscode.l10n.t("MLOps: {0}", item.text.replace(/\$\([^)]*\)\s*/g, "")) };
  }
}
