import type { CancelSignal } from "../../base/cancel";
import { SharedWork } from "../../base/sharedWork";
import type { Product } from "../../config/product";
import { indexed } from "../indexed";
import type { Fact, LintFacts } from "../lintFacts";
import { readDvcStages, type DvcStages } from "./dvcOutputs";
import type { FileIndex } from "./fileIndex";
import type { WorkspaceFiles } from "./lintPorts";
import { readParsed } from "./readParsed";
import { reasonOf } from "./reasonOf";
import { folderOf, foldersUp, inFolder, resolvePath } from "./workspacePath";

/** Whether DVC tracks the data that a product's file names. */
export async function gatherDvc(
  product: Product,
  folder: string,
  files: WorkspaceFiles,
  index: FileIndex,
  signal: CancelSignal,
): Promise<Pick<LintFacts, "dvcTracked">> {
  const { reference, live } = product.monitoring ?? {};
  const paths = new Set([
    ...indexed(product.data).flatMap(([, { path }]) => path ?? []),
    ...indexed(product.kpis).flatMap(([, { data }]) => data ?? []),
    ...[reference, live].flatMap((path) => path ?? []),
  ]);
  const written = new SharedWork<string, Written>();
  /** Once a folder: a product's data mostly stand side by side. */
  const writtenIn = (place: string): Promise<Written> => written.get(place, signal, (shared) => readWritten(place, files, index, shared));
  const tracked = new Map(
    await Promise.all(
      [...paths].map(async (path) => {
        const place = resolvePath(folder, path);
        const fact: Fact<boolean> = place === null ? { known: true, value: false } : await isTracked(place, index, writtenIn);
        return [path, fact] as const;
      }),
    ),
  );
  return { dvcTracked: (path) => tracked.get(path) ?? { known: false, why: "it was not looked up" } };
}

/** What the stages of one folder write. */
interface Written {
  /** In the workspace. */
  readonly outputs: ReadonlySet<string>;
  /** Why the stages, or some of them, are not known. */
  readonly problem: string | null;
}

/** By a `.dvc` file beside the data or beside a folder that holds it, or as an output of a stage of any folder up. */
async function isTracked(place: string, index: FileIndex, writtenIn: (folder: string) => Promise<Written>): Promise<Fact<boolean>> {
  const own = foldersUp(place).filter((path) => path !== "");
  if (own.some((path) => index.hasFile(`${path}.dvc`))) {
    return { known: true, value: true };
  }
  let firstProblem: string | null = null;
  for (const folder of foldersUp(folderOf(place))) {
    const { outputs, problem } = await writtenIn(folder);
    if (own.some((path) => outputs.has(path))) {
      return { known: true, value: true };
    }
    firstProblem ??= problem;
  }
  return firstProblem === null ? { known: true, value: false } : { known: false, why: firstProblem };
}

async function readWritten(folder: string, files: WorkspaceFiles, index: FileIndex, signal: CancelSignal): Promise<Written> {
  const [lock, definition] = await Promise.all(
    ["dvc.lock", "dvc.yaml"].map((name) => stagesOf(inFolder(folder, name), files, index, signal)),
  );
  const workingFolders = new Map(definition?.stages?.stages.map(({ name, workingFolder }) => [name, workingFolder]));
  const outputs = [lock, definition].flatMap(
    (one) =>
      one?.stages?.stages.flatMap(({ name, workingFolder, outputs: written }) => {
        // A stage that is made from a template is called name@item in the lock.
        const working = resolvePath(folder, workingFolder ?? workingFolders.get(name.split("@")[0] ?? name) ?? ".") ?? folder;
        return written.flatMap((path) => resolvePath(working, path) ?? []);
      }) ?? [],
  );
  return { outputs: new Set(outputs), problem: lock?.problem ?? definition?.problem ?? null };
}

interface FoundStages {
  readonly stages: DvcStages | null;
  readonly problem: string | null;
}

async function stagesOf(path: string, files: WorkspaceFiles, index: FileIndex, signal: CancelSignal): Promise<FoundStages> {
  if (!index.hasFile(path)) {
    return { stages: null, problem: null };
  }
  try {
    return { stages: await readParsed(files, path, readDvcStages, signal), problem: null };
  } catch (error) {
    signal.throwIfAborted();
    return { stages: null, problem: `${path} cannot be read: ${reasonOf(error)}` };
  }
}
