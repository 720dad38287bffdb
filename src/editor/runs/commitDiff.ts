import { dirname, join } from "node:path";

import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { runCommit } from "../../core/browse/runFacts";
import type { ChangedFile, CommitInfo, GitHistory } from "../../core/tracking/gitHistory";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import { neverCancelled, signalOf } from "../platform/signals";
import type { RunRef } from "../platform/runRef";
import { commitFileUri, decodeCommitFile, parseCommitFileUri } from "./commitFile";

export type CommitDiffAgainst = "parent" | "workingTree";

/** The code that a run was started from. */
export interface ComparedCode {
  readonly ref: RunRef;
  readonly name: string;
  readonly hash: string | null;
  /** Whether files had changed since the commit. */
  readonly isDirty: boolean;
}

interface FoundCommit {
  readonly repository: string;
  readonly commit: CommitInfo;
}

/** Finds the commit that a run was started from in the local repositories, and shows what it changed in VS Code's diff editor. */
export class CommitDiff {
  constructor(
    private readonly git: GitHistory,
    private readonly catalog: StoreCatalog,
    private readonly isTrusted: () => boolean,
  ) {}

  /** @throws AppError `git/unavailable` with the reason where the commit cannot be shown. */
  async find(ref: RunRef, hash: string, signal: CancelSignal): Promise<FoundCommit> {
    const repositories = await this.repositories(ref, signal);
    for (const repository of repositories) {
      const commit = await this.git.findCommit(repository, hash, signal);
      if (commit !== null) {
        return { repository, commit };
      }
    }
    throw new AppError(
      "git/unavailable",
      repositories.length === 0
        ? vscode.l10n.t("The run's code cannot be compared: no folder of this window is in a git repository.")
        : vscode.l10n.t("The commit {0} is not in the repository {1}.", oneLine(hash, 12), repositories.join(", ")),
      {
        remedy:
          repositories.length === 0
            ? vscode.l10n.t("Open the folder that holds the code.")
            : vscode.l10n.t("Fetch it, or open the folder that holds the run's code."),
      },
    );
  }

  async show(ref: RunRef, against: CommitDiffAgainst = "parent"): Promise<void> {
    const signal = neverCancelled();
    const run = await this.catalog.use(ref.storeId, signal, (store) => store.getRun(ref.runId, signal));
    const hash = runCommit(run);
    if (hash === null || hash === "") {
      throw new AppError("git/unavailable", vscode.l10n.t("The run recorded no git commit."), {
        remedy: vscode.l10n.t("MLflow records it when the training script lies in a git repository."),
      });
    }
    const found = await this.find(ref, hash, signal);
    const files = await this.git.changedFiles(found.repository, found.commit.hash, against, signal);
    const short = found.commit.hash.slice(0, 8);
    if (files.length === 0) {
      void vscode.window.showInformationMessage(
        against === "parent"
          ? vscode.l10n.t("The commit {0} changed no file.", short)
          : vscode.l10n.t("No file differs from the commit {0}.", short),
      );
      return;
    }
    const title =
      against === "parent"
        ? vscode.l10n.t("{0}: {1}", short, oneLine(found.commit.subject, 80))
        : vscode.l10n.t("{0} and the files now", short);
    const resources = files.map((file) => (against === "parent" ? parentDiff(found, file) : workingTreeDiff(found, file)));
    await vscode.commands.executeCommand("vscode.changes", title, resources);
  }

