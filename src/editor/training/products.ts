import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { NEVER_CANCELLED } from "../../core/base/cancel";
import { isBrowseNode, type BrowseNode } from "../../core/browse/node";
import { oneLine } from "../../core/base/oneLine";
import type { Product } from "../../core/config/product";
import type { RetrainHandOver } from "../../core/drift/view/toHandOver";
import { indexed } from "../../core/lint/indexed";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import type { TrainingReason } from "../../core/training/retrainPlan";
import { isMonitoringNode } from "../monitoring/monitoringNode";
import { plainPath } from "../monitoring/watchedProduct";
import type { RunRef } from "../platform/runRef";
import type { RetrainArgument } from "./trainingCommands";
import type { TrainingFolder } from "./trainingServices";

/** A product's file of the workspace. */
export interface TrainableProduct {
  readonly folder: TrainingFolder;
  /** Relative to the folder. */
  readonly config: string;
  readonly name: string;
  /** Null where the file cannot be read. */
  readonly product: Product | null;
}

const BY_HAND: TrainingReason = { kind: "manual", text: "Somebody asked for it in the editor." };

/** Why a training is asked for, from what was handed over. */
export function reasonOf(target: RetrainArgument | undefined): TrainingReason {
  if (!isHandOver(target)) {
    return BY_HAND;
  }
  const { why, window, columns, kpis } = target;
  const parts = [
    columns.length === 0
      ? ""
      : `Drifted: ${columns.slice(0, 8).join(", ")}${columns.length > 8 ? ` and ${String(columns.length - 8)} more` : ""}.`,
    kpis.length === 0 ? "" : `Targets missed: ${kpis.join(", ")}.`,
    window?.from == null || window.to === null ? "" : `Window: ${dateOf(window.from)} to ${dateOf(window.to)}.`,
  ];
  return { kind: "drift", text: oneLine([why.replaceAll("`", ""), ...parts].filter(Boolean).join(" "), 600) };
}

/** The product that is meant; asks where several could be. Undefined where the person gives up. @throws AppError where there is none. */
export async function findProduct(
  target: RetrainArgument | undefined,
  folders: readonly TrainingFolder[],
  question: string,
): Promise<TrainableProduct | undefined> {
  const all = await allProducts(folders);
  if (all.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No mlops.yaml in this workspace says how a model is trained."), {
      remedy: vscode.l10n.t("Run MLOps: New Model, or add a file mlops.yaml with the block train."),
    });
  }
  const meant = target === undefined ? ofEditor(all) : meantBy(target, all);
  const [only] = meant;
  if (meant.length === 1 && only !== undefined) {
    return only;
  }
  return pick(meant.length > 1 ? meant : all, question);
}

export async function allProducts(folders: readonly TrainingFolder[]): Promise<readonly TrainableProduct[]> {
  const found: TrainableProduct[] = [];
  for (const folder of folders) {
    for (const config of await folder.files.list(NEVER_CANCELLED)) {
      if (configKindOf(config) === "product") {
        const product = await readProductAt(config, folder.files, NEVER_CANCELLED);
        if (product?.stage !== "retired") {
          found.push({ folder, config, product, name: product?.name ?? config });
        }
      }
    }
  }
  return found;
}

function pathOf({ folder, config }: TrainableProduct): string {
  return `${plainPath(folder.root).replace(/\/$/, "")}/${config}`;
}

/** The file in front. */
function ofEditor(all: readonly TrainableProduct[]): readonly TrainableProduct[] {
  const active = vscode.window.activeTextEditor?.document.uri.fsPath;
  return active === undefined ? [] : all.filter((one) => pathOf(one) === plainPath(active));
}

function meantBy(target: RetrainArgument, all: readonly TrainableProduct[]): readonly TrainableProduct[] {
  if (typeof target === "string" || target instanceof vscode.Uri) {
    const path = plainPath(typeof target === "string" ? target : target.fsPath);
    return all.filter((one) => pathOf(one) === path);
  }
  if (isHandOver(target)) {
    const { config, product } = target;
    const byPath = config === null ? [] : all.filter((one) => one.config === config || pathOf(one).endsWith(`/${config}`));
    return byPath.length > 0 ? byPath : all.filter(({ name }) => name === product);
  }
  if (isMonitoringNode(target)) {
    return all.filter((one) => pathOf(one) === plainPath(target.config));
  }
  if (!isBrowseNode(target)) {
    return all; // A run: any product may have made it.
  }
  const model = target.kind === "model" ? target.model.name : target.kind === "version" ? target.version.modelName : null;
  if (model !== null) {
    return all.filter(({ name, product }) => (product?.model?.name ?? name) === model || name === model);
  }
  const experiment = experimentOf(target);
  return experiment === null
    ? all
    : all.filter(({ product }) => indexed(product?.tracking).some(([, place]) => place.experiment === experiment));
}

function experimentOf(node: BrowseNode): string | null {
  for (let one: BrowseNode | null = node; one !== null; one = one.parent) {
    if (one.kind === "experiment") {
      return one.experiment.name;
    }
  }
  return null;
}

async function pick(products: readonly TrainableProduct[], question: string): Promise<TrainableProduct | undefined> {
  const items = products
    .map((found) => ({
      label: oneLine(found.name),
      description: found.product?.train === undefined ? vscode.l10n.t("says nothing of training") : (found.product.train.engine ?? ""),
      detail: found.config,
      found,
    }))
    .sort(
      (a, b) =>
        Number(b.found.product?.train !== undefined) - Number(a.found.product?.train !== undefined) || a.label.localeCompare(b.label),
    );
  return items.length === 1 && items[0]?.found.product?.train !== undefined
    ? items[0].found
    : (await vscode.window.showQuickPick(items, { placeHolder: question, matchOnDescription: true, matchOnDetail: true }))?.found;
}

function isHandOver(value: unknown): value is RetrainHandOver {
  return (
    typeof value === "object" &&
    value !== null &&
    "why" in value &&
    typeof value.why === "string" &&
    "columns" in value &&
    Array.isArray(value.columns) &&
    "kpis" in value &&
    Array.isArray(value.kpis)
  );
}

/** Drops whatever is none of our arguments. */
export function safeRetrainArgument(value: unknown): RetrainArgument | undefined {
  const isPath = typeof value === "string" && configKindOf(plainPath(value)) === "product";
  const isRun = typeof value === "object" && value !== null && "runId" in value && typeof value.runId === "string" && "storeId" in value;
  if (isPath || value instanceof vscode.Uri || isHandOver(value) || isMonitoringNode(value) || isBrowseNode(value)) {
    return value;
  }
  return isRun ? (value as RunRef) : undefined;
}

function dateOf(milliseconds: number): string {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString().slice(0, 10) : "unknown";
}
