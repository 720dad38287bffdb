import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { NEVER_CANCELLED } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import type { TrainingJob } from "../../core/training/trainingJob";
import { byteWords } from "../../core/training/view/trainingWords";
import { SCHEMES } from "../app";
import { isRunning } from "./jobNode";
import type { JobBoard } from "./jobBoard";
import { JobLogReader } from "./jobLogReader";
import type { TrainingServices } from "./trainingServices";

/** VS Code takes a document to pieces line by line on the thread of all extensions: five times as much held it up for 0.1 s. */
const MOST_BYTES = 1_000_000;
const LOCAL_MS = 1000;
const LARGE_MS = 5000;

/** Logs of jobs as read-only documents that follow a running job. Only the end of a large one is read. */
export class JobLogDocuments implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;
  private readonly open = new Map<string, Followed>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly board: JobBoard,
    private readonly services: Pick<TrainingServices, "folderOf" | "readTail">,
  ) {
    this.disposables.add({ dispose: () => clearTimeout(this.timer) });
    this.disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => uri.scheme === SCHEMES.log && this.open.delete(uri.toString())),
    );
    this.disposables.add(
      board.onDidChangeJob(({ root, job }) => {
        const followed = this.open.get(logUri(root, job).toString());
        if (followed !== undefined) {
          followed.job = job;
        }
      }),
    );
  }

  async show(root: string, job: TrainingJob): Promise<void> {
    const uri = logUri(root, job);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    toEnd(editor);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { root, config } = parseQuery(uri);
    const id =
      uri.path
        .split("/")
        .at(-1)
        ?.replace(/\.log$/, "") ?? "";
    const folder = this.services.folderOf(root);
    const key = uri.toString();
    let followed = this.open.get(key);
    if (followed === undefined) {
      const job = this.board.find(root, id)?.job ?? (await folder.jobs.refresh({ id, config }, NEVER_CANCELLED));
      followed = { uri, job, reader: new JobLogReader(folder, this.services, MOST_BYTES), text: "", size: -1 };
      this.open.set(key, followed);
    }
    await this.read(followed);
    this.followSoon();
    return followed.text;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read(followed: Followed): Promise<void> {
    const { text, size, isCut } = await followed.reader.read(followed.job, NEVER_CANCELLED);
    const path = this.services.folderOf(parseQuery(followed.uri).root).logFile(followed.job);
    const head = isCut
      ? vscode.l10n.t(
          "The last {0} of {1}. The whole log: {2}",
          byteWords(MOST_BYTES),
          byteWords(size),
          path ?? followed.job.handle?.webUrl ?? followed.job.id,
        )
      : "";
    followed.size = size;
    followed.text = text === "" && head === "" ? vscode.l10n.t("Nothing was written yet.") : head === "" ? text : `${head}\n\n${text}`;
  }

  private followSoon(): void {
    const some = [...this.open.values()];
    if (this.timer !== undefined || some.length === 0) {
      return;
    }
    const isLarge = some.some(({ text, job }) => text.length > 500_000 || (job.engine !== "local" && job.engine !== "dvc"));
    this.timer = setTimeout(() => void this.look(), isLarge ? LARGE_MS : LOCAL_MS);
  }

  private async look(): Promise<void> {
    for (const followed of this.open.values()) {
      const wasRunning = isRunning(followed.job);
      const { text } = followed;
      try {
        await this.read(followed);
      } catch {
        continue; // A server that is away; the page of the job says so.
      }
      if (followed.text !== text) {
        this.follow(followed);
      } else if (!wasRunning) {
        this.open.delete(followed.uri.toString());
      }
    }
    this.timer = undefined;
    this.followSoon();
  }

  /** Whoever looks at the end goes on looking at the end. */
  private follow({ uri }: Followed): void {
    const editors = vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri.toString());
    const atEnd = editors.filter(({ document, visibleRanges }) => (visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 2);
    this.changed.fire(uri);
    if (atEnd.length > 0) {
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === uri.toString()) {
          listener.dispose();
          atEnd.forEach(toEnd);
        }
      });
      setTimeout(() => void listener.dispose(), LARGE_MS);
    }
  }
}

interface Followed {
  readonly uri: vscode.Uri;
  readonly reader: JobLogReader;
  job: TrainingJob;
  text: string;
  size: number;
}

function logUri(root: string, { id, config }: Pick<TrainingJob, "id" | "config">): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEMES.log, path: `/${id}.log`, query: JSON.stringify({ root, config }) });
}

function parseQuery(uri: vscode.Uri): { readonly root: string; readonly config: string } {
  const query: unknown = JSON.parse(uri.query);
  const { root, config } = query as { readonly root?: unknown; readonly config?: unknown };
  const isOpen = (vscode.workspace.workspaceFolders ?? []).some(({ uri: folder }) => folder.fsPath === root);
  if (typeof root !== "string" || typeof config !== "string" || !isOpen) {
    throw new AppError("usage", vscode.l10n.t("This is not the address of a training's log in this window."));
  }
  return { root, config };
}

function toEnd(editor: vscode.TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end));
}
