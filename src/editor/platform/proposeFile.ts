import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";

/** Texts that exist for the time of a question. */
const PREVIEW = "mlops-preview";

export interface ProposedFile {
  readonly uri: vscode.Uri;
  /** As people know it. */
  readonly path: string;
  readonly text: string;
  /** Of the tab. */
  readonly label: string;
}

/**
 * Shows what would be written beside what is there, because nobody has asked for each line, and writes it when the person says so.
 * @returns whether the file holds the text now.
 */
export async function proposeFile({ uri, path, text, label }: ProposedFile): Promise<boolean> {
  const before = await textAt(uri);
  if (before === text) {
    await vscode.window.showTextDocument(uri);
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} is there already, as it would be written.", path));
    return true;
  }
  if (!(await isWanted({ uri, path, text, label }, before))) {
    return false;
  }
  // The question may have been open for hours.
  if ((await textAt(uri)) !== before) {
    throw new AppError("usage", vscode.l10n.t("{0} was changed since it was shown, so that it was not written.", path), {
      remedy: vscode.l10n.t("Run the command again to see what would be written now."),
    });
  }
  await write(uri, text);
  await vscode.window.showTextDocument(uri, { preview: false });
  return true;
}

/** Questions that are open, by the path that they are about. */
const open = new Map<string, { readonly decide: (isWanted: boolean) => void; readonly closed: Promise<unknown> }>();

/**
 * Answers a question that is open, from the title of its tab or the palette; a message that went away takes the question with it otherwise.
 * @param target the previewed document; the one in front where it is left out. @throws AppError where no question is open there.
 */
export function decideProposal(isWanted: boolean, target: unknown): void {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  const inFront = input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
  const uri = target instanceof vscode.Uri ? target : inFront;
  const question = uri?.scheme === PREVIEW ? open.get(uri.path) : undefined;
  if (question === undefined) {
    throw new AppError("usage", vscode.l10n.t("No file is proposed in the tab in front."));
  }
  question.decide(isWanted);
}

/** @param before null where there is no such file. */
async function isWanted(file: ProposedFile, before: string | null): Promise<boolean> {
  const { path } = file.uri;
  const earlier = open.get(path);
  earlier?.decide(false);
  await earlier?.closed;
  let decide: (isWanted: boolean) => void = () => undefined;
  const decided = new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  const closed = ask(file, before, decided, decide);
  const question = { decide, closed: closed.catch(() => undefined) };
  open.set(path, question);
  try {
    tellOpen();
    return await closed;
  } finally {
    if (open.get(path) === question) {
      open.delete(path);
    }
    tellOpen();
  }
}

async function ask(
  { uri, path, text, label }: ProposedFile,
  before: string | null,
  decided: Promise<boolean>,
  decide: (isWanted: boolean) => void,
): Promise<boolean> {
  const [old, proposed] = ["before", "proposed"].map((query) => vscode.Uri.from({ scheme: PREVIEW, path: uri.path, query }));
  const provider = vscode.workspace.registerTextDocumentContentProvider(PREVIEW, {
    // Another question may be open beside this one.
    provideTextDocumentContent: (asked) => (asked.path !== uri.path ? undefined : asked.query === "before" ? (before ?? "") : text),
  });
  const watch = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    // A tab that moves to another group is closed in the first.
    if (closed.some((tab) => isPreviewOf(tab, uri)) && previewsOf(uri).length === 0) {
      decide(false);
    }
  });
  try {
    // A tab that the next file would take the place of takes the question with it.
    await vscode.commands.executeCommand("vscode.diff", old, proposed, label, { preview: false });
    const writeIt = before === null ? vscode.l10n.t("Write File") : vscode.l10n.t("Replace File");
    const notNow = vscode.l10n.t("Not Now");
    const question =
      before === null ? vscode.l10n.t("Write {0} as it is shown?", path) : vscode.l10n.t("Replace {0} by what is shown?", path);
    // A message that is closed decides nothing: the title of the tab still asks.
    const answer = vscode.window.showInformationMessage(question, writeIt, notNow);
    void answer.then((chosen) => {
      if (chosen !== undefined) {
        decide(chosen === writeIt);
      }
    });
    return await decided;
  } finally {
    watch.dispose();
    provider.dispose();
    await vscode.window.tabGroups.close(previewsOf(uri));
  }
}

/** Title buttons are shown only where a question is open, not in a tab that a window shows again after it was closed. */
function tellOpen(): void {
  void vscode.commands.executeCommand("setContext", "mlops.hasProposal", open.size > 0);
}

function isPreviewOf({ input }: vscode.Tab, { path }: vscode.Uri): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === PREVIEW && input.modified.path === path;
}

function previewsOf(uri: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => isPreviewOf(tab, uri));
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    throw new AppError("usage", vscode.l10n.t("{0} could not be written.", uri.fsPath), {
      cause: error,
      remedy: vscode.l10n.t("Look whether the folder can be written to."),
    });
  }
}

/** Null where there is no such file. */
export async function textAt(uri: vscode.Uri): Promise<string | null> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return null;
  }
}
