import { setImmediate as pause } from "node:timers/promises";

import * as vscode from "vscode";

import { toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import type { LintPorts } from "../../core/lint/workspace/lintPorts";
import { folderOf, resolvePath } from "../../core/lint/workspace/workspacePath";
import { readLintSettings } from "../platform/settings";
import { LatestRuns } from "./latestRuns";
import { LintedFolder } from "./lintedFolder";
import type { LintServices } from "./lintServices";
import { openDocument } from "./openDocument";
import { ScanProgress } from "./scanProgress";
import { SlicedQueue } from "./slicedQueue";
import { toDiagnostics, unjudged } from "./toDiagnostics";

/** Somebody who types waits so long at most, in milliseconds, until a run starts. */
const TYPING = 150;
/** Files that rest on the one that is typed in can wait for a longer rest. */
const TYPING_ELSEWHERE = 500;

export interface Place {
  readonly folder: LintedFolder;
  readonly path: string;
}

interface Judged {
  readonly version: number;
  readonly lint: FileLint | null;
}

/** Keeps the findings of a window's files in step with the files: judges, publishes, and knows what was judged. */
export class LintSession implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly linted = this.disposables.add(new Emitter<vscode.Uri>());
  /** The findings of a file were published, or it has none any more. */
  readonly onDidLint = this.linted.event;
  private readonly diagnostics = this.disposables.add(vscode.languages.createDiagnosticCollection("mlops"));
  private readonly folders = new Map<string, LintedFolder>();
  /** Of open documents, by address. */
  private readonly judged = new Map<string, Judged>();
  private readonly runs: LatestRuns;
  private readonly queue: SlicedQueue;

  constructor(
    private readonly services: LintServices,
    private readonly logError: (error: unknown) => void,
  ) {
    const progress = this.disposables.add(new ScanProgress());
    this.runs = this.disposables.add(new LatestRuns((key, signal) => this.judge(vscode.Uri.parse(key), signal), logError));
    this.queue = this.disposables.add(
      new SlicedQueue(
        (key) => this.runs.now(key),
        () => pause(undefined),
        (step) => progress.update(step),
      ),
    );
  }

  /** Takes the workspace's folders as they are now, and judges everything anew. */
  async restart(): Promise<void> {
    const wanted = new Map(
      (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => [uri.toString(), uri]),
    );
    for (const [key, folder] of this.folders) {
      if (!wanted.has(key)) {
        folder.dispose();
        this.folders.delete(key);
      }
    }
    for (const [key, uri] of wanted) {
      const folder = this.folders.get(key);
      if (folder === undefined) {
        this.folders.set(key, new LintedFolder(uri, this.services));
      } else {
        folder.configuration = readLintSettings(uri);
        folder.isWhole = folder.configuration.run === "workspace";
      }
    }
    this.judged.clear();
    this.queue.clear();
    for (const [uri] of this.diagnostics) {
      if (!this.isWanted(uri)) {
        this.diagnostics.delete(uri);
        this.linted.fire(uri);
      }
    }
    await this.judgeAll();
  }

  /** Judges all open documents, and in folders that are judged as a whole all files. Resolves when the files are found. */
  async judgeAll(): Promise<void> {
    this.judged.clear();
    this.enqueue(vscode.workspace.textDocuments.map(({ uri }) => uri));
    await Promise.all([...this.folders.values()].map((folder) => this.judgeFolder(folder)));
  }

  /** Judges every file of every folder, also where only open files are judged by themselves, and says when it is done. */
  async judgeWorkspace(): Promise<readonly LintedFolder[]> {
    const folders = [...this.folders.values()].filter(({ configuration }) => configuration.run !== "off");
    for (const folder of folders) {
      folder.isWhole = true;
    }
    await this.judgeAll();
    await this.queue.idle();
    return folders;
  }

  /** Looks anew for the files of a folder, and judges them; only those that are open where the settings want no others. */
  async judgeFolder(folder: LintedFolder): Promise<void> {
    if (!folder.isWhole) {
      this.enqueue(vscode.workspace.textDocuments.map(({ uri }) => uri).filter((uri) => this.placeOf(uri)?.folder === folder));
      return;
    }
    try {
      const gone = await folder.findTargets();
      this.enqueue([...folder.targets, ...gone].map((path) => folder.uriOf(path)));
    } catch (error) {
      if (!isCancelled(error)) {
        this.logError(error);
      }
    }
  }

  /** Judges files in the background, open ones first. */
  enqueue(uris: Iterable<vscode.Uri>): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    this.queue.add(
      [...uris].filter((uri) => this.placeOf(uri) !== undefined).map((uri) => uri.toString()),
      (key) => open.has(key),
    );
  }

  /** Somebody types: the file itself is judged after a short rest, open files that rest on it after a longer one. */
  typedIn(uri: vscode.Uri): void {
    const place = this.placeOf(uri);
    if (place === undefined) {
      return;
    }
    this.runs.request(uri.toString(), TYPING);
    for (const path of place.folder.lint.dependents(place.path)) {
      const dependent = place.folder.uriOf(path);
      if (path !== place.path && openDocument(dependent) !== undefined) {
        this.judged.delete(dependent.toString());
        this.runs.request(dependent.toString(), TYPING_ELSEWHERE);
      }
    }
  }

  /** A document was closed: what is on disk counts again. */
  closed(uri: vscode.Uri): void {
    this.judged.delete(uri.toString());
    this.runs.cancel(uri.toString());
    this.enqueue([uri]);
  }

  /** What git and the stores know may have changed: open files are judged anew, others when something else asks for it. */
  factsChanged(): void {
    for (const folder of this.folders.values()) {
      folder.lint.forgetFacts();
    }
    this.judged.clear();
    this.enqueue(vscode.workspace.textDocuments.map(({ uri }) => uri));
  }

  /** A file or a folder is gone: work on it ends, so that nothing is published for it afterwards. */
  gone(uri: vscode.Uri): void {
    const below = [...this.diagnostics].map(([one]) => one).filter(({ path }) => path.startsWith(`${uri.path}/`));
    for (const one of [uri, ...below]) {
      const key = one.toString();
      this.queue.remove(key);
      this.runs.cancel(key);
      this.publish(one, null);
    }
  }

  /** The findings of an open document as it is now; null where it is not judged. */
  async lintOf(document: vscode.TextDocument): Promise<FileLint | null> {
    const key = document.uri.toString();
    // A newer request for the same file may take over, and somebody may type on meanwhile.
    for (let tries = 0; tries < 3 && this.judged.get(key)?.version !== document.version && this.isWanted(document.uri); tries++) {
      await this.runs.now(key);
    }
    const judged = this.judged.get(key);
    return judged?.version === document.version ? judged.lint : null;
  }

  /** Of all files whose findings are published. */
  counts(): { readonly errors: number; readonly warnings: number } {
    const all = [...this.diagnostics].flatMap(([, diagnostics]) => diagnostics.map(({ severity }) => severity));
    const count = (severity: vscode.DiagnosticSeverity): number => all.filter((one) => one === severity).length;
    return { errors: count(vscode.DiagnosticSeverity.Error), warnings: count(vscode.DiagnosticSeverity.Warning) };
  }

  placeOf(uri: vscode.Uri): Place | undefined {
    const owner = uri.scheme === "file" ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
    const folder = owner === undefined ? undefined : this.folders.get(owner.uri.toString());
    return folder === undefined ? undefined : { folder, path: folder.pathOf(uri) };
  }

  /** Where a file or folder lies, with the world around it, for others who ask about the same files. */
  worldOf(uri: vscode.Uri): { readonly path: string; readonly ports: LintPorts } | undefined {
    const place = this.placeOf(uri);
    return place === undefined ? undefined : { path: place.path, ports: place.folder.lint.world };
  }

  dispose(): void {
    for (const folder of this.folders.values()) {
      folder.dispose();
    }
    this.disposables.dispose();
  }

  private async judge(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    const place = this.placeOf(uri);
    if (place === undefined || !this.isWanted(uri)) {
      this.publish(uri, null);
      return;
    }
    const document = openDocument(uri);
    const version = document?.version;
    try {
      // VS Code keeps the text of a deleted file for a while; only what somebody has yet to save counts without a file.
      const isGone = document?.isDirty === false && (await place.folder.lint.isMissing(place.path, signal));
      const lint = isGone ? null : await place.folder.lint.lint(place.path, place.folder.options(), signal);
      this.publishIfCurrent(uri, version, lint, lint === null ? null : toDiagnostics(lint, (path) => uriFrom(place, path)), signal);
    } catch (error) {
      if (!isCancelled(error)) {
        this.logError(error);
        this.publishIfCurrent(uri, version, null, [unjudged(toUserText(error))], signal);
      }
    }
  }

  /** What was made for an older text is dropped; the change has asked for another run itself. */
  private publishIfCurrent(
    uri: vscode.Uri,
    version: number | undefined,
    lint: FileLint | null,
    diagnostics: readonly vscode.Diagnostic[] | null,
    signal: AbortSignal,
  ): void {
    if (signal.aborted || openDocument(uri)?.version !== version) {
      return;
    }
    if (version !== undefined) {
      this.judged.set(uri.toString(), { version, lint });
    }
    this.publish(uri, diagnostics);
  }

  private publish(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[] | null): void {
    if (diagnostics === null || diagnostics.length === 0) {
      this.diagnostics.delete(uri);
    } else {
      this.diagnostics.set(uri, diagnostics);
    }
    this.linted.fire(uri);
  }

  /** Whether findings of a file are shown by the settings. */
  private isWanted(uri: vscode.Uri): boolean {
    const folder = this.placeOf(uri)?.folder;
    return folder !== undefined && folder.configuration.run !== "off" && (folder.isWhole || openDocument(uri) !== undefined);
  }
}

/** Where a path leads that is written in a file; null outside of the file's folder. */
function uriFrom({ folder, path: file }: Place, path: string): vscode.Uri | null {
  const resolved = resolvePath(folderOf(file), path);
  return resolved === null ? null : folder.uriOf(resolved);
}
