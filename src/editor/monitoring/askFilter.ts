import * as vscode from "vscode";

import { NO_FILTER, type MonitoringFilter } from "./monitoringNode";

type State = NonNullable<MonitoringFilter["states"]>[number];

/** Asks for states, or for a part of a name: what is typed and matches no state filters by text. Undefined where the person gives up. */
export async function askFilter(current: MonitoringFilter): Promise<MonitoringFilter | undefined> {
  const choices: readonly (vscode.QuickPickItem & { readonly states: readonly State[] | null })[] = [
    { label: vscode.l10n.t("All models"), states: null },
    {
      label: vscode.l10n.t("Models that need a look"),
      description: vscode.l10n.t("fail, warn or could not be judged"),
      states: ["fail", "warn", "unjudged"],
    },
    { label: vscode.l10n.t("Models that fail"), states: ["fail"] },
    { label: vscode.l10n.t("Models that could not be judged"), states: ["unjudged"] },
    { label: vscode.l10n.t("Models that were never checked"), states: ["never"] },
    { label: vscode.l10n.t("Models that are well"), states: ["ok"] },
  ];
  const pick = vscode.window.createQuickPick<(typeof choices)[number]>();
  pick.title = vscode.l10n.t("Filter Models");
  pick.placeholder = vscode.l10n.t("Choose a state, or type a part of a name or verdict");
  pick.items = choices;
  pick.value = current.text;
  // A text of one's own is no entry that is there, so that there is one for it.
  pick.onDidChangeValue((text) => {
    pick.items =
      text.trim() === ""
        ? choices
        : [{ label: vscode.l10n.t("Names and verdicts with “{0}”", text.trim()), states: current.states, alwaysShow: true }, ...choices];
  });
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.activeItems;
        const isText = chosen?.alwaysShow === true;
        resolve(
          chosen === undefined ? undefined : isText ? { ...current, text: pick.value.trim() } : { ...NO_FILTER, states: chosen.states },
        );
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
