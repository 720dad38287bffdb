import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { isBrowseNode } from "../../core/browse/node";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { storeLocationOf } from "../../core/tracking/storeLocation";
import { addMonitoring } from "../monitoring/addMonitoring";
import { addMonitoringDag, addMonitoringWorkflow } from "../monitoring/addMonitoringAutomation";
import { checkAll, checkOne, type CheckCommandParts } from "../monitoring/checkCommands";
import { askFilter } from "../monitoring/askFilter";
import type { Watched } from "../monitoring/monitoringBoard";
import { isMonitoringNode, NO_FILTER } from "../monitoring/monitoringNode";
import type { ModelStates } from "../monitoring/modelStates";
import type { MonitoringTree } from "../monitoring/monitoringTree";
import { pickWatched } from "../monitoring/pickWatched";
import { configPath } from "../monitoring/watchedProduct";
import type { DriftCommandHandlers, DriftCommandTarget } from "./driftCommands";
import type { DriftPanels } from "./driftPanels";
import type { DriftServices } from "./driftServices";
import type { DriftTarget } from "./driftTarget";
import { openConfigAt } from "./openConfigAt";
import { pickDataFiles } from "./pickDataFiles";

export interface DriftHandlerParts extends CheckCommandParts {
  readonly services: DriftServices;
  readonly context: vscode.ExtensionContext;
  readonly panels: DriftPanels;
  readonly tree: MonitoringTree;
  readonly states: ModelStates;
}

/** Every command of drift and monitoring. Each answers when its target is missing: with a question or a sentence. */
export function createDriftHandlers(parts: DriftHandlerParts): DriftCommandHandlers {
  const { board, panels, tree, services, context } = parts;
  const pick = async (target: DriftCommandTarget | undefined, question: string): Promise<Watched | undefined> =>
    findWatched(target, parts) ?? pickWatched(await board.ready(), question);
  return {
    "mlops.drift.compareFiles": async (file, selection) => {
      const pair = await pickDataFiles(selection ?? (file === undefined ? [] : [file]));
      if (pair !== undefined) {
        panels.open({ kind: "files", ...pair });
      }
    },
    "mlops.drift.show": async (target) => {
      await board.ready();
      const found = await pick(target, vscode.l10n.t("The drift of which model?"));
      if (found !== undefined) {
        panels.open({ kind: "product", config: configPath(found.watched) }, focusOf(target));
      }
    },
    "mlops.drift.writeNote": async () => {
      if (panels.active === undefined) {
        throw new AppError("usage", vscode.l10n.t("A note is about what is shown, and no drift is open."), {
          remedy: vscode.l10n.t("Run MLOps: Show Drift first."),
        });
      }
      await panels.active.writeNote();
    },
    "mlops.monitoring.check": async (target) => {
      await board.ready();
      const found = await pick(target, vscode.l10n.t("Which model is to be checked?"));
      if (found !== undefined) {
        await checkOne(found.watched, parts);
      }
    },
    "mlops.monitoring.checkAll": async () => checkAll(await board.ready(), parts),
    "mlops.monitoring.refresh": () => board.refresh(),
    "mlops.monitoring.filter": async () => {
      const filter = await askFilter(tree.filter);
      if (filter !== undefined) {
        tree.filter = filter;
      }
    },
    "mlops.monitoring.clearFilter": () => {
      tree.filter = NO_FILTER;
    },
    "mlops.monitoring.openConfig": async (target) => {
      await board.ready();
      const found = await pick(target, vscode.l10n.t("The file of which model?"));
      if (found !== undefined) {
        await openConfigAt(vscode.Uri.file(configPath(found.watched)), "monitoring");
      }
    },
    "mlops.monitoring.add": () => addMonitoring(services.calendar),
    "mlops.monitoring.addToGithubActions": () => addMonitoringWorkflow({ context, board }),
    "mlops.monitoring.addToAirflow": () => addMonitoringDag({ context, board }),
  };
}

/**
 * The product that is meant by a node, a path, or the file in front; undefined where nothing says it.
 * @throws AppError where something is meant that is not monitored.
 */
function findWatched(target: DriftCommandTarget | undefined, { board, states }: DriftHandlerParts): Watched | undefined {
  if (target === undefined) {
    const active = vscode.window.activeTextEditor?.document.uri;
    return active === undefined ? undefined : board.find(active.fsPath);
  }
  const found = isMonitoringNode(target)
    ? board.find(target.config)
    : isBrowseNode(target)
      ? modelOf(target, states)
      : board.find(typeof target === "string" ? target : target.fsPath);
  if (found === undefined) {
    throw new AppError("usage", vscode.l10n.t("This model is not monitored: no mlops.yaml names its reference and live data."), {
      remedy: vscode.l10n.t("Run MLOps: Add Monitoring to a Model."),
    });
  }
  return found;
}

function modelOf(
  node: Extract<DriftCommandTarget, { readonly parent: unknown; readonly key: string }>,
  states: ModelStates,
): Watched | undefined {
  const model = node.kind === "model" ? node.model.name : node.kind === "version" ? node.version.modelName : undefined;
  return model === undefined || !("storeId" in node) || node.storeId === null ? undefined : states.of(model, storeLocationOf(node.storeId));
}

/** The column or KPI that a line of the overview is about. */
function focusOf(target: DriftCommandTarget | undefined): DriftTarget["focus"] {
  if (!isMonitoringNode(target) || target.kind !== "monitoredPart" || target.name === null) {
    return null;
  }
  const { part, name } = target;
  return part === "column" || part === "kpi" ? { kind: part, name } : null;
}

/** Drops whatever is none of our arguments: nodes, paths of products' files, and files from the explorer. */
export function safeArguments(args: readonly unknown[]): readonly unknown[] {
  const [target, selection] = args;
  const isPath = typeof target === "string" && configKindOf(target.replaceAll("\\", "/")) === "product";
  const isKnown = isMonitoringNode(target) || isBrowseNode(target) || target instanceof vscode.Uri || isPath;
  const files = Array.isArray(selection) ? selection.filter((item) => item instanceof vscode.Uri) : [];
  return [isKnown ? target : undefined, files.length === 0 ? undefined : files];
}
