import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { localDate, untilNextDay } from "../lint/localDate";
import { inBackground } from "../platform/inBackground";
import { inFlocks } from "../platform/inFlocks";
import { watchPlaces } from "../platform/watchPlaces";
import type { SignOffBoard } from "./signOffBoard";
import type { SignOffFolder } from "./signOffServices";

/** A commit writes several files at once. */
const FLOCK_MS = 300;

/** What sign-offs rest on: themselves, products, who may sign, and what git knows, which it writes whenever something is committed or pulled. */
const PATTERNS = ["**/.mlops/signoffs/*", "**/{mlops,*.mlops}.{yaml,yml}", "**/.mlops/policy.yaml", "**/.mailmap", "**/.git/logs/HEAD"];
const FROM_GIT = /(?:^|\/)(?:\.git\/(?:[^]*\/)?logs\/HEAD|\.mailmap)$/;

/** Follows files, typing, git and the calendar, and has judged anew what they touch. */
export function followSignOffs(
  board: SignOffBoard,
  folders: () => readonly SignOffFolder[],
  now: () => Date,
  logError: (error: unknown) => void,
): Disposable {
  const disposables = new DisposableStore();
  const { workspace } = vscode;
  const { soon: refreshSoon } = disposables.add(inFlocks(FLOCK_MS, () => inBackground(board.refresh(), logError)));
  const touched = (uri: vscode.Uri): void => {
    const place = placeOf(uri, folders());
    if (place !== undefined) {
      place.folder.forget(place.path);
      if (FROM_GIT.test(place.path)) {
        place.folder.forgetFacts();
      }
      refreshSoon();
    }
  };
  disposables.add(watchPlaces(PATTERNS, touched));
  disposables.add(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const place = contentChanges.length === 0 ? undefined : placeOf(document.uri, folders());
      if (place !== undefined && configKindOf(place.path) === "product") {
        board.typedIn(place.folder.root, place.path);
      } else if (place?.path.includes(".mlops/signoffs/") === true) {
        refreshSoon();
      }
    }),
  );
  disposables.add(workspace.onDidChangeWorkspaceFolders(refreshSoon));
  disposables.add(workspace.onDidGrantWorkspaceTrust(refreshSoon));
  disposables.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        // What git knows may have changed outside of this window, also in a repository around the folder.
        folders().forEach((folder) => folder.forgetFacts());
        refreshSoon();
      }
    }),
  );
  disposables.add(followDays(now, refreshSoon));
  return disposables;
}

/** Sign-offs end at midnight. */
function followDays(now: () => Date, changed: () => void): Disposable {
  let day = localDate(now());
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer = setTimeout(look, untilNextDay(now()));
    const today = localDate(now());
    if (today !== day) {
      day = today;
      changed();
    }
  };
  look();
  return { dispose: () => clearTimeout(timer) };
}

/** The folder of the workspace that a file is in, and its path there; undefined for any other file. */
export function placeOf(
  uri: vscode.Uri,
  folders: readonly SignOffFolder[],
): { readonly folder: SignOffFolder; readonly path: string } | undefined {
  const found = vscode.workspace.getWorkspaceFolder(uri);
  const folder = folders.find(({ root }) => found?.uri.fsPath === root);
  if (found === undefined || folder === undefined) {
    return undefined;
  }
  return { folder, path: uri.path.slice(found.uri.path.length).replace(/^\//, "") };
}
