import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { withoutLogin } from "../../core/base/withoutLogin";
import { ENGINE_LABELS } from "../../core/training/view/trainingWords";
import { askLogin } from "../platform/askLogin";
import { engineServers } from "./engineServers";
import type { TrainableProduct } from "./products";
import type { TrainingServices } from "./trainingServices";

/** The server that is meant; asks where there are several. Undefined where the person gives up. @throws AppError where there is none. */
export async function pickEngineServer(products: readonly TrainableProduct[]): Promise<string | undefined> {
  const servers = engineServers(products);
  if (servers.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No mlops.yaml in this workspace trains on Ray or Airflow."), {
      remedy: vscode.l10n.t("Name the server under train, as ray.address or airflow.url. GitHub is signed in to by the editor itself."),
    });
  }
  const items = servers.map(({ address, engine, products: names }) => ({
    label: oneLine(withoutLogin(address), 200),
    description: vscode.l10n.t(ENGINE_LABELS[engine]),
    detail: oneLine(names.join(", "), 200),
    address,
  }));
  return items.length === 1
    ? items[0]?.address
    : (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("The login for which server?") }))?.address;
}

/** Asks for the login of a server and keeps it. @returns whether anything was stored or forgotten. */
export async function setEngineLogin(address: string, { setLogin }: Pick<TrainingServices, "setLogin">): Promise<boolean> {
  const answer = await askLogin(withoutLogin(address));
  if (answer === undefined) {
    return false;
  }
  await setLogin(address, answer.login);
  vscode.window.setStatusBarMessage(
    answer.login === undefined ? vscode.l10n.t("The login is forgotten") : vscode.l10n.t("The login is kept"),
    3000,
  );
  return true;
}
