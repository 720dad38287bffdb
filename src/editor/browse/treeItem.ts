import * as vscode from "vscode";

import { isAppError, toUserText } from "../../core/base/appError";
import type { BrowseOptions } from "../../core/browse/browseOptions";
import { sameFavourite, type Favourite } from "../../core/browse/browseOptions";
import { oneLine } from "../../core/base/oneLine";
import { formatDuration, formatNumber } from "../../core/browse/formatValues";
import { headlineMetrics } from "../../core/browse/headlineMetrics";
import type { BrowseNode, EmptyNode, ErrorNode, RunNode, StoreNode, VersionNode } from "../../core/browse/node";
import { isStale, runCommit, runDuration } from "../../core/browse/runFacts";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { ModelStates } from "../monitoring/modelStates";
import { sayAge } from "../platform/sayAge";
import { sayNumber } from "../platform/sayNumber";
import { contextValue } from "./contextValues";
import { monitoredState } from "./monitoredState";

export interface ItemContext {
  readonly catalog: StoreCatalog;
  readonly options: BrowseOptions;
  readonly now: number;
  /** How models are at work, where somebody knows. */
  readonly monitored?: ModelStates | undefined;
}

/** How a node looks: label, description, icon, menus. Pure but for VS Code's own types. */
export function toTreeItem(node: BrowseNode, context: ItemContext): vscode.TreeItem {
  const item = draw(node, context);
  item.id = node.key;
  item.contextValue = contextValue(node, traitsOf(node, context));
  return item;
}

function draw(node: BrowseNode, context: ItemContext): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case "favourites":
      return withIcon(new vscode.TreeItem(vscode.l10n.t("Favourites"), Expanded), "star-full");
    case "store":
      return drawStore(node, context);
    case "folder":
      return withIcon(new vscode.TreeItem(oneLine(node.label), Collapsed), "folder");
    case "experiment": {
      const item = new vscode.TreeItem(oneLine(node.label), Collapsed);
      const deleted = node.experiment.lifecycleStage === "deleted";
      item.description = [storeHint(node.storeId, context), deleted ? vscode.l10n.t("deleted") : ""].filter(Boolean).join(" · ");
      return withIcon(item, deleted ? "trash" : "beaker");
    }
    case "run":
      return drawRun(node, context);
    case "model": {
      const item = new vscode.TreeItem(oneLine(node.model.name), Collapsed);
      const count = node.model.versionCount;
      const aliases = [...node.model.aliases]
        .sort(([a], [b]) => Number(b === "champion") - Number(a === "champion"))
        .map(([alias, version]) => `@${alias} v${version}`)
        .join(", ");
      const state = monitoredState(node, context);
      item.description = [
        state?.text ?? "",
        aliases,
        count === null ? "" : count === 1 ? vscode.l10n.t("1 version") : vscode.l10n.t("{0} versions", count),
        storeHint(node.storeId, context),
      ]
        .filter(Boolean)
        .join(" · ");
      return state === undefined ? withIcon(item, "package") : withIcon(item, state.icon, state.colour);
    }
    case "version":
      return drawVersion(node, context);
    case "fact": {
      const item = new vscode.TreeItem(
        oneLine(node.fact === "commit" ? vscode.l10n.t("Commit {0}", node.value.slice(0, 10)) : node.label),
        None,
      );
      item.description = node.fact === "commit" ? "" : oneLine(node.value);
      item.tooltip = node.value;
      if (node.fact === "commit") {
        item.command = { command: "mlops.run.showCommitDiff", title: vscode.l10n.t("Show Changes"), arguments: [node] };
      }
      return withIcon(item, node.fact === "commit" ? "git-commit" : "database");
    }
    case "artifacts":
      return withIcon(new vscode.TreeItem(vscode.l10n.t("Artifacts"), Collapsed), "folder-library");
    case "artifact": {
      const name = node.entry.path.split("/").at(-1) ?? node.entry.path;
      const item = new vscode.TreeItem(oneLine(name), node.entry.isDirectory ? Collapsed : None);
      if (!node.entry.isDirectory) {
        item.description = node.entry.size === null ? "" : formatBytes(node.entry.size);
        item.command = { command: "mlops.artifact.open", title: vscode.l10n.t("Open"), arguments: [node] };
      }
      return withIcon(item, node.entry.isDirectory ? "folder" : "file");
    }
    case "more": {
      const item = new vscode.TreeItem(vscode.l10n.t("Load more…"), None);
      item.description = vscode.l10n.t("{0} shown", node.loaded.toLocaleString(vscode.env.language));
      item.command = { command: "mlops.node.loadMore", title: vscode.l10n.t("Load more"), arguments: [node] };
      return withIcon(item, "ellipsis");
    }
    case "error":
      return drawError(node);
    case "empty":
      return new vscode.TreeItem(emptyText(node), None);
  }
}

