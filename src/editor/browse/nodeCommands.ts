import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { sameFavourite, type BrowseOptionsHolder } from "../../core/browse/browseOptions";
import type { BrowseNode } from "../../core/browse/node";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { RunRef } from "../platform/runRef";
import { runWebPage } from "../runs/runWebPage";
import { favouriteOf } from "./treeItem";

/** What "Copy Name" and "Copy ID" put on the clipboard; undefined where a node has no such thing. */
export function nameOf(node: BrowseNode, catalog: StoreCatalog): string | undefined {
  switch (node.kind) {
    case "run":
      return node.run.name === "" ? node.run.runId : node.run.name;
    case "experiment":
      return node.experiment.name;
    case "model":
      return node.model.name;
    case "version":
      return `${node.version.modelName}/${node.version.version}`;
    case "fact":
      return node.fact === "commit" ? node.value : node.label;
    case "artifact":
      return node.entry.path;
    case "store":
      return catalog.entry(node.storeId)?.label;
    case "folder":
      return node.path;
    default:
      return undefined;
  }
}

export function idOf(node: BrowseNode, catalog: StoreCatalog): string | undefined {
  switch (node.kind) {
    case "run":
      return node.run.runId;
    case "experiment":
      return node.experiment.experimentId;
    case "version":
      return `models:/${node.version.modelName}/${node.version.version}`;
    case "model":
      return node.model.name;
    case "fact":
      return node.value;
    case "store": {
      const location = catalog.entry(node.storeId)?.location;
      return location?.kind === "rest" ? location.url : location?.path;
    }
    default:
      return undefined;
  }
}

export async function copy(nodes: readonly BrowseNode[], textOf: (node: BrowseNode) => string | undefined): Promise<void> {
  const texts = nodes.flatMap((node) => textOf(node) ?? []);
  if (texts.length === 0) {
    throw new AppError("usage", vscode.l10n.t("Nothing is selected that can be copied."), {
      remedy: vscode.l10n.t("Select a run, an experiment, a model or a version first."),
    });
  }
  await vscode.env.clipboard.writeText(texts.join("\n"));
  vscode.window.setStatusBarMessage(texts.length === 1 ? vscode.l10n.t("Copied") : vscode.l10n.t("Copied {0} lines", texts.length), 2000);
}

/** A link that opens a run in this editor; a server's run has its web address instead. */
export function linkOf(node: BrowseNode, catalog: StoreCatalog, extensionId: string): string | undefined {
  return node.kind === "run"
    ? (webPageOf(node, catalog) ?? runLink({ storeId: node.storeId, runId: node.run.runId }, extensionId))
    : undefined;
}

export function runLink({ storeId, runId }: RunRef, extensionId: string): string {
  return `${vscode.env.uriScheme}://${extensionId}/run?${new URLSearchParams({ store: storeId, run: runId }).toString()}`;
}

export function parseRunLink(uri: vscode.Uri): RunRef {
  const query = new URLSearchParams(uri.query);
  const storeId = query.get("store");
  const runId = query.get("run");
  if (uri.path !== "/run" || storeId === null || runId === null || !/^[\w-]{1,64}$/.test(runId)) {
    throw new AppError("usage", vscode.l10n.t("The link does not name a run."), { remedy: vscode.l10n.t("Copy it again with Copy Link.") });
  }
  return { storeId, runId };
}

/** The page of a node in MLflow's own web interface, where its store has one. */
function webPageOf(node: BrowseNode, catalog: StoreCatalog): string | undefined {
  const base = "storeId" in node && node.storeId !== null ? catalog.entry(node.storeId)?.description?.webUrl : undefined;
  if (base == null) {
    return undefined;
  }
  switch (node.kind) {
    case "run":
      return runWebPage(base, node.run) ?? undefined;
    case "experiment":
      return `${base}/#/experiments/${encodeURIComponent(node.experiment.experimentId)}`;
    case "model":
      return `${base}/#/models/${encodeURIComponent(node.model.name)}`;
    case "version":
      return `${base}/#/models/${encodeURIComponent(node.version.modelName)}/versions/${encodeURIComponent(node.version.version)}`;
    default:
      return base;
  }
}

export async function openInMlflow(node: BrowseNode, catalog: StoreCatalog): Promise<void> {
  const page = webPageOf(node, catalog);
  if (page === undefined) {
    throw new AppError("usage", vscode.l10n.t("This store has no web page: it is read from files."), {
      remedy: vscode.l10n.t("Only what a server holds can be opened in MLflow's own pages."),
    });
  }
  await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

export function setFavourite(nodes: readonly BrowseNode[], starred: boolean, options: BrowseOptionsHolder): void {
  const changed = nodes.flatMap((node) => favouriteOf(node) ?? []);
  const others = options.current.favourites.filter((known) => !changed.some((favourite) => sameFavourite(known, favourite)));
  options.update({ favourites: starred ? [...others, ...changed] : others });
}
