import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { assertNever } from "../../core/base/assertNever";
import type { Run } from "../../core/tracking/run";
import { fullValue } from "../../core/tracking/runPageView";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { RunPageIntent } from "../../protocol/runPage";
import type { RunRef } from "../platform/runRef";
import { artifactUri } from "./artifactFileSystem";
import type { RunPageActions } from "./runPageActions";
import { runWebPage } from "./runWebPage";
import type { ValueDocuments } from "./valueDocuments";

export interface IntentContext {
  readonly catalog: StoreCatalog;
  readonly actions: RunPageActions;
  readonly values: ValueDocuments;
  readonly openRun: (ref: RunRef) => void;
  readonly ref: RunRef;
  readonly run: Run;
}

/** Does what a click on the page asks for. What it throws is shown on the page. */
export async function performIntent(intent: RunPageIntent, context: IntentContext): Promise<void> {
  const { actions, ref, run } = context;
  switch (intent.kind) {
    case "copyText":
      return copy(intent.text);
    case "copyValue":
      return copy(fullValue(run, intent.value) ?? "");
    case "copyLink":
      return copy(webPage(context) ?? actions.linkTo(ref));
    case "showValue":
      return context.values.show(ref, intent.value);
    case "openInMlflow":
      return openInMlflow(context);
    case "openExternal":
      await vscode.env.openExternal(vscode.Uri.parse(intent.url, true));
      return;
    case "reveal":
      return actions.reveal(ref);
    case "openRun":
      context.openRun({ storeId: ref.storeId, runId: intent.runId });
      return;
    case "openArtifact":
      await vscode.commands.executeCommand("vscode.open", artifactUri(ref.storeId, intent.owner, intent.path));
      return;
    case "showDiff":
      return actions.commits.show(ref, intent.against);
    default:
      assertNever(intent);
  }
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
}

async function openInMlflow(context: IntentContext): Promise<void> {
  const page = webPage(context);
  if (page === null) {
    throw new AppError("usage", vscode.l10n.t("This store has no web page: it is read from files."));
  }
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

function webPage({ catalog, ref, run }: IntentContext): string | null {
  return runWebPage(catalog.entry(ref.storeId)?.description?.webUrl ?? null, run);
}
