import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Product } from "../../core/config/product";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { readProduct } from "../../core/lint/workspace/readProduct";
import { checkEvery } from "../../core/monitoring/checkSchedule";
import { didYouMean } from "../closestWord";
import { type LintScope, readScopes } from "../lint/lintScopes";
import { printable } from "../printable";

/** A product of a workspace; `config` is null where its file cannot be read. */
export interface FoundProduct {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly name: string;
  readonly config: Product | null;
  readonly isMonitored: boolean;
}

export interface FoundScope {
  /** Absolute. */
  readonly root: string;
  readonly products: readonly FoundProduct[];
}

export interface ProductsWish {
  /** Names, files and folders. */
  readonly args: readonly string[];
  readonly all: boolean;
  readonly cwd: string;
}

/**
 * The products that were named, by workspace; without a name those that are monitored, of the current folder or of the whole
 * repository.
 * @param openFiles opens the files of a root, once.
 * @throws AppError `usage` for a name or path that no product has.
 */
export async function findProducts(
  { args, all, cwd }: ProductsWish,
  openFiles: (root: string) => WorkspaceFiles,
  signal: CancelSignal,
): Promise<readonly FoundScope[]> {
  const [paths, names] = await partPaths(args, cwd);
  const scopes = args.length === 0 || paths.length > 0 ? await readScopes(paths, cwd) : [];
  const found = new Map<string, Map<string, FoundProduct>>();
  const add = (root: string, products: readonly FoundProduct[]): void => {
    const known = found.get(root) ?? new Map<string, FoundProduct>();
    found.set(root, known);
    products.forEach((product) => known.set(product.path, product));
  };
  for (const scope of scopes) {
    const products = await productsOf(scope.root, openFiles, signal);
    const inScope = all ? products : products.filter(({ path }) => isIn(scope, path));
    add(scope.root, args.length === 0 ? inScope.filter(({ isMonitored }) => isMonitored) : inScope);
    for (const file of scope.files.filter((path) => !products.some((one) => one.path === path))) {
      throw new AppError("usage", `"${printable(relative(cwd, resolve(scope.root, file)))}" is no file of a product.`, {
        remedy: "Name an mlops.yaml or a *.mlops.yaml.",
      });
    }
  }
  if (names.length > 0) {
    const [home] = await readScopes(["."], cwd);
    const root = home?.root ?? cwd;
    const products = await productsOf(root, openFiles, signal);
    add(
      root,
      names.map((name) => named(name, products)),
    );
  }
  return [...found].map(([root, products]) => ({ root, products: [...products.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) }));
}

async function productsOf(
  root: string,
  openFiles: (root: string) => WorkspaceFiles,
  signal: CancelSignal,
): Promise<readonly FoundProduct[]> {
  const files = openFiles(root);
  const paths = (await files.list(signal)).filter((path) => configKindOf(path) === "product");
  const products: FoundProduct[] = [];
  for (const path of paths) {
    products.push(await readFound(path, files, signal));
  }
  return products;
}

/** A file that cannot be read, or is broken where it speaks of monitoring, is not passed over: its check says what is wrong. */
async function readFound(path: string, files: WorkspaceFiles, signal: CancelSignal): Promise<FoundProduct> {
  try {
    const text = (await files.readText(path, signal)) ?? "";
    const { value, problems } = await readProduct(path, text, files, signal);
    const isBroken = problems.length > 0 && /^[ \t"']*monitoring["']?[ \t]*:/m.test(text);
    return { path, name: value.name ?? path, config: value, isMonitored: checkEvery(value) !== null || isBroken };
  } catch {
    signal.throwIfAborted();
    return { path, name: path, config: null, isMonitored: true };
  }
}

function isIn({ folders, files }: LintScope, path: string): boolean {
  return files.includes(path) || folders.some((folder) => folder === "" || path.startsWith(`${folder}/`));
}

function named(name: string, products: readonly FoundProduct[]): FoundProduct {
  const same = products.filter((product) => product.name === name);
  const [first] = same;
  const shown = printable(name.slice(0, 100));
  if (first === undefined) {
    const known = products.map((product) => product.name);
    throw new AppError("usage", `There is no product, file or folder "${shown}".${didYouMean(name, known)}`, {
      remedy: known.length === 0 ? "No mlops.yaml was found here." : "Name one as its mlops.yaml does, or by its path.",
    });
  }
  if (same.length > 1) {
    throw new AppError("usage", `${same.length} products are called "${shown}".`, {
      remedy: `Name one by its path: ${same
        .slice(0, 5)
        .map(({ path }) => printable(path))
        .join(", ")}.`,
    });
  }
  return first;
}

/** What is there is a path; anything else can only be a name, unless it looks like a path. */
async function partPaths(args: readonly string[], cwd: string): Promise<readonly [paths: readonly string[], names: readonly string[]]> {
  const paths: string[] = [];
  const names: string[] = [];
  for (const arg of args) {
    const isThere = (await stat(resolve(cwd, arg)).catch(() => null)) !== null;
    (isThere || /[/\\]|\.ya?ml$/.test(arg) ? paths : names).push(arg);
  }
  return [paths, names];
}
