import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { NEVER_CANCELLED } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { isBrowseNode } from "../../core/browse/node";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { plainPath } from "../monitoring/watchedProduct";
import type { ComplianceArgument } from "./complianceCommands";
import type { ComplianceFolder } from "./complianceServices";
import type { ComplianceTarget } from "./complianceTarget";

interface FoundProduct {
  readonly root: string;
  readonly config: string;
  readonly name: string;
  readonly model: string;
}

/** The product that is meant; asks where several could be. Undefined where the person gives up. @throws AppError where there is none. */
export async function findComplianceTarget(
  target: ComplianceArgument | undefined,
  folders: readonly ComplianceFolder[],
): Promise<ComplianceTarget | undefined> {
  const all = (await Promise.all(folders.map(productsOf))).flat();
  if (all.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no mlops.yaml in this workspace."), {
      remedy: vscode.l10n.t("Run MLOps: New Model to make one."),
    });
  }
  const meant = all.filter((one) => isMeant(one, target));
  const version = isBrowseNode(target) && target.kind === "version" ? target.version.version : null;
  const [only] = meant;
  const chosen = only !== undefined && meant.length === 1 ? only : await pick(meant.length > 1 ? meant : all);
  return chosen === undefined ? undefined : { root: chosen.root, config: chosen.config, version };
}

/** Drops whatever is none of our arguments. */
export function safeComplianceArgument(value: unknown): ComplianceArgument | undefined {
  return value instanceof vscode.Uri || isBrowseNode(value) || (typeof value === "string" && configKindOf(plainPath(value)) === "product")
    ? value
    : undefined;
}

async function productsOf({ root, files }: ComplianceFolder): Promise<readonly FoundProduct[]> {
  const configs = (await files.list(NEVER_CANCELLED)).filter((path) => configKindOf(path) === "product");
  return Promise.all(
    configs.map(async (config) => {
      const product = await readProductAt(config, files, NEVER_CANCELLED);
      const name = product?.name ?? config;
      return { root, config, name, model: product?.model?.name ?? name };
    }),
  );
}

function isMeant({ root, config, name, model }: FoundProduct, target: ComplianceArgument | undefined): boolean {
  const path = `${plainPath(root).replace(/\/$/, "")}/${config}`;
  if (target === undefined) {
    const active = vscode.window.activeTextEditor?.document.uri.fsPath;
    return active !== undefined && path === plainPath(active);
  }
  if (typeof target === "string" || target instanceof vscode.Uri) {
    return path === plainPath(typeof target === "string" ? target : target.fsPath);
  }
  const wanted = target.kind === "model" ? target.model.name : target.kind === "version" ? target.version.modelName : null;
  return wanted !== null && (wanted === model || wanted === name);
}

async function pick(products: readonly FoundProduct[]): Promise<FoundProduct | undefined> {
  const [only] = products;
  if (products.length === 1) {
    return only;
  }
  const items = products
    .map((found) => ({ label: oneLine(found.name), detail: found.config, found }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const placeHolder = vscode.l10n.t("Whose compliance page?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.found;
}
