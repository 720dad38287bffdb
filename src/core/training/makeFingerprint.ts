import { oneLine } from "../base/oneLine";
import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import { indexed } from "../lint/indexed";
import { type FileIndex, fileIndexOf } from "../lint/workspace/fileIndex";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { isPattern, matchingFiles } from "../lint/workspace/matchingFiles";
import { reasonOf } from "../lint/workspace/reasonOf";
import { folderOf, inFolder } from "../lint/workspace/workspacePath";
import { canonicalJson } from "./canonicalJson";
import type { ContentHashes } from "./contentHashes";
import type { Fingerprint, FingerprintKind, FingerprintPart } from "./fingerprint";
import type { PlanProgress } from "./training";
import type { ParamValue, TrainSpec } from "./trainSpec";

export interface FingerprintWish {
  readonly spec: TrainSpec;
  readonly product: Product;
  /** All values that are sent, by name. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly files: Pick<WorkspaceFiles, "list">;
  readonly hashes: ContentHashes;
  /** Of a path of the workspace. */
  readonly toAbsolute: (path: string) => string;
  /** In hex, of a text as UTF-8. */
  readonly sha256: (text: string) => string;
}

/** What a model learns from or is chosen with. Reference and live data only watch it. */
const LEARNT_FROM = new Set(["train", "validation", "test"]);
/** Files that count as code where `train.code` does not say which do. */
const CODE = /\.(?:py|ipynb|r|jl|sh|sql|[cm]?[jt]s)$/i;
const ORDER: readonly FingerprintKind[] = ["data", "code", "param", "command", "environment", "base_model"];
/** The disk reads so many files at a time. */
const AT_ONCE = 4;

/**
 * All that a training depends on: content of data and code, parameters, command, environment and base model. Two trainings with the same
 * fingerprint would make the same model, as far as files tell. Numbers count by their value, so 1 and 1.0 are the same.
 */
export async function makeFingerprint(wish: FingerprintWish, onProgress: PlanProgress, signal: CancelSignal): Promise<Fingerprint> {
  const { spec, product, params, sha256 } = wish;
  const folder = folderOf(spec.config);
  const index = fileIndexOf(await wish.files.list(signal));
  const unknown: string[] = [];
  const found = (path: string): readonly string[] => (isPattern(path) ? matchingFiles(path, index) : [path]);
  const wanted: { kind: FingerprintKind; path: string }[] = [];
  for (const [, entry] of indexed(product.data)) {
    if (entry.path !== undefined && LEARNT_FROM.has(entry.use ?? "train")) {
      const paths = found(inFolder(folder, entry.path));
      wanted.push(...paths.map((path) => ({ kind: "data" as const, path })));
      if (paths.length === 0) {
        unknown.push(`No file is named like the data ${oneLine(entry.path)}.`);
      }
    }
  }
  if (wanted.length === 0 && unknown.length === 0) {
    unknown.push("The file names no data that the model learns from, so nobody can tell whether they changed.");
  }
  wanted.push(...codeFiles(product, folder, index, unknown).map((path) => ({ kind: "code" as const, path })));
  // What the command runs, and the pipeline itself, count also where `train.code` forgets them.
  const named = spec.command.map((item) => inFolder(folder, item.replace(/^\.\//, ""))).filter((path) => index.hasFile(path));
  wanted.push(...[...named, ...(spec.pipeline === null ? [] : [spec.pipeline])].map((path) => ({ kind: "code" as const, path })));
  if (!wanted.some(({ kind }) => kind === "code")) {
    unknown.push("No code of the training was found; name it in train.code.");
  }
  const { environment } = product.train ?? {};
  if (environment !== undefined) {
    wanted.push({ kind: "environment", path: inFolder(folder, environment) });
  }
  const parts = await hashAll(distinct(wanted), wish, folder, unknown, onProgress, signal);
  const value = (kind: FingerprintKind, name: string, content: unknown): void => {
    parts.push({ kind, name, hash: `sha256:${sha256(canonicalJson(content))}`, size: null, from: "value" });
  };
  Object.entries(params).forEach(([name, content]) => value("param", name, content));
  value("command", "command", { engine: spec.engine, command: spec.command, shell: spec.shell, pipeline: spec.pipeline });
  if (product.base_model !== undefined) {
    value("base_model", product.base_model.name ?? "base model", product.base_model);
  }
  const sorted = parts.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const isWhole = unknown.length === 0;
  return {
    value: isWhole ? sha256(canonicalJson(sorted.map(({ kind, name, hash }) => [kind, name, hash]))) : null,
    parts: sorted,
    unknown,
  };
}

function codeFiles(product: Product, folder: string, index: FileIndex, unknown: string[]): readonly string[] {
  const patterns = indexed(product.train?.code).map(([, pattern]) => pattern);
  if (patterns.length === 0) {
    return index.below(folder).filter((path) => CODE.test(path));
  }
  return patterns.flatMap((pattern) => {
    const files = matchingFiles(inFolder(folder, pattern), index);
    if (files.length === 0) {
      unknown.push(`No file is named like the code ${oneLine(pattern)} in train.code.`);
    }
    return files;
  });
}

function distinct<T extends { readonly kind: string; readonly path: string }>(wanted: readonly T[]): readonly T[] {
  return [...new Map(wanted.map((one) => [`${one.kind} ${one.path}`, one])).values()];
}

async function hashAll(
  wanted: readonly { readonly kind: FingerprintKind; readonly path: string }[],
  { hashes, toAbsolute }: FingerprintWish,
  folder: string,
  unknown: string[],
  onProgress: PlanProgress,
  signal: CancelSignal,
): Promise<FingerprintPart[]> {
  const parts: FingerprintPart[] = [];
  const waiting = wanted.values();
  const work = async (): Promise<void> => {
    for (const { kind, path } of waiting) {
      signal.throwIfAborted();
      const name = nameIn(folder, path);
      try {
        const say = (done: number, total: number): void =>
          onProgress(`Reading ${name}: ${Math.floor((100 * done) / Math.max(1, total))} %`);
        const content = await hashes.hash(toAbsolute(path), say, signal);
        if (content === null) {
          unknown.push(`The ${WORDS[kind] ?? "file"} ${oneLine(name)} is not there.`);
        } else {
          parts.push({ kind, name, ...content });
        }
      } catch (error) {
        signal.throwIfAborted();
        unknown.push(`The ${WORDS[kind] ?? "file"} ${oneLine(name)} could not be read: ${reasonOf(error)}.`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return parts;
}

const WORDS: Readonly<Partial<Record<FingerprintKind, string>>> = { data: "data", code: "code file", environment: "environment file" };

/** From the product's folder; a file outside of it by its path in the workspace. */
function nameIn(folder: string, path: string): string {
  return folder !== "" && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