function drawStore(node: StoreNode, { catalog, now }: ItemContext): vscode.TreeItem {
  const entry = catalog.entry(node.storeId);
  const item = new vscode.TreeItem(oneLine(entry?.label ?? node.storeId), vscode.TreeItemCollapsibleState.Expanded);
  const health = entry?.health;
  if (health?.kind === "failed") {
    item.description =
      health.lastOk === null ? vscode.l10n.t("cannot be read") : vscode.l10n.t("not reachable, data of {0}", sayAge(now - health.lastOk));
    return withIcon(item, "warning", "list.warningForeground");
  }
  item.description = entry?.description?.label ?? "";
  return withIcon(
    item,
    entry?.location.kind === "rest" ? "server-environment" : entry?.location.kind === "sqlite" ? "database" : "folder-library",
  );
}

function drawRun(node: RunNode, { options, now }: ItemContext): vscode.TreeItem {
  const { run } = node;
  const leaf = node.parent?.kind === "version";
  const item = new vscode.TreeItem(
    oneLine(run.name === "" ? run.runId : run.name),
    leaf ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const duration = runDuration(run, now);
  const metrics = headlineMetrics(run, options.metrics).map(({ key, value }) => `${oneLine(key, 40)} ${sayNumber(formatNumber(value))}`);
  const stale = isStale(run, now);
  item.description = [
    leaf ? vscode.l10n.t("run") : "",
    ...metrics,
    stale ? vscode.l10n.t("no sign of life") : duration === null ? "" : formatDuration(duration),
    run.lifecycleStage === "deleted" ? vscode.l10n.t("deleted") : "",
  ]
    .filter(Boolean)
    .join(" · ");
  item.command = { command: "mlops.run.open", title: vscode.l10n.t("Open Run"), arguments: [node] };
  const [icon, colour] = runIcon(run.lifecycleStage === "deleted" ? "DELETED" : stale ? "STALE" : run.status);
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      "Run {0}, {1}, {2}",
      oneLine(run.name),
      stale ? vscode.l10n.t("no sign of life") : run.status.toLowerCase(),
      metrics.join(", "),
    ),
  };
  return withIcon(item, icon, colour);
}

function runIcon(state: string): readonly [string, string | undefined] {
  switch (state) {
    case "FINISHED":
      return ["pass", "testing.iconPassed"];
    case "FAILED":
      return ["error", "testing.iconFailed"];
    case "KILLED":
      return ["circle-slash", "testing.iconSkipped"];
    case "RUNNING":
      return ["sync", "charts.blue"];
    case "SCHEDULED":
      return ["watch", undefined];
    case "STALE":
      return ["question", "list.warningForeground"];
    case "DELETED":
      return ["trash", undefined];
    default:
      return ["circle-outline", undefined];
  }
}

function drawVersion(node: VersionNode, context: ItemContext): vscode.TreeItem {
  const { version, run } = node;
  const { options } = context;
  const state = monitoredState(node, context);
  const item = new vscode.TreeItem(vscode.l10n.t("Version {0}", oneLine(version.version)), vscode.TreeItemCollapsibleState.Collapsed);
  const metric = run === null ? undefined : headlineMetrics(run, options.metrics, 1)[0];
  item.description = [
    state?.text ?? "",
    version.aliases.map((alias) => `@${oneLine(alias, 40)}`).join(" "),
    version.stage !== "" && version.stage !== "None" ? version.stage : "",
    version.status === "READY" || version.status === "" ? "" : version.status.toLowerCase().replaceAll("_", " "),
    metric === undefined ? "" : `${oneLine(metric.key, 40)} ${sayNumber(formatNumber(metric.value))}`,
  ]
    .filter(Boolean)
    .join(" · ");
  if (state !== undefined) {
    return withIcon(item, state.icon, state.colour);
  }
  return version.status === "READY" || version.status === ""
    ? withIcon(item, version.aliases.length > 0 ? "verified-filled" : "tag", version.aliases.length > 0 ? "charts.blue" : undefined)
    : withIcon(item, "warning", "list.warningForeground");
}

