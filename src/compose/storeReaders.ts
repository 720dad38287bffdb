import { join } from "node:path";
import { Worker } from "node:worker_threads";

import type * as vscode from "vscode";

import { WorkerStoreOpener } from "../adapters/node/workerStore";

const background = new WeakMap<vscode.ExtensionContext, WorkerStoreOpener>();

/** Reads databases and folders in a thread that starts with the first of them. */
export function storeReader({ extensionPath }: vscode.ExtensionContext): WorkerStoreOpener {
  return new WorkerStoreOpener(() => new Worker(join(extensionPath, "dist", "worker.js")));
}

/** The reader that all work beside the trees shares, so that a window has two such threads at most and a long check keeps no tree waiting. It ends with the window. */
export function backgroundReader(context: vscode.ExtensionContext): WorkerStoreOpener {
  const known = background.get(context);
  if (known !== undefined) {
    return known;
  }
  const reader = storeReader(context);
  context.subscriptions.push(reader);
  background.set(context, reader);
  return reader;
}
