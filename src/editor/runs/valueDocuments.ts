import * as vscode from "vscode";
import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import { fullValue } from "../../core/tracking/runPageView";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { ValueAddress } from "../../protocol/runPage";
import { SCHEMES } from "../app";
import { signalOf } from "../platform/signals";
import type { RunRef } from "../platform/runRef";
import { parseRunPageState, parseValueAddress } from "./runPageMessages";

/** Whole values of runs, which the page shows cut, as read-only documents. They hold ids, so that they survive a reload. */
export class ValueDocuments {
  constructor(private readonly catalog: StoreCatalog) {}

  async show(ref: RunRef, value: ValueAddress): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(valueUri(ref, value)), { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const signal = signalOf(token);
    const query: unknown = JSON.parse(uri.query);
    const ref = parseRunPageState(query);
    if (ref === null) {
      throw new AppError("usage", vscode.l10n.t("This is not the address of a run's value."));
    }
    const { value } = v.parse(v.object({ value: v.unknown() }), query);
    const run = await this.catalog.use(ref.storeId, signal, (store) => store.getRun(ref.runId, signal));
    return fullValue(run, parseValueAddress(value)) ?? vscode.l10n.t("The run does not have this value any more.");
  }
}

/** The address at which a whole value opens in editors, diff editors included. */
export function valueUri({ storeId, runId }: RunRef, value: ValueAddress): vscode.Uri {
  const query = JSON.stringify({ storeId, runId, value });
  return vscode.Uri.from({ scheme: SCHEMES.value, path: `/${runId}/${fileName(value)}`, query });
}

/** A name for the tab, whose ending tells the language. */
function fileName(value: ValueAddress): string {
  switch (value.kind) {
    case "note":
      return "description.md";
    case "dataset":
      return `${value.part}-${value.index + 1}.json`;
    case "param":
    case "tag":
      return `${value.key.replace(/[^\w.-]+/g, "_").slice(0, 60)}.txt`;
  }
}
