import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { indexed } from "../../lint/indexed";
import type { Fact } from "../../lint/lintFacts";
import { fileIndexOf } from "../../lint/workspace/fileIndex";
import type { RepositoryFact, WorkspaceFiles } from "../../lint/workspace/lintPorts";
import { isPattern, matchingFiles } from "../../lint/workspace/matchingFiles";
import { productPaths } from "../../lint/workspace/productPaths";
import { reasonOf } from "../../lint/workspace/reasonOf";
import { folderOf, inFolder, resolvePath } from "../../lint/workspace/workspacePath";
import type { DocumentFact, DocumentFacts } from "./documentFact";

interface Lookup {
  readonly folder: string;
  readonly files: WorkspaceFiles;
  readonly repository: Fact<RepositoryFact>;
  /** Written paths of data, which is not read for its hash. */
  readonly data: ReadonlySet<string>;
}

const PROSE = /\.(?:md|markdown|txt|rst|adoc)$/i;
const AT_ONCE = 16;

/** Looks up every file that a product names. @param path the product's file. */
export async function gatherDocuments(
  product: Product,
  path: string,
  files: WorkspaceFiles,
  repository: Fact<RepositoryFact>,
  signal: CancelSignal,
): Promise<DocumentFacts> {
  const folder = folderOf(path);
  const data = new Set(indexed(product.data).flatMap(([, set]) => set.path ?? []));
  const lookup: Lookup = {
    folder,
    files,
    repository,
    data: new Set([...data, product.monitoring?.live ?? "", product.monitoring?.reference ?? ""]),
  };
  const written = [...productPaths(product)];
  const documents = new Map<string, DocumentFact>();
  const waiting = written.values();
  const work = async (): Promise<void> => {
    for (const one of waiting) {
      documents.set(one, await lookAt(one, lookup, signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // In the order of the file, whichever answered first.
  return {
    documents: new Map(
      written.flatMap((one) => {
        const fact = documents.get(one);
        return fact === undefined ? [] : [[one, fact] as const];
      }),
    ),
    dataChangedOn: dataChangedOn(product, folder, repository),
  };
}

async function lookAt(written: string, { folder, files, repository, data }: Lookup, signal: CancelSignal): Promise<DocumentFact> {
  const nothing: DocumentFact = { path: null, kind: "unknown", why: null, sha256: null, text: null, changedOn: null };
  if (/^[A-Za-z][\w+.-]+:\/\//.test(written.trim())) {
    return { ...nothing, why: "it is an address, and none is opened" };
  }
  const path = resolvePath(folder, written);
  if (path === null) {
    return { ...nothing, kind: "outside" };
  }
  try {
    const { kind } = await files.look(path, signal);
    if (kind === "missing" && isPattern(path)) {
      const isThere = matchingFiles(path, fileIndexOf(await files.list(signal))).length > 0;
      return { ...nothing, path, kind: isThere ? "folder" : "missing" };
    }
    const changedOn = changedOnIn(repository, [path]);
    return kind !== "file" || data.has(written)
      ? { ...nothing, path, kind, changedOn }
      : {
          ...{ path, kind, why: null, changedOn },
          sha256: await files.sha256(path, signal),
          text: PROSE.test(path) ? await files.readText(path, signal) : null,
        };
  } catch (error) {
    signal.throwIfAborted();
    return { ...nothing, path, why: reasonOf(error) };
  }
}

/** The newest commit to the data that the model learns from, or to what DVC keeps of it in git. */
function dataChangedOn({ data }: Product, folder: string, repository: Fact<RepositoryFact>): string | null {
  const sets = indexed(data).flatMap(([, { use, path }]) => (use === "train" && path !== undefined ? [path] : []));
  const paths = sets.flatMap((written) => {
    const path = resolvePath(folder, written);
    return path === null ? [] : [path, `${path}.dvc`];
  });
  return changedOnIn(repository, paths) ?? (sets.length === 0 ? null : changedOnIn(repository, [inFolder(folder, "dvc.lock")]));
}

function changedOnIn(repository: Fact<RepositoryFact>, paths: readonly string[]): string | null {
  if (!repository.known) {
    return null;
  }
  const { activity, toRepository } = repository.value;
  const change = activity.lastChange(paths.map(toRepository));
  return change === null ? null : new Date(change.time).toISOString().slice(0, 10);
}
