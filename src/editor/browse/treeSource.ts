import * as vscode from "vscode";

import { isCancelled } from "../../core/base/cancel";
import type { Browser } from "../../core/browse/browser";
import type { BrowseOptionsHolder } from "../../core/browse/browseOptions";
import type { BrowseNode } from "../../core/browse/node";
import type { RunPricer } from "../../core/cost/priceRun";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { TreeSource } from "../app";
import type { ModelStates } from "../monitoring/modelStates";
import type { MonitoredModels } from "../monitoring/monitoredModels";
import { neverCancelled, signalOf } from "../platform/signals";
import { hoverOf } from "./hover";
import { toTreeItem } from "./treeItem";

export interface TreeSourceParts {
  readonly browser: Browser;
  readonly catalog: StoreCatalog;
  readonly options: BrowseOptionsHolder;
  /** Resolves when the first search for stores is done. */
  readonly discovered: Promise<void>;
  readonly logError: (error: unknown) => void;
  /** How models are at work. A tree that shows it in its rows hears of changes; one that only has it in its cards does not need to. */
  /** Tells what runs cost; without it no card says it. */
  readonly prices?: () => Promise<RunPricer>;
  readonly monitored?: ModelStates & Partial<Pick<MonitoredModels, "onDidChange">>;
}

/** Draws a browser's nodes as VS Code's tree. A failure becomes a node, never an empty tree. */
export function treeSource({ browser, catalog, options, discovered, logError, monitored, prices }: TreeSourceParts): TreeSource {
  return {
    onDidChange: (listener) => {
      const subscription = browser.onDidChange((node) => {
        listener(node ?? undefined);
      });
      const watching = monitored?.onDidChange?.(() => {
        listener(undefined);
      });
      return vscode.Disposable.from(subscription, ...(watching === undefined ? [] : [watching]));
    },
    getChildren: async (node) => {
      try {
        await discovered;
        const signal = neverCancelled();
        return [...(await (node === undefined ? browser.roots(signal) : browser.children(node, signal)))];
      } catch (error) {
        if (isCancelled(error)) {
          return [];
        }
        logError(error);
        return [{ kind: "error", key: `${node?.key ?? "root"}#error`, parent: node ?? null, storeId: null, error, stale: false }];
      }
    },
    getTreeItem: (node) => toTreeItem(node, { catalog, options: options.current, now: Date.now(), monitored }),
    getParent: (node) => node.parent ?? undefined,
    resolve: async (item, node: BrowseNode, token) => {
      try {
        item.tooltip = await hoverOf(node, catalog, options.current, signalOf(token), monitored, prices);
      } catch (error) {
        if (!isCancelled(error)) {
          logError(error);
        }
      }
      return item;
    },
  };
}
