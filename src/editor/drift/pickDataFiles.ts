import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";

/** Files that can be compared; also the pattern of the explorer's menu in package.json. */
const DATA_FILE = /\.(?:parquet|(?:csv|tsv|jsonl|ndjson)(?:\.gz)?)$/i;
const PATTERN = "**/*.{csv,tsv,parquet,jsonl,ndjson}";
const HIDDEN = "**/{node_modules,.git,.venv,venv,mlruns,__pycache__,.mlops}/**";
const MOST = 2000;

export interface DataPair {
  /** Absolute paths. */
  readonly reference: string;
  readonly current: string;
}

/** The two files to compare: those that were selected, and for what lacks it asks. Undefined where the person gives up. */
export async function pickDataFiles(selected: readonly vscode.Uri[]): Promise<DataPair | undefined> {
  const files = selected.filter(({ path }) => DATA_FILE.test(path));
  if (files.length > 2) {
    throw new AppError("usage", vscode.l10n.t("Two files are compared, and {0} are selected.", files.length), {
      remedy: vscode.l10n.t("Select the reference and the current data."),
    });
  }
  const [first, second] = files;
  if (first !== undefined && second !== undefined) {
    return askWhichIsReference(first, second);
  }
  const reference = await pickFile(vscode.l10n.t("Reference: the data that is compared with, such as that of the training"), [first]);
  const current =
    reference === undefined
      ? undefined
      : first !== undefined && first.fsPath !== reference.fsPath
        ? first
        : await pickFile(vscode.l10n.t("Current: the data to judge"), [], reference);
  return reference === undefined || current === undefined ? undefined : { reference: reference.fsPath, current: current.fsPath };
}

/** The order of a selection in the explorer says nothing. */
async function askWhichIsReference(one: vscode.Uri, other: vscode.Uri): Promise<DataPair | undefined> {
  const item = (reference: vscode.Uri, current: vscode.Uri): vscode.QuickPickItem & { readonly pair: DataPair } => ({
    label: nameOf(reference),
    description: vscode.l10n.t("and judge {0}", nameOf(current)),
    pair: { reference: reference.fsPath, current: current.fsPath },
  });
  const items = [item(one, other), item(other, one)].sort((a, b) => guess(b.pair.reference) - guess(a.pair.reference));
  return (
    await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Compare Two Data Files"),
      placeHolder: vscode.l10n.t("Which one is the reference?"),
    })
  )?.pair;
}

/** Names that people give to the data of a training. */
function guess(path: string): number {
  return /(?:train|ref|base|before|old)/i.test(path.split(/[\\/]/).at(-1) ?? "") ? 1 : 0;
}

async function pickFile(
  placeHolder: string,
  first: readonly (vscode.Uri | undefined)[],
  other?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const browse = { label: vscode.l10n.t("$(folder-opened) Browse…"), uri: undefined, alwaysShow: true };
  const items = listFiles().then((uris) => {
    const known = [...first.flatMap((uri) => uri ?? []), ...uris].filter(({ fsPath }) => fsPath !== other?.fsPath);
    const unique = [...new Map(known.map((uri) => [uri.fsPath, uri])).values()];
    return [browse, ...unique.map((uri) => ({ label: nameOf(uri), description: vscode.workspace.asRelativePath(uri), uri }))];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Compare Two Data Files"),
    placeHolder,
    matchOnDescription: true,
  });
  if (picked !== browse) {
    return picked?.uri;
  }
  const chosen = await vscode.window.showOpenDialog({
    title: placeHolder,
    openLabel: vscode.l10n.t("Compare"),
    filters: { [vscode.l10n.t("Data")]: ["csv", "tsv", "parquet", "jsonl", "ndjson"] },
  });
  return chosen?.[0];
}

async function listFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(PATTERN, HIDDEN, MOST);
  return found.sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split("/").at(-1) ?? uri.path;
}
