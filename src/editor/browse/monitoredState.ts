import * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { formatNumber } from "../../core/browse/formatValues";
import type { ModelNode, VersionNode } from "../../core/browse/node";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import type { Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import { statusWords } from "../monitoring/checkWords";
import { isVersionAtWork, lowEstimates, type ModelStates } from "../monitoring/modelStates";
import { sayNumber } from "../platform/sayNumber";
import type { Watched } from "../monitoring/monitoringBoard";

export interface MonitoredState {
  /** A few words for a narrow tree. */
  readonly text: string;
  readonly icon: string;
  readonly colour: string;
}

export interface MonitoredContext {
  readonly catalog: StoreCatalog;
  readonly monitored?: ModelStates | undefined;
}

/** What monitoring knows of a model, or of the version of it that is at work. */
export function watchedOf(node: ModelNode | VersionNode, { catalog, monitored }: MonitoredContext): Watched | undefined {
  const model = node.kind === "model" ? node.model : node.parent?.kind === "model" ? node.parent.model : undefined;
  const found = model === undefined ? undefined : monitored?.of(model.name, catalog.entry(node.storeId)?.location);
  if (found === undefined || model === undefined) {
    return undefined;
  }
  return node.kind === "model" || isVersionAtWork(found, node.version, model) ? found : undefined;
}

/** What monitoring knows of the version at work that a run made; undefined for a run that made none. */
export async function watchedOfRun(
  { runId }: Pick<Run, "runId">,
  storeId: StoreId,
  { catalog, monitored }: MonitoredContext,
  signal: CancelSignal,
): Promise<Watched | undefined> {
  if (monitored?.hasAny() !== true) {
    return undefined;
  }
  for (const version of await catalog.use(storeId, signal, (store) => store.versionsOfRun(runId, signal))) {
    const found = monitored.of(version.modelName, catalog.entry(storeId)?.location);
    if (found !== undefined) {
      const model = await catalog.use(storeId, signal, (store) => store.getRegisteredModel(version.modelName, signal));
      if (isVersionAtWork(found, version, model)) {
        return found;
      }
    }
  }
  return undefined;
}

/** How the model is at work, where somebody has to know; undefined while all is well. */
export function monitoredState(node: ModelNode | VersionNode, context: MonitoredContext): MonitoredState | undefined {
  const found = watchedOf(node, context);
  const latest = found?.latest ?? null;
  if (found === undefined || latest === null || latest.status === "ok") {
    return undefined;
  }
  const estimates = lowEstimates(found).map(({ name, value }) =>
    vscode.l10n.t("{0} about {1}", oneLine(name, 30), value === null ? "?" : sayNumber(formatNumber(value))),
  );
  const text = [...words(latest), ...(node.kind === "version" ? estimates : [])].join(", ") || statusWords(latest.status);
  switch (latest.status) {
    case "fail":
      return { text, icon: "error", colour: "list.errorForeground" };
    case "warn":
      return { text, icon: "warning", colour: "list.warningForeground" };
    case "unjudged":
      return { text, icon: "circle-slash", colour: "descriptionForeground" };
  }
}

function words({ status, drift, kpis }: MonitoringResult): readonly string[] {
  if (status === "unjudged") {
    return [vscode.l10n.t("not judged")];
  }
  const bad = kpis.filter((kpi) => kpi.kind === "measured" && (kpi.status === "fail" || kpi.status === "warn"));
  const names = [...new Set(bad.map(({ name }) => oneLine(name, 30)))];
  return [
    ...(drift?.status === "fail" || drift?.status === "warn" ? [vscode.l10n.t("drift")] : []),
    ...(names[0] === undefined
      ? []
      : [names.length === 1 ? vscode.l10n.t("{0} off target", names[0]) : vscode.l10n.t("{0} KPIs off target", names.length)]),
  ];
}
