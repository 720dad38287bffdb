import { canonicalJson } from "../../base/canonicalJson";
import type { Product } from "../../config/product";
import { indexed } from "../../lint/indexed";
import { firstFrom, pathsBelow } from "../../lint/pathsBelow";
import { isInToolFolder } from "../../lint/workspace/toolFolders";
import { folderOf } from "../../lint/workspace/workspacePath";

/** What this program itself writes beside a product, all the time and to no effect on the model. */
const OWN = /(?:^|\/)\.mlops\/(?:monitoring|jobs|deployments|signoffs)\/|(?:^|\/)\.mlops\/(?:deployments|gate-log)\.jsonl/;
/** A database of runs changes with each alias that is moved. */
const STORE = /(?:^|\/)mlflow\.db(?:-wal|-shm|-journal)?$/;
/** Says something of the model, tries it or builds it, and is no part of it. */
const ABOUT = /\.(?:md|rst|html?|pdf)$|(?:^|\/)(?:docs?|reports?|tests?)\/|(?:^|\/)\.[^/]+|(?:^|\/)dvc\.lock$/i;

/** Whether a path that is not as the commit has it matters: files of ours, stores and caches do not. */
export function countsAsChange(path: string): boolean {
  return !OWN.test(path) && !STORE.test(path) && !isInToolFolder(path);
}

/** Files whose change makes another model. */
export interface ModelFiles {
  /** From the root of the workspace; a folder stands for what is in it. */
  readonly places: readonly string[];
  /** Whether these are all. Else everything in the product's folder may be one, but for what only says something of the model. */
  readonly areAll: boolean;
  /** Files that are none, such as the report of the evaluation. */
  readonly apart: readonly string[];
}

/** Which of the paths that changed since an evaluation make another model, in order. */
export function changedTraining(changed: readonly string[], config: string, { places, areAll, apart }: ModelFiles): readonly string[] {
  const named = new Set(places.flatMap((place) => below(changed, place)));
  const inFolder = areAll ? [] : below(changed, folderOf(config)).filter((path) => !ABOUT.test(path));
  const found = new Set([...named, ...inFolder]);
  return [...found].filter((path) => path !== config && !apart.includes(path) && countsAsChange(path)).sort(byCode);
}

/** Lists of changed paths in their order: one of a repository is asked for by each of its products. */
const sorted = new WeakMap<readonly string[], readonly string[]>();

function below(paths: readonly string[], place: string): readonly string[] {
  const inOrder = sorted.get(paths) ?? [...paths].sort(byCode);
  sorted.set(paths, inOrder);
  if (place === "") {
    return inOrder.filter((path) => !path.startsWith("../"));
  }
  return inOrder[firstFrom(inOrder, place)] === place ? [place, ...pathsBelow(inOrder, place)] : pathsBelow(inOrder, place);
}

/** As JavaScript compares texts, on which the search rests. */
function byCode(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The blocks by which two readings of a product's file describe models that are made in another way. */
export function changedBlocks(before: Product, now: Product): readonly string[] {
  const [left, right] = [madeOf(before), madeOf(now)];
  return Object.keys(right).filter((block) => canonicalJson(left[block] ?? null) !== canonicalJson(right[block] ?? null));
}

/** What of a file decides which model comes out; when it is trained, and what is said of it, does not. */
function madeOf({ pipeline, train, data, base_model: base }: Product): Readonly<Record<string, unknown>> {
  const { command, shell, params, params_file, code, environment } = train ?? {};
  return {
    pipeline: pipeline ?? null,
    train: { command, shell, params, params_file, code, environment },
    data: indexed(data).map(([, { path, use, version }]) => ({ path, use, version })),
    base_model: { name: base?.name, version: base?.version },
  };
}
