import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { isInToolFolder } from "../../core/lint/workspace/toolFolders";
import { localDate, untilNextDay } from "./localDate";
import type { LintedFolder } from "./lintedFolder";
import type { LintSession } from "./lintSession";

/** Files come and go in flocks, so that their folder is searched once in this time, in milliseconds. */
const FLOCK = 1000;

/**
 * Names by which a new file may be one that lint judges, or that a finding rests on although nobody has looked for it before. Without an
 * ending it may be a folder, of which nothing more is told.
 */
const TELLING = /\.(?:ya?ml|toml|lock|txt|py|json|dvc|mailmap)$|(?:^|\/)[^./]+$/;

/** Who owns a file and who is who in git decide on findings everywhere. */
const ABOUT_PEOPLE = /(?:^|\/)(?:CODEOWNERS|\.mailmap)$/;

/** Git writes here whenever a commit, a checkout or a pull moves what is checked out. */
const GIT_MOVED = /(?:^|\/)\.git\/(?:[^]*\/)?logs\/HEAD$/;

/** Follows documents, files, settings, trust and the calendar, and has judged anew what they touch. */
export function followWorkspace(session: LintSession, now: () => Date): Disposable {
  const disposables = new DisposableStore();
  const own = (item: Disposable): void => void disposables.add(item);
  const { workspace } = vscode;

  own(workspace.onDidOpenTextDocument(({ uri }) => session.enqueue([uri])));
  own(workspace.onDidCloseTextDocument(({ uri }) => session.closed(uri)));
  own(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) {
        session.typedIn(document.uri);
      }
    }),
  );
  own(workspace.onDidSaveTextDocument(({ uri }) => followFile(session, uri, "changed")));
  own(workspace.onDidChangeWorkspaceFolders(() => void session.restart()));
  own(workspace.onDidGrantWorkspaceTrust(() => void session.judgeAll()));
  own(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("mlops.lint")) {
        void session.restart();
      }
    }),
  );
  own(followFiles(session));
  own(followDays(session, now));
  return disposables;
}

function followFiles(session: LintSession): Disposable {
  const disposables = new DisposableStore();
  const searches = new Map<LintedFolder, NodeJS.Timeout>();
  const searchSoon = (folder: LintedFolder): void => {
    if (!searches.has(folder)) {
      const search = (): void => {
        searches.delete(folder);
        void session.judgeFolder(folder);
      };
      searches.set(folder, setTimeout(search, FLOCK));
    }
  };
  const cameOrWent = (uri: vscode.Uri, isTelling: (path: string) => boolean): void => {
    const place = followFile(session, uri, "cameOrWent");
    if (place !== undefined && isTelling(place.path)) {
      searchSoon(place.folder);
    }
  };
  const watcher = disposables.add(vscode.workspace.createFileSystemWatcher("**/*"));
  watcher.onDidChange((uri) => {
    const place = session.placeOf(uri);
    if (place !== undefined && GIT_MOVED.test(place.path)) {
      place.folder.lint.forgetFacts();
      searchSoon(place.folder);
    }
    followFile(session, uri, "changed");
  });
  watcher.onDidCreate((uri) => cameOrWent(uri, (path) => TELLING.test(path)));
  watcher.onDidDelete((uri) => {
    session.gone(uri);
    cameOrWent(uri, () => true); // Files that are there are taken from the list, so a finding may rest on any of them.
  });
  disposables.add({ dispose: () => searches.forEach((timer) => clearTimeout(timer)) });
  return disposables;
}

/** Has judged what rests on a file, and the file itself; undefined for a file that lint never looks at. */
function followFile(session: LintSession, uri: vscode.Uri, change: "changed" | "cameOrWent"): ReturnType<LintSession["placeOf"]> {
  const place = session.placeOf(uri);
  if (place === undefined || isInToolFolder(place.path)) {
    return undefined;
  }
  const { folder, path } = place;
  const touched = change === "changed" ? folder.lint.changed(path) : folder.lint.cameOrWent(path);
  const own = folder.targets.has(path) ? [path] : [];
  const all = ABOUT_PEOPLE.test(path) ? folder.targets : [];
  session.enqueue([...new Set([...touched, ...own, ...all])].map((one) => folder.uriOf(one)));
  return place;
}

/** Dates fall due at midnight; a machine that sleeps meanwhile is looked at when somebody comes back to it. */
function followDays(session: LintSession, now: () => Date): Disposable {
  const disposables = new DisposableStore();
  let day = localDate(now());
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, untilNextDay(now()));
    const today = localDate(now());
    if (today !== day) {
      day = today;
      void session.judgeAll();
    }
  };
  look();
  disposables.add({ dispose: () => clearTimeout(timer) });
  disposables.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        look();
        // What git knows may have changed outside of this window.
        session.factsChanged();
      }
    }),
  );
  return disposables;
}
