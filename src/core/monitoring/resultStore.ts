import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { reasonOf } from "../lint/workspace/reasonOf";
import { type MonitoredProduct, resultFolder } from "./monitoredProduct";
import type { MonitoringResult } from "./monitoringResult";
import { readResult } from "./readResult";
import { LAST_TIME, resultName, timeOfResultName } from "./resultName";

/** Files of a workspace that checks read and add to. Paths are relative to it, with forward slashes; none leads outside. */
export interface ResultFiles {
  /** Names of the files of a folder, in any order; empty where there is no such folder. */
  names(folder: string, signal: CancelSignal): Promise<readonly string[]>;
  /** Null where there is no such file. @throws Error with a sentence when it cannot be read. */
  readText(path: string, signal: CancelSignal): Promise<string | null>;
  /**
   * Makes a file and the folders above it, whole or not at all.
   * @returns false where the name is taken: nothing is ever overwritten.
   * @throws AppError `file/unwritable` when the folder is read-only, the disk is full, …
   */
  create(path: string, text: string, signal: CancelSignal): Promise<boolean>;
}

export interface StoredResult {
  /** Relative to the workspace. */
  readonly path: string;
  readonly result: MonitoringResult;
}

export interface ResultHistory {
  /** The newest first. */
  readonly results: readonly StoredResult[];
  /** Files that could not be read, a sentence each. */
  readonly problems: readonly string[];
  /** How many results there are; more than `results` where a limit was given. */
  readonly total: number;
}

export interface LatestResult {
  readonly product: MonitoredProduct;
  /** Null for a product that was never checked. */
  readonly latest: StoredResult | null;
  readonly problems: readonly string[];
}

/** Products are looked up so many at a time. */
const AT_ONCE = 16;
/** So many checks cannot end in the same millisecond by chance. */
const MOST_TRIES = 1000;

/** The results of checks, a small file each, beside the product's file. They are added and never changed. */
export class ResultStore {
  constructor(private readonly files: ResultFiles) {}

  /**
   * Keeps a result. Its name comes after all names that are there, also where the clock went back, so that the newest stays the newest.
   * @throws AppError `file/unwritable` with a sentence; results that are there stay as they are.
   */
  async keep(product: MonitoredProduct, result: MonitoringResult, signal: CancelSignal): Promise<StoredResult> {
    const folder = resultFolder(product);
    const newest = timeOfResultName((await this.sortedNames(folder, signal))[0] ?? "") ?? -1;
    const text = `${JSON.stringify(result, null, 1)}\n`;
    const start = Math.max(0, Math.round(result.checked_at), newest + 1);
    for (let time = start; time < start + MOST_TRIES && time <= LAST_TIME; time++) {
      const path = `${folder}/${resultName(time)}`;
      if (await this.files.create(path, text, signal)) {
        return { path, result };
      }
    }
    throw new AppError("file/unwritable", `The result of ${product.name} was not kept: no name is free in ${folder}.`, {
      remedy: "Look for a file there with a time in the far future, and delete it.",
    });
  }

  /** @param limit of results, from the newest on. */
  async history(product: MonitoredProduct, limit: number, signal: CancelSignal): Promise<ResultHistory> {
    const folder = resultFolder(product);
    const problems: string[] = [];
    const results: StoredResult[] = [];
    const names = await this.sortedNames(folder, signal, problems);
    for (const name of names) {
      if (results.length >= limit) {
        break;
      }
      const stored = await this.read(`${folder}/${name}`, product, problems, signal);
      results.push(...(stored === null ? [] : [stored]));
    }
    return { results, problems, total: names.length };
  }

  async latest(product: MonitoredProduct, signal: CancelSignal): Promise<LatestResult> {
    const { results, problems } = await this.history(product, 1, signal);
    return { product, latest: results[0] ?? null, problems };
  }

  /** The newest result of each product, in the order given. */
  async overview(products: readonly MonitoredProduct[], signal: CancelSignal): Promise<readonly LatestResult[]> {
    const found = new Map<MonitoredProduct, LatestResult>();
    const waiting = products.values();
    const work = async (): Promise<void> => {
      for (const product of waiting) {
        signal.throwIfAborted();
        found.set(product, await this.latest(product, signal));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return products.flatMap((product) => found.get(product) ?? []);
  }

  /** The newest first. */
  private async sortedNames(folder: string, signal: CancelSignal, problems: string[] = []): Promise<readonly string[]> {
    let names: readonly string[];
    try {
      names = await this.files.names(folder, signal);
    } catch (error) {
      signal.throwIfAborted();
      problems.push(`Earlier results in ${folder} cannot be listed: ${reasonOf(error)}.`);
      return [];
    }
    const results = names.filter((name) => timeOfResultName(name) !== null);
    // A file that somebody renamed or put there is told, so that nobody wonders where it is.
    const foreign = names.filter((name) => name.endsWith(".json") && timeOfResultName(name) === null);
    problems.push(...foreign.map((name) => `${folder}/${name} is not read: its name is not that of a result.`));
    return results.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  }

  private async read(path: string, product: MonitoredProduct, problems: string[], signal: CancelSignal): Promise<StoredResult | null> {
    try {
      const text = await this.files.readText(path, signal);
      return text === null ? null : { path, result: readResult(text) };
    } catch (error) {
      signal.throwIfAborted();
      problems.push(`A result of ${product.name} is passed over, ${path}: ${reasonOf(error)}.`);
      return null;
    }
  }
}
