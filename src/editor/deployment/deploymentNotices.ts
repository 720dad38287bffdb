import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import type { Deployment } from "../../core/deployment/deployment";

/** Tells in the window that started it how a deployment ended. @param open shows its page. */
export async function tellDeploymentEnd(deployment: Deployment, open: () => void, rollBack: () => void): Promise<void> {
  const { state, product, version, target, message } = deployment;
  const name = oneLine(product, 80);
  const openLabel = vscode.l10n.t("Open");
  const backLabel = vscode.l10n.t("Roll Back…");
  const words = oneLine(message ?? "", 300);
  const told =
    state === "succeeded"
      ? vscode.window.showInformationMessage(
          [vscode.l10n.t("Version {0} of {1} is on {2}.", version, name, target), words].filter(Boolean).join(" "),
          openLabel,
        )
      : state === "rolled_back" || state === "cancelled"
        ? vscode.window.showWarningMessage(
            [vscode.l10n.t("Version {0} of {1} is not on {2}; it went back.", version, name, target), words].filter(Boolean).join(" "),
            openLabel,
          )
        : vscode.window.showErrorMessage(
            [vscode.l10n.t("The deployment of version {0} of {1} to {2} failed.", version, name, target), words].filter(Boolean).join(" "),
            openLabel,
            ...(deployment.previous === null ? [] : [backLabel]),
          );
  const button = await told;
  if (button === openLabel) {
    open();
  } else if (button === backLabel) {
    rollBack();
  }
}
