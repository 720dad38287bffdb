import * as vscode from "vscode";

import { DIGEST_WORKFLOW, digestWorkflow } from "../../core/health/digestWorkflow";
import { proposeFile } from "../platform/proposeFile";
import { chooseRoot, chooseSource, copyCli } from "./automationSource";

/** Shows the workflow that tells once a week how all models are, or how the one that is there would change; it is written when the person applies it. */
export async function addDigestWorkflow(context: vscode.ExtensionContext): Promise<void> {
  const root = await chooseRoot();
  const source = root === undefined ? undefined : await chooseSource(context);
  if (root === undefined || source === undefined) {
    return;
  }
  const uri = vscode.Uri.joinPath(root, DIGEST_WORKFLOW);
  const label = vscode.l10n.t("Weekly digest in GitHub Actions");
  if (await proposeFile({ uri, path: DIGEST_WORKFLOW, text: digestWorkflow(source), label })) {
    await copyCli(source, root, context);
  }
}