function drawError(node: ErrorNode): vscode.TreeItem {
  const text = toUserText(node.error);
  const reason = shortReason(node.error);
  const label = node.stale ? vscode.l10n.t("Not up to date: {0}", reason ?? oneLine(text)) : (reason ?? oneLine(text));
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = reason === undefined ? "" : oneLine(text, 300);
  const tooltip = new vscode.MarkdownString();
  tooltip.appendText(text);
  tooltip.appendMarkdown("\n\n");
  tooltip.appendText(vscode.l10n.t("Press Enter to try again."));
  item.tooltip = tooltip;
  item.command = { command: "mlops.node.retry", title: vscode.l10n.t("Retry"), arguments: [node] };
  return withIcon(item, node.stale ? "warning" : "error", node.stale ? "list.warningForeground" : "list.errorForeground");
}

/** The gist in two or three words, because a narrow tree cuts the sentence where it says nothing yet. */
function shortReason(error: unknown): string | undefined {
  if (!isAppError(error)) {
    return undefined;
  }
  switch (error.code) {
    case "store/not-found":
      return vscode.l10n.t("Not found");
    case "store/unreadable":
      return vscode.l10n.t("Cannot be read");
    case "store/not-mlflow":
      return vscode.l10n.t("Not MLflow's");
    case "store/locked":
      return vscode.l10n.t("Locked");
    case "store/module-missing":
      return vscode.l10n.t("No SQLite here");
    case "store/unreachable":
      return vscode.l10n.t("Not reachable");
    case "store/timeout":
      return vscode.l10n.t("No answer in time");
    case "store/unauthorized":
      return vscode.l10n.t("Sign-in needed");
    case "store/forbidden":
      return vscode.l10n.t("Not allowed");
    case "store/bad-reply":
      return vscode.l10n.t("No MLflow answer");
    case "filter/invalid":
      return vscode.l10n.t("Search not understood");
    default:
      return undefined;
  }
}

function emptyText(node: EmptyNode): string {
  switch (node.reason) {
    case "noRuns":
      return vscode.l10n.t("No runs yet");
    case "noMatch":
      return vscode.l10n.t("No run matches the search");
    case "noExperiments":
      return vscode.l10n.t("No experiments yet");
    case "noModels":
      return vscode.l10n.t("No registered models yet");
    case "noVersions":
      return vscode.l10n.t("No versions yet");
    case "noArtifacts":
      return vscode.l10n.t("No artifacts");
  }
}

function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : size.toPrecision(3)} ${units[unit] ?? ""}`;
}

/** With all stores in one list the store's name tells equal names apart. */
function storeHint(storeId: string, { catalog, options }: ItemContext): string {
  return !options.groupByStore && catalog.entries().length > 1 ? oneLine(catalog.entry(storeId)?.label ?? "", 40) : "";
}

function withIcon(item: vscode.TreeItem, icon: string, colour?: string): vscode.TreeItem {
  item.iconPath = new vscode.ThemeIcon(icon, colour === undefined ? undefined : new vscode.ThemeColor(colour));
  return item;
}

/** What can be starred, as it is remembered. */
export function favouriteOf(node: BrowseNode): Favourite | undefined {
  switch (node.kind) {
    case "run":
      return { kind: "run", storeId: node.storeId, id: node.run.runId };
    case "experiment":
      return { kind: "experiment", storeId: node.storeId, id: node.experiment.experimentId };
    case "model":
      return { kind: "model", storeId: node.storeId, id: node.model.name };
    default:
      return undefined;
  }
}

function traitsOf(node: BrowseNode, { catalog, options }: ItemContext): Parameters<typeof contextValue>[1] {
  const entry = "storeId" in node && node.storeId !== null ? catalog.entry(node.storeId) : undefined;
  const favourite = favouriteOf(node);
  const run = node.kind === "run" || node.kind === "version" ? node.run : null;
  return {
    web: entry?.description?.webUrl != null,
    commit: run !== null && runCommit(run) !== null,
    server: entry?.location.kind === "rest",
    nested: node.kind === "run" && node.run.parentRunId !== null,
    starred: favourite !== undefined && options.favourites.some((other) => sameFavourite(other, favourite)),
  };
}
