import * as vscode from "vscode";

import { localDate } from "./localDate";
import { FolderLint } from "./folderLint";
import type { LintServices } from "./lintServices";
import { openDocument } from "./openDocument";
import { readLintSettings, type LintConfiguration } from "../platform/settings";
import type { Disposable } from "../../core/base/disposable";
import type { LintOptions } from "../../core/lint/workspace/fileLint";

/** One folder of the workspace on disk, with what lint knows of it. */
export class LintedFolder implements Disposable {
  readonly lint: FolderLint;
  configuration: LintConfiguration;
  /** Paths of the files that were found to be judged; empty until somebody has looked. */
  targets: ReadonlySet<string> = new Set();
  /** Whether files are judged that are not open. */
  isWhole: boolean;
  private search = new AbortController();

  constructor(
    readonly uri: vscode.Uri,
    private readonly services: LintServices,
  ) {
    this.lint = new FolderLint(services.portsOf(uri.fsPath), services.calendar, (path) => openDocument(this.uriOf(path))?.getText());
    this.configuration = readLintSettings(uri);
    this.isWhole = this.configuration.run === "workspace";
  }

  /** Looks for the files to be judged, in place of a search that is under way. @returns those that are none any more. */
  async findTargets(): Promise<readonly string[]> {
    this.search.abort();
    const { signal } = (this.search = new AbortController());
    // In a folder within this one it is that folder's settings that count.
    const found = (await this.lint.targets(signal)).filter((path) => this.owns(path));
    signal.throwIfAborted();
    const before = this.targets;
    this.targets = new Set(found);
    return [...before].filter((path) => !this.targets.has(path));
  }

  dispose(): void {
    this.search.abort();
    this.lint.dispose();
  }

  options(): LintOptions {
    return { settings: this.configuration, today: localDate(this.services.now()) };
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.uri, path);
  }

  /** The path of one of its files, from the folder's root. */
  pathOf(uri: vscode.Uri): string {
    return uri.path.slice(this.uri.path.length).replace(/^\//, "");
  }

  private owns(path: string): boolean {
    return vscode.workspace.getWorkspaceFolder(this.uriOf(path))?.uri.toString() === this.uri.toString();
  }
}
