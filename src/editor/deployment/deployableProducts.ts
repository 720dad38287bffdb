import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { NEVER_CANCELLED } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { isBrowseNode } from "../../core/browse/node";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { plainPath } from "../monitoring/watchedProduct";
import type { DeployArgument } from "./deploymentCommands";
import { isTargetNode } from "./deploymentNode";
import type { DeploymentFolder } from "./deploymentServices";

/** A product's file of the workspace with what a choice needs. */
export interface DeployableProduct {
  readonly folder: DeploymentFolder;
  /** Relative to the folder. */
  readonly config: string;
  readonly name: string;
  /** The registered model. */
  readonly model: string;
  /** Keys of `deploy.targets`. */
  readonly targets: readonly string[];
}

/** The product that is meant; asks where several could be. Undefined where the person gives up. @throws AppError where there is none. */
export async function findDeployable(
  target: DeployArgument | undefined,
  folders: readonly DeploymentFolder[],
  question: string,
): Promise<DeployableProduct | undefined> {
  const all = await allDeployable(folders);
  if (all.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No mlops.yaml in this workspace says where a model is deployed."), {
      remedy: vscode.l10n.t("Add the block deploy with targets to an mlops.yaml."),
    });
  }
  const meant = all.filter((one) => isMeant(one, target));
  const [only] = meant;
  if (only !== undefined && meant.length === 1 && (target !== undefined || all.length === 1 || isInFront(only))) {
    return only;
  }
  const items = (meant.length > 1 ? meant : all).map((found) => ({
    label: oneLine(found.name),
    description:
      found.targets.length === 0 ? vscode.l10n.t("says nothing of targets") : found.targets.map((name) => oneLine(name)).join(", "),
    detail: found.config,
    found,
  }));
  items.sort((a, b) => Number(b.found.targets.length > 0) - Number(a.found.targets.length > 0) || a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(items, { placeHolder: question, matchOnDescription: true, matchOnDetail: true }))?.found;
}

async function allDeployable(folders: readonly DeploymentFolder[]): Promise<readonly DeployableProduct[]> {
  const found: DeployableProduct[] = [];
  for (const folder of folders) {
    for (const config of (await folder.files.list(NEVER_CANCELLED)).filter((path) => configKindOf(path) === "product")) {
      const product = await readProductAt(config, folder.files, NEVER_CANCELLED);
      if (product !== null && product.stage !== "retired") {
        const name = product.name ?? config;
        found.push({ folder, config, name, model: product.model?.name ?? name, targets: Object.keys(product.deploy?.targets ?? {}) });
      }
    }
  }
  return found;
}

function isMeant(one: DeployableProduct, target: DeployArgument | undefined): boolean {
  if (target === undefined) {
    return isInFront(one);
  }
  if (typeof target === "string" || target instanceof vscode.Uri) {
    return pathOf(one) === plainPath(typeof target === "string" ? target : target.fsPath);
  }
  if (isTargetNode(target)) {
    return one.folder.root === target.root && one.config === target.status.config;
  }
  const model = target.kind === "model" ? target.model.name : target.kind === "version" ? target.version.modelName : null;
  return model !== null && (one.model === model || one.name === model);
}

function isInFront(one: DeployableProduct): boolean {
  const active = vscode.window.activeTextEditor?.document.uri.fsPath;
  return active !== undefined && pathOf(one) === plainPath(active);
}

function pathOf({ folder, config }: DeployableProduct): string {
  return `${plainPath(folder.root).replace(/\/$/, "")}/${config}`;
}

/** Drops whatever is none of our arguments. */
export function safeDeployArgument(value: unknown): DeployArgument | undefined {
  const isPath = typeof value === "string" && configKindOf(plainPath(value)) === "product";
  return isPath || value instanceof vscode.Uri || isTargetNode(value) || isBrowseNode(value) ? value : undefined;
}