  /** Shows how the code of two runs differs: what is committed, and what is not in it is said. */
  async showBetween(before: ComparedCode, after: ComparedCode): Promise<void> {
    const signal = neverCancelled();
    for (const { hash, name } of [before, after]) {
      if (hash === null || hash === "") {
        throw new AppError("git/unavailable", vscode.l10n.t("The run {0} recorded no git commit.", oneLine(name, 80)), {
          remedy: vscode.l10n.t("MLflow records it when the training script lies in a git repository."),
        });
      }
    }
    const [first, second] = await Promise.all([before, after].map(({ ref, hash }) => this.find(ref, hash ?? "", signal)));
    if (first === undefined || second === undefined) {
      return;
    }
    const dirty = [before, after].filter(({ isDirty }) => isDirty).map(({ name }) => oneLine(name, 80));
    if (dirty.length > 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "These runs were started from files with changes that were not committed, which cannot be shown: {0}",
          dirty.join(", "),
        ),
      );
    }
    if (first.repository !== second.repository) {
      throw new AppError(
        "git/unavailable",
        vscode.l10n.t("The commits are in two repositories: {0} and {1}.", first.repository, second.repository),
      );
    }
    const shorts = [first, second].map(({ commit }) => commit.hash.slice(0, 8)) as [string, string];
    const files =
      first.commit.hash === second.commit.hash
        ? []
        : await this.git.changedFiles(first.repository, first.commit.hash, { commit: second.commit.hash }, signal);
    if (files.length === 0) {
      void vscode.window.showInformationMessage(
        first.commit.hash === second.commit.hash
          ? vscode.l10n.t("Both runs were started from the commit {0}.", shorts[0])
          : vscode.l10n.t("No file differs between the commits {0} and {1}.", ...shorts),
      );
      return;
    }
    const title = vscode.l10n.t("{0} and {1}: {2} and {3}", oneLine(before.name, 40), oneLine(after.name, 40), ...shorts);
    await vscode.commands.executeCommand(
      "vscode.changes",
      title,
      files.map((file) => betweenDiff(first, second, file)),
    );
  }

  /** Text of a file at a commit. Only repositories of this window are read, whatever an address says. */
  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    this.demandTrust();
    const signal = signalOf(token);
    const { repository, commit, path } = parseCommitFileUri(uri);
    if (!(await this.repositories(undefined, signal)).includes(repository)) {
      throw new AppError("git/unavailable", vscode.l10n.t("The repository {0} is not open in this window.", oneLine(repository)));
    }
    return decodeCommitFile(await this.git.fileAt(repository, commit, path, signal));
  }

  /** The repositories around the run's store first, then those of the workspace, each once. */
  private async repositories(ref: RunRef | undefined, signal: CancelSignal): Promise<readonly string[]> {
    this.demandTrust();
    const entries = this.catalog.entries();
    const own = entries.filter((entry) => entry.id === ref?.storeId);
    const stores = [...own, ...entries].flatMap(({ location }) => (location.kind === "rest" ? [] : [dirname(location.path)]));
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
    const roots: string[] = [];
    for (const folder of new Set([...stores, ...folders])) {
      const root = await this.git.findRepository(folder, signal);
      if (root !== null && !roots.includes(root)) {
        roots.push(root);
      }
    }
    return roots;
  }

  private demandTrust(): void {
    if (!this.isTrusted()) {
      throw new AppError("git/unavailable", vscode.l10n.t("Git is not started in a folder that you do not trust."), {
        remedy: vscode.l10n.t("Trust the folder to see the code of its runs."),
      });
    }
  }
}

type Change = readonly [label: vscode.Uri, original: vscode.Uri | undefined, modified: vscode.Uri | undefined];

function parentDiff({ repository, commit }: FoundCommit, { before, after }: ChangedFile): Change {
  return [
    vscode.Uri.file(join(repository, after ?? before ?? "")),
    before === null || commit.parent === null ? undefined : commitFileUri({ repository, commit: commit.parent, path: before }),
    after === null ? undefined : commitFileUri({ repository, commit: commit.hash, path: after }),
  ];
}

function betweenDiff({ repository, commit }: FoundCommit, other: FoundCommit, { before, after }: ChangedFile): Change {
  return [
    vscode.Uri.file(join(repository, after ?? before ?? "")),
    before === null ? undefined : commitFileUri({ repository, commit: commit.hash, path: before }),
    after === null ? undefined : commitFileUri({ repository, commit: other.commit.hash, path: after }),
  ];
}

function workingTreeDiff({ repository, commit }: FoundCommit, { before, after }: ChangedFile): Change {
  const now = vscode.Uri.file(join(repository, after ?? before ?? ""));
  return [
    now,
    before === null ? undefined : commitFileUri({ repository, commit: commit.hash, path: before }),
    after === null ? undefined : now,
  ];
}
