import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { isInToolFolder } from "../../core/lint/workspace/toolFolders";
import { plainPath } from "../monitoring/watchedProduct";
import { inFlocks } from "../platform/inFlocks";
import { watchPlaces } from "../platform/watchPlaces";
import type { CostedFolder } from "./overviewServices";

/** A check, a commit or a deployment writes several files at once. */
const FLOCK_MS = 800;
/** What products rest on: their files, policies, checks, jobs, deployments and sign-offs, and what git knows. Logs of jobs grow all the time and say nothing here. */
const PATTERNS = [
  "**/{mlops,*.mlops}.{yaml,yml}",
  "**/.mlops/{policy.yaml,*.jsonl}",
  "**/.mlops/signoffs/*",
  "**/.mlops/monitoring/*/*.json",
  "**/.mlops/jobs/*/job.json",
  "**/.mailmap",
  "**/.git/logs/HEAD",
];
const FROM_GIT = /(?:^|\/)(?:\.git\/(?:[^]*\/)?logs\/HEAD|\.mailmap)$/;

/** Tells each folder what changed below it, and asks for everything anew. @param changed what is to be done then. */
export function followOverview(folders: () => readonly CostedFolder[], changed: () => void): Disposable {
  const disposables = new DisposableStore();
  const { soon } = disposables.add(inFlocks(FLOCK_MS, changed));
  const onChange = (uri: vscode.Uri): void => {
    const path = plainPath(uri.fsPath);
    for (const folder of folders()) {
      const root = `${plainPath(folder.root).replace(/\/$/, "")}/`;
      const inFolder = path.startsWith(root) ? path.slice(root.length) : null;
      if (inFolder !== null && FROM_GIT.test(inFolder)) {
        folder.forgetFacts();
        soon();
      } else if (inFolder !== null && !isInToolFolder(inFolder)) {
        folder.forget(inFolder);
        soon();
      }
    }
  };
  disposables.add(watchPlaces(PATTERNS, onChange));
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(soon));
  const all = (): void => {
    folders().forEach((folder) => folder.forgetFacts());
    soon();
  };
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(all));
  return disposables;
}
