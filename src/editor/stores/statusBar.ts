import * as vscode from "vscode";

import type { DisposableStore } from "../../core/base/disposable";
import { toUserText } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { StoreCatalog, StoreEntry } from "../../core/tracking/storeCatalog";
import { sayAge } from "../platform/sayAge";
import type { StatusLine, StatusPart } from "../platform/statusLine";

const REDRAW_MS = 30_000;
/** Above a tree there is room for a few short sentences. */
const MAX_NOTES = 2;
const MAX_NOTE = 160;

/**
 * Shows which stores are read and how old their data is; a click lists them. A store that cannot be read any more is named
 * above the trees too, which go on showing what was read last.
 */
export function drawStatusBar(
  line: StatusLine,
  trees: readonly Pick<vscode.TreeView<unknown>, "message">[],
  catalog: StoreCatalog,
  owner: DisposableStore,
): void {
  const draw = (): void => {
    const entries = catalog.entries();
    const stale = entries.flatMap(({ label, health }) =>
      health.kind === "failed" && health.lastOk !== null
        ? [vscode.l10n.t("{0} cannot be read now. What is shown was read {1}.", oneLine(label, 60), sayAge(Date.now() - health.lastOk))]
        : [],
    );
    const notes = entries.flatMap(({ label, description }) =>
      // The gist of "2 runs could not be read: …"; the whole is in the tooltip.
      (description?.notes ?? []).map((note) => `${oneLine(label, 60)}: ${oneLine(note.split(": ")[0] ?? note, MAX_NOTE)}`),
    );
    for (const tree of trees) {
      tree.message = [...stale, ...notes.slice(0, MAX_NOTES)].join("\n");
    }
    line.showStores(partOf(entries));
  };
  owner.add(catalog.onDidChangeStores(draw));
  owner.add(catalog.onDidChangeHealth(draw));
  const timer = setInterval(draw, REDRAW_MS);
  owner.add({ dispose: () => clearInterval(timer) });
  draw();
}

function partOf(entries: readonly StoreEntry[]): StatusPart {
  const failed = entries.filter(({ health }) => health.kind === "failed");
  const [first] = entries;
  const base = { command: "mlops.stores.manage", isWarning: failed.length > 0 };
  if (first === undefined) {
    return {
      ...base,
      text: "$(beaker) MLOps",
      tooltip: new vscode.MarkdownString().appendText(vscode.l10n.t("No MLflow store was found.")),
    };
  }
  if (failed[0] !== undefined) {
    const text = failed.length === 1 ? oneLine(failed[0].label, 40) : vscode.l10n.t("{0} stores not readable", failed.length);
    return { ...base, text: `$(warning) ${text}`, tooltip: table(entries) };
  }
  const age = oldest(entries);
  const name = entries.length === 1 ? oneLine(first.label, 40) : vscode.l10n.t("{0} stores", entries.length);
  return { ...base, text: `$(beaker) ${name}${age === null ? "" : ` · ${sayAge(Date.now() - age)}`}`, tooltip: table(entries) };
}

/** The time of the oldest of the last successful reads, or null when nothing was read yet. */
function oldest(entries: readonly StoreEntry[]): number | null {
  const times = entries.flatMap(({ health }) => (health.kind === "ok" ? [health.at] : []));
  return times.length === 0 ? null : Math.min(...times);
}

/** One sentence on how a store is: "read 2 min ago", or why it failed. */
export function healthText({ health }: StoreEntry): string {
  switch (health.kind) {
    case "unknown":
      return vscode.l10n.t("not read yet");
    case "ok":
      return vscode.l10n.t("read {0}", sayAge(Date.now() - health.at));
    case "failed": {
      const why = toUserText(health.error);
      return health.lastOk === null ? why : vscode.l10n.t("{0} What is shown was read {1}.", why, sayAge(Date.now() - health.lastOk));
    }
  }
}

function table(entries: readonly StoreEntry[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const entry of entries.slice(0, 12)) {
    text.appendMarkdown("**").appendText(oneLine(entry.label, 60)).appendMarkdown("** ");
    text.appendText(oneLine([healthText(entry), ...(entry.description?.notes ?? [])].join(" · "), 500)).appendMarkdown("  \n");
  }
  if (entries.length > 12) {
    text.appendText(vscode.l10n.t("and {0} more", entries.length - 12));
  }
  return text;
}
