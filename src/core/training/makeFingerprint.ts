import { oneLine } from "../base/oneLine";
import { withoutLogin } from "../base/withoutLogin";
import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import { indexed } from "../lint/indexed";
import { type FileIndex, fileIndexOf } from "../lint/workspace/fileIndex";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { isPattern, matchingFiles } from "../lint/workspace/matchingFiles";
import { reasonOf } from "../lint/workspace/reasonOf";
import { folderOf, resolvePath } from "../lint/workspace/workspacePath";
import { canonicalJson } from "../base/canonicalJson";
import { isCodeFile } from "./codeFile";
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
  const wanted = [
    ...dataFiles(product, folder, index, unknown),
    ...codeFiles(wish, folder, index, unknown),
    ...environmentFile(product, folder, unknown),
  ];
  const { parts, notKept } = await hashAll(distinct(wanted), wish, folder, unknown, onProgress, signal);
  const value = (kind: FingerprintKind, name: string, content: unknown): void => {
    parts.push({ kind, name, hash: `sha256:${sha256(canonicalJson(content))}`, size: null, from: "value" });
  };
  Object.entries(params).forEach(([name, content]) => value("param", name, content));
  value("command", "command", { engine: spec.engine, command: spec.command, shell: spec.shell, pipeline: spec.pipeline });
  if (product.train?.image !== undefined) {
    value("environment", "container image", product.train.image);
  }
  if (product.base_model !== undefined) {
    value("base_model", product.base_model.name ?? "base model", product.base_model);
  }
  const sorted = parts.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const isWhole = unknown.length === 0;
  return {
    value: isWhole ? sha256(canonicalJson(sorted.map(({ kind, name, hash }) => [kind, name, hash]))) : null,
    parts: sorted,
    unknown,
    ...(notKept === null ? {} : { notKept }),
  };
}

interface WantedFile {
  readonly kind: FingerprintKind;
  /** In the workspace. */
  readonly path: string;
}

function dataFiles(product: Product, folder: string, index: FileIndex, unknown: string[]): readonly WantedFile[] {
  const written = indexed(product.data).flatMap(([, { path, use }]) =>
    path !== undefined && LEARNT_FROM.has(use ?? "train") ? [path] : [],
  );
  if (written.length === 0) {
    unknown.push("The file names no data that the model learns from, so nobody can tell whether they changed.");
  }
  return written.flatMap((path) => {
    const shown = oneLine(withoutLogin(path));
    const place = resolvePath(folder, path);
    if (place === null) {
      unknown.push(`The data ${shown} lies outside of the workspace, so nobody can tell whether it changed.`);
      return [];
    }
    const files = isPattern(place) ? matchingFiles(place, index) : [place];
    if (files.length === 0) {
      unknown.push(`No file is named like the data ${shown}.`);
    }
    return files.map((file): WantedFile => ({ kind: "data", path: file }));
  });
}

/** What the command runs, and the pipeline itself, count also where `train.code` forgets them. */
function codeFiles({ spec, product }: FingerprintWish, folder: string, index: FileIndex, unknown: string[]): readonly WantedFile[] {
  const patterns = indexed(product.train?.code).map(([, pattern]) => pattern);
  const written = patterns.flatMap((pattern) => {
    const place = resolvePath(folder, pattern);
    const files = place === null ? [] : matchingFiles(place, index);
    if (files.length === 0) {
      unknown.push(`No file is named like the code ${oneLine(pattern)} in train.code.`);
    }
    return files;
  });
  const below = patterns.length === 0 ? index.below(folder).filter(isCodeFile) : [];
  const named = spec.command.flatMap((item) => resolvePath(folder, item) ?? []).filter((path) => index.hasFile(path));
  const all = [...written, ...below, ...named, ...(spec.pipeline === null ? [] : [spec.pipeline])];
  if (all.length === 0) {
    unknown.push("No code of the training was found; name it in train.code.");
  }
  return all.map((path) => ({ kind: "code", path }));
}

function environmentFile({ train }: Product, folder: string, unknown: string[]): readonly WantedFile[] {
  if (train?.environment === undefined) {
    return [];
  }
  const path = resolvePath(folder, train.environment);
  if (path === null) {
    unknown.push(`The environment file ${oneLine(train.environment)} lies outside of the workspace.`);
  }
  return path === null ? [] : [{ kind: "environment", path }];
}

function distinct(wanted: readonly WantedFile[]): readonly WantedFile[] {
  return [...new Map(wanted.map((one) => [`${one.kind} ${one.path}`, one])).values()];
}

async function hashAll(
  wanted: readonly WantedFile[],
  { hashes, toAbsolute }: FingerprintWish,
  folder: string,
  unknown: string[],
  onProgress: PlanProgress,
  signal: CancelSignal,
): Promise<{ readonly parts: FingerprintPart[]; readonly notKept: string | null }> {
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
  // What was read until somebody gave up is worth keeping too.
  const [reading] = await Promise.allSettled([Promise.all(Array.from({ length: AT_ONCE }, work))]);
  const notKept = await hashes.keep();
  if (reading.status === "rejected") {
    throw reading.reason;
  }
  return { parts, notKept };
}

const WORDS: Readonly<Partial<Record<FingerprintKind, string>>> = { data: "data", code: "code file", environment: "environment file" };

/** From the product's folder; a file outside of it by its path in the workspace. */
function nameIn(folder: string, path: string): string {
  return folder !== "" && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
