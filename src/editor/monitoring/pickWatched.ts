import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { statusWords } from "./checkWords";
import type { Watched } from "./monitoringBoard";
import { NO_FILTER, productNodes, stateOf } from "./monitoringNode";
import { iconOf } from "./monitoringItem";

/** Asks for a product, the worst first. @throws AppError where none is monitored. */
export async function pickWatched(entries: readonly Watched[], placeHolder: string): Promise<Watched | undefined> {
  if (entries.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No model of this workspace is monitored."), {
      remedy: vscode.l10n.t("Run MLOps: Add Monitoring to a Model, or compare two data files."),
    });
  }
  const items = productNodes(entries, NO_FILTER).map(({ entry }) => ({
    label: oneLine(entry.watched.name),
    description: entry.latest === null ? vscode.l10n.t("never checked") : statusWords(entry.latest.status),
    detail: entry.watched.config,
    iconPath: iconOf(stateOf(entry)),
    entry,
  }));
  return items.length === 1
    ? items[0]?.entry
    : (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))?.entry;
}
