import type { CancelSignal } from "../../base/cancel";
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
  const tracked = new Map(
    await Promise.all(
      [...paths].map(async (path) => {
        const place = resolvePath(folder, path);
        const fact: Fact<boolean> = place === null ? { known: true, value: false } : await isTracked(place, files, index, signal);
        return [path, fact] as const;
      }),
    ),
  );
  return { dvcTracked: (path) => tracked.get(path) ?? { known: false, why: "it was not looked up" } };
}

/** By a `.dvc` file beside the data or beside a folder that holds it, or as an output of a stage of any folder up. */
async function isTracked(place: string, files: WorkspaceFiles, index: FileIndex, signal: CancelSignal): Promise<Fact<boolean>> {
  const own = foldersUp(place).filter((path) => path !== "");
  if (own.some((path) => index.hasFile(`${path}.dvc`))) {
    return { known: true, value: true };
  }
  let problem: string | null = null;
  for (const folder of foldersUp(folderOf(place))) {
    const [lock, definition] = await Promise.all(
      ["dvc.lock", "dvc.yaml"].map((name) => stagesOf(inFolder(folder, name), files, index, signal)),
    );
    const workingFolders = new Map(definition?.stages?.stages.map(({ name, workingFolder }) => [name, workingFolder]));
    const outputs = [lock, definition].flatMap(
      (one) =>
        one?.stages?.stages.flatMap(({ name, workingFolder, outputs: written }) => {
          // A stage that is made from a template is called name@item in the lock.
          const working = resolvePath(folder, workingFolder ?? workingFolders.get(name.split("@")[0] ?? name) ?? ".") ?? folder;
          return written.map((path) => resolvePath(working, path));
        }) ?? [],
    );
    if (outputs.some((output) => output !== null && output !== "" && own.includes(output))) {
      return { known: true, value: true };
    }
    problem ??= lock?.problem ?? definition?.problem ?? null;
  }
  return problem === null ? { known: true, value: false } : { known: false, why: problem };
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
