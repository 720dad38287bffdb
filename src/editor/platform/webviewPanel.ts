import { randomBytes } from "node:crypto";

import * as vscode from "vscode";

import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { RpcPeer, type RpcHandlers } from "../../protocol/rpc";

export interface WebviewPanelOptions {
  /** The bundle `dist/webview/<view>.js`. */
  readonly view: string;
  readonly title: string;
  readonly extensionUri: vscode.Uri;
  readonly logError: (error: unknown) => void;
}

/** A webview panel with its rpc: strict CSP with a nonce, local resources only, no hidden context kept. */
export class RpcWebviewPanel<Host extends object, View extends object> implements Disposable {
  readonly view: RpcPeer<Host, View>;
  private readonly disposables = new DisposableStore();

  constructor(
    readonly panel: vscode.WebviewPanel,
    options: WebviewPanelOptions,
    handlers: RpcHandlers<Host>,
  ) {
    const { webview } = panel;
    const bundles = vscode.Uri.joinPath(options.extensionUri, "dist", "webview");
    webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    this.view = new RpcPeer<Host, View>(
      {
        post: (message) => void webview.postMessage(message),
        listen: (listener) => {
          const subscription = webview.onDidReceiveMessage(listener);
          return () => void subscription.dispose();
        },
      },
      handlers,
      {
        toError: (error) => {
          options.logError(error);
          return toErrorRecord(error);
        },
        fromError: fromErrorRecord,
        timeoutMs: 30_000,
      },
    );
    this.disposables.add(panel.onDidDispose(() => this.dispose()));
    panel.title = options.title;
    webview.html = html(webview, vscode.Uri.joinPath(bundles, `${options.view}.js`), options.title);
  }

  /** Adds something that ends with the panel. */
  own<T extends Disposable>(item: T): T {
    return this.disposables.add(item);
  }

  dispose(): void {
    this.view.close(new AppError("usage", "The view was closed."));
    this.disposables.dispose();
    this.panel.dispose();
  }
}

function html(webview: vscode.Webview, script: vscode.Uri, title: string): string {
  const nonce = randomBytes(16).toString("base64");
  const source = webview.cspSource;
  // Components of the toolkit and Lit adopt style sheets that the page makes itself; images are charts and artifacts as data.
  const csp = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${source}`,
    `style-src ${source} 'unsafe-inline'`,
    `font-src ${source}`,
    `img-src ${source} data: blob:`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<script type="module" nonce="${nonce}" src="${webview.asWebviewUri(script).toString()}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
