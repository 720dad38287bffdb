import * as vscode from "vscode";

import { SCHEMES, type App } from "./app";
import { LazyFileSystem } from "./lazyFileSystem";

/** Registers what VS Code opens by an address of ours: artifacts, files at a commit, long values, and links to runs. */
export function registerDocuments(own: (item: vscode.Disposable) => void, load: () => Promise<App>): void {
  const { workspace, window } = vscode;
  const artifacts = new LazyFileSystem(async () => (await load()).artifacts);
  own(workspace.registerFileSystemProvider(SCHEMES.artifact, artifacts, { isReadonly: true, isCaseSensitive: true }));
  own(
    workspace.registerTextDocumentContentProvider(SCHEMES.commit, {
      provideTextDocumentContent: async (uri, token) => (await load()).commitFile(uri, token),
    }),
  );
  own(
    workspace.registerTextDocumentContentProvider(SCHEMES.value, {
      provideTextDocumentContent: async (uri, token) => (await load()).valueText(uri, token),
    }),
  );
  own(window.registerUriHandler({ handleUri: async (uri) => (await load()).openLink(uri) }));
}
