import * as vscode from "vscode";

import { toUserText } from "../../core/base/appError";
import { completeFilter, quoteKey, type FilterVocabulary } from "../../core/tracking/filter/completeFilter";
import { parseFilter } from "../../core/tracking/filter/parseFilter";

type Choice = vscode.QuickPickItem &
  ({ readonly choice: "search" | "clear" | "none" } | { readonly choice: "complete"; readonly text: string });

/**
 * Asks for a filter in MLflow's language, completing keys, operators and values while one types.
 * @returns the filter, null to show all runs, undefined when cancelled.
 */
export function askFilter(current: string | null, vocabulary: FilterVocabulary): Promise<string | null | undefined> {
  const pick = vscode.window.createQuickPick<Choice>();
  pick.title = vscode.l10n.t("Search Runs");
  pick.placeholder = "metrics.auc > 0.9 and params.lr = '0.1' and tags.owner = 'ana'";
  pick.value = current ?? "";
  const update = (): void => {
    pick.items = choices(pick.value, vocabulary);
  };
  update();
  return new Promise((resolve) => {
    pick.onDidChangeValue(update);
    pick.onDidAccept(() => {
      const chosen = pick.activeItems[0];
      switch (chosen?.choice) {
        case "complete":
          pick.value = chosen.text;
          update();
          return;
        case "search":
          resolve(pick.value.trim());
          break;
        case "clear":
          resolve(null);
          break;
        case "none":
        case undefined:
          return;
      }
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function choices(value: string, vocabulary: FilterVocabulary): readonly Choice[] {
  const { from, to, items } = completeFilter(value, value.length, vocabulary);
  const completions = items.slice(0, 100).map((item): Choice => ({
    choice: "complete",
    label: item.label,
    description: item.detail,
    text: value.slice(0, from) + item.insertText + value.slice(to),
    alwaysShow: true,
  }));
  return [verdict(value), ...completions];
}

/** The first line: what Enter does, or why the text is no filter yet. */
function verdict(value: string): Choice {
  if (value.trim() === "") {
    return { choice: "clear", label: `$(clear-all) ${vscode.l10n.t("Show all runs")}`, alwaysShow: true };
  }
  try {
    parseFilter(value);
    return { choice: "search", label: `$(search) ${vscode.l10n.t("Search")}`, description: value, alwaysShow: true };
  } catch (error) {
    return { choice: "none", label: `$(info) ${vscode.l10n.t("Not complete yet")}`, detail: toUserText(error), alwaysShow: true };
  }
}

const ORDERS = (): readonly (vscode.QuickPickItem & { order: readonly string[] })[] => [
  { label: vscode.l10n.t("Newest first"), order: [] },
  { label: vscode.l10n.t("Oldest first"), order: ["attributes.start_time ASC"] },
  { label: vscode.l10n.t("Name"), order: ["attributes.run_name ASC"] },
  { label: vscode.l10n.t("Status"), order: ["attributes.status ASC"] },
];

/** Asks for an order: by time, name, status, or any metric or param that the loaded runs have. */
export async function askOrder(current: readonly string[], vocabulary: FilterVocabulary): Promise<readonly string[] | undefined> {
  const keys = [
    ...vocabulary.metrics.map((key) => ({ key, entity: "metrics" })),
    ...vocabulary.params.map((key) => ({ key, entity: "params" })),
  ];
  const byKey = keys.flatMap(({ key, entity }) =>
    (["DESC", "ASC"] as const).map((direction) => ({
      label: direction === "DESC" ? vscode.l10n.t("{0}, highest first", key) : vscode.l10n.t("{0}, lowest first", key),
      description: entity === "metrics" ? vscode.l10n.t("metric") : vscode.l10n.t("parameter"),
      order: [`${entity}.${quoteKey(key)} ${direction}`],
    })),
  );
  const items = [...ORDERS(), ...byKey].map((item) =>
    item.order.join() === current.join() ? { ...item, label: `$(check) ${item.label}` } : item,
  );
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Sort Runs"), matchOnDescription: true });
  return picked?.order;
}
