import * as vscode from "vscode";

import type { BrowseOptions } from "../../core/browse/browseOptions";
import { oneLine } from "../../core/base/oneLine";
import { formatDuration, formatNumber, textSparkline } from "../../core/browse/formatValues";
import { headlineMetrics } from "../../core/browse/headlineMetrics";
import type { BrowseNode } from "../../core/browse/node";
import { isStale, runCommit, runDuration, runOwner } from "../../core/browse/runFacts";
import type { RunPricer } from "../../core/cost/priceRun";
import type { RunPrice } from "../../core/cost/runPrice";
import { activeExperiments } from "../../core/tracking/listExperiments";
import { money } from "../../core/training/view/trainingWords";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import { MLFLOW_TAG, type Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { ModelStates } from "../monitoring/modelStates";
import type { Watched } from "../monitoring/monitoringBoard";
import { appendResult } from "../monitoring/monitoringItem";
import { configPath } from "../monitoring/watchedProduct";
import { sayNumber } from "../platform/sayNumber";
import { watchedOf, watchedOfRun } from "./monitoredState";

const METRICS = 5;
const PARAMS = 8;

/** The hover card of a node; read when the pointer rests on it. Undefined keeps what the item has. */
export async function hoverOf(
  node: BrowseNode,
  catalog: StoreCatalog,
  options: BrowseOptions,
  signal: AbortSignal,
  monitored?: ModelStates,
  prices?: () => Promise<RunPricer>,
): Promise<vscode.MarkdownString | string | undefined> {
  switch (node.kind) {
    case "run":
      return runCard(
        node.run,
        node.storeId,
        catalog,
        options,
        signal,
        await watchedOfRun(node.run, node.storeId, { catalog, monitored }, signal),
        prices === undefined ? null : await priced(node, await prices(), catalog, signal),
      );
    case "version":
      return withMonitoring(versionCard(node.version), watchedOf(node, { catalog, monitored }));
    case "model":
      return withMonitoring(modelCard(node.model), watchedOf(node, { catalog, monitored }));
    case "experiment": {
      const card = new Card(node.experiment.name);
      card.line(vscode.l10n.t("Id"), node.experiment.experimentId);
      card.text(node.experiment.tags.get(MLFLOW_TAG.note) ?? "");
      return card.markdown;
    }
    case "store": {
      const entry = catalog.entry(node.storeId);
      if (entry === undefined) {
        return undefined;
      }
      const card = new Card(entry.label);
      card.line(vscode.l10n.t("Place"), entry.location.kind === "rest" ? entry.location.url : entry.location.path);
      card.line(vscode.l10n.t("Kind"), entry.description?.label ?? "");
      card.line(vscode.l10n.t("Found by"), entry.origin);
      for (const note of entry.description?.notes ?? []) {
        card.text(note);
      }
      return card.markdown;
    }
    case "folder":
    case "fact":
    case "artifacts":
    case "artifact":
    case "more":
    case "error":
    case "empty":
    case "favourites":
      return undefined;
  }
}

/** Null where no price is known: a card is no place for why. */
async function priced(
  { run, storeId }: Extract<BrowseNode, { readonly kind: "run" }>,
  prices: RunPricer,
  catalog: StoreCatalog,
  signal: AbortSignal,
): Promise<RunPrice | null> {
  const experiments = await catalog.use(storeId, signal, (store) => activeExperiments(store, signal));
  const experiment = experiments.find(({ experimentId }) => experimentId === run.experimentId)?.name ?? run.experimentId;
  return prices.price(run, { storeId, experiment }, signal);
}

async function runCard(
  run: Run,
  storeId: StoreId,
  catalog: StoreCatalog,
  options: BrowseOptions,
  signal: AbortSignal,
  watched: Watched | undefined,
  price: RunPrice | null,
): Promise<vscode.MarkdownString> {
  const now = Date.now();
  const card = new Card(run.name === "" ? run.runId : run.name);
  card.line(
    vscode.l10n.t("Status"),
    isStale(run, now)
      ? vscode.l10n.t("{0}, but nothing was heard of it for more than a day", run.status.toLowerCase())
      : run.status.toLowerCase(),
  );
  card.line(vscode.l10n.t("Owner"), runOwner(run));
  if (run.startTime !== null) {
    const duration = runDuration(run, now);
    card.line(
      vscode.l10n.t("Started"),
      new Date(run.startTime).toLocaleString(vscode.env.language) + (duration === null ? "" : ` · ${formatDuration(duration)}`),
    );
  }
  if (price?.cost != null) {
    card.line(vscode.l10n.t("Price"), [sayNumber(money(price.cost)), price.instance?.name, price.note].filter(Boolean).join(" · "));
  }
  // Before what the training said of itself: at work it may be another story.
  appendMonitoring(card, watched);
  const metrics = headlineMetrics(run, options.metrics, METRICS);
  const curves = await Promise.all(
    metrics.map(async ({ key }) => {
      const histories = await catalog.use(storeId, signal, (store) =>
        store.getMetricHistories([run.runId], key, { maxPoints: 96 }, signal),
      );
      return textSparkline(histories.get(run.runId)?.points.map((point) => point.value) ?? []);
    }),
  );
  card.table(metrics.map(({ key, value }, i) => [key, sayNumber(formatNumber(value)), curves[i] ?? ""]));
  card.table([...run.params].slice(0, PARAMS).map(([key, value]) => [key, value, ""]));
  if (run.params.size > PARAMS) {
    card.text(vscode.l10n.t("and {0} more parameters", run.params.size - PARAMS));
  }
  for (const input of run.inputs) {
    card.line(vscode.l10n.t("Data"), [input.name, input.context, input.digest].filter(Boolean).join(" · "));
  }
  card.line(vscode.l10n.t("Commit"), runCommit(run)?.slice(0, 10) ?? "");
  card.text(run.tags.get(MLFLOW_TAG.note) ?? "");
  card.links([
    { title: vscode.l10n.t("Open run"), command: "mlops.run.open", argument: { storeId, runId: run.runId } },
    ...(runCommit(run) === null
      ? []
      : [
          {
            title: vscode.l10n.t("Show changes of its commit"),
            command: "mlops.run.showCommitDiff",
            argument: { storeId, runId: run.runId },
          },
        ]),
  ]);
  return card.markdown;
}

/** How the model is at work: verdict, KPIs, estimates without labels, window and last check, with the way to all of it. */
function withMonitoring(card: Card, watched: Watched | undefined): vscode.MarkdownString {
  appendMonitoring(card, watched);
  return card.markdown;
}

function appendMonitoring(card: Card, watched: Watched | undefined): void {
  if (watched !== undefined) {
    card.markdown.appendMarkdown("\n---\n\n");
    appendResult(card.markdown, watched.latest, Date.now());
    card.links([{ title: vscode.l10n.t("Show drift"), command: "mlops.drift.show", argument: configPath(watched.watched) }]);
  }
}

function versionCard(version: ModelVersion): Card {
  const card = new Card(vscode.l10n.t("{0} version {1}", version.modelName, version.version));
  card.line(vscode.l10n.t("Aliases"), version.aliases.map((alias) => `@${alias}`).join(", "));
  card.line(vscode.l10n.t("Stage"), version.stage === "None" ? "" : version.stage);
  card.line(vscode.l10n.t("Status"), [version.status, version.statusMessage].filter(Boolean).join(": "));
  card.line(
    vscode.l10n.t("Registered"),
    version.creationTime === null ? "" : new Date(version.creationTime).toLocaleString(vscode.env.language),
  );
  card.line(vscode.l10n.t("Registered by"), version.userId);
  card.line(vscode.l10n.t("Files"), version.storageLocation ?? version.source);
  card.table([...version.tags].slice(0, PARAMS).map(([key, value]) => [key, value, ""]));
  card.text(version.description);
  return card;
}

function modelCard(model: RegisteredModel): Card {
  const card = new Card(model.name);
  card.line(vscode.l10n.t("Aliases"), [...model.aliases].map(([alias, version]) => `@${alias} → ${version}`).join(", "));
  card.table([...model.tags].slice(0, PARAMS).map(([key, value]) => [key, value, ""]));
  card.text(model.description);
  return card;
}

/** Builds a hover card. Everything from a store goes in as escaped text; only commands of our own are trusted. */
class Card {
  readonly markdown = new vscode.MarkdownString();

  constructor(title: string) {
    this.markdown.appendMarkdown("**").appendText(oneLine(title)).appendMarkdown("**\n\n");
  }

  line(name: string, value: string): void {
    if (value !== "") {
      this.markdown.appendMarkdown(`${name}: `).appendText(oneLine(value)).appendMarkdown("  \n");
    }
  }

  text(value: string): void {
    if (value.trim() !== "") {
      this.markdown.appendMarkdown("\n").appendText(oneLine(value, 400)).appendMarkdown("\n\n");
    }
  }

  table(rows: readonly (readonly [string, string, string])[]): void {
    if (rows.length > 0) {
      const cell = (text: string): string => oneLine(text, 60).replace(/[\\`*_{}[\]()#+\-.!|<>&~]/g, "\\$&");
      const body = rows.map((row) => `|${row.map(cell).join("|")}|`).join("\n");
      this.markdown.appendMarkdown(`\n| | | |\n|:--|--:|:--|\n${body}\n\n`);
    }
  }

  links(items: readonly { title: string; command: string; argument: unknown }[]): void {
    this.markdown.isTrusted = { enabledCommands: items.map((item) => item.command) };
    const links = items.map((item) => `[${item.title}](command:${item.command}?${encodeURIComponent(JSON.stringify([item.argument]))})`);
    this.markdown.appendMarkdown(`\n${links.join(" · ")}`);
  }
}
