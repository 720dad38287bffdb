import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import { countedOnce, type WaitingItem } from "../../core/health/countedOnce";
import type { StatusLine } from "./statusLine";

/** Who knows of something that waits, those first who know it newest: sign-offs are judged while somebody types. */
const SOURCES = ["signOffs", "approvals", "overview"] as const;
type WaitingSource = (typeof SOURCES)[number];

/** Sentences of a tooltip. */
const MOST_NAMED = 8;

/**
 * What waits for whoever works here, over all parts of the extension: one number on the icon of the activity bar and one in the status bar. VS Code adds up
 * the badges of all views for the icon, so that only one view has one.
 */
export class Waiting {
  private readonly found = new Map<WaitingSource, readonly WaitingItem[]>();

  constructor(
    private readonly view: Pick<vscode.TreeView<unknown>, "badge">,
    private readonly status: StatusLine,
  ) {}

  show(source: WaitingSource, items: readonly WaitingItem[]): void {
    const before = this.found.get(source) ?? [];
    if (items.length !== before.length || items.some(({ key, what }, at) => key !== before[at]?.key || what !== before[at].what)) {
      this.found.set(source, items);
      this.draw();
    }
  }

  private draw(): void {
    const items = countedOnce(SOURCES.map((source) => this.found.get(source) ?? [])).map(({ what }) => what);
    const words = items.length === 1 ? vscode.l10n.t("1 thing waits for you") : vscode.l10n.t("{0} things wait for you", items.length);
    const named = items.slice(0, MOST_NAMED).map((item) => oneLine(item, 160));
    const more = items.length > MOST_NAMED ? [vscode.l10n.t("and {0} more", items.length - MOST_NAMED)] : [];
    this.view.badge = items.length === 0 ? undefined : { value: items.length, tooltip: [words, ...named, ...more].join("\n") };
    const tooltip = new vscode.MarkdownString().appendText(words).appendMarkdown("\n\n");
    for (const item of [...named, ...more]) {
      tooltip.appendMarkdown("- ").appendText(item).appendMarkdown("\n");
    }
    this.status.showWaiting(
      items.length === 0
        ? null
        : {
            text: `$(bell) ${items.length === 1 ? vscode.l10n.t("1 for you") : vscode.l10n.t("{0} for you", items.length)}`,
            ...{ tooltip, command: "mlops.overview.open", isWarning: false },
          },
    );
  }
}
