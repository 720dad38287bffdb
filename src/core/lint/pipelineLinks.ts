import { groupBy } from "../base/groupBy";
import { plainPath } from "./dataPaths";
import { automationRoot, retrainedProduct } from "./retrainCall";
import type { PipelineContext, ProductFile } from "./pipelineRule";
import type { PipelineFile } from "./sources/pipelineSource";
import { folderOf, foldersUp, inFolder, resolvePath } from "./workspace/workspacePath";

/** Products by what they name as the maker of their model. */
interface LinkIndex {
  /** By path in the workspace. */
  readonly byPath: ReadonlyMap<string, readonly ProductFile[]>;
  readonly byWorkflow: ReadonlyMap<string, readonly ProductFile[]>;
  readonly byDag: ReadonlyMap<string, readonly ProductFile[]>;
  /** By the path of their own file. */
  readonly byConfig: ReadonlyMap<string, readonly ProductFile[]>;
}

const indexes = new WeakMap<readonly ProductFile[], LinkIndex>();

/** The products that say that this file makes their model. */
export function linkingProducts({ file, facts }: Pick<PipelineContext, "file" | "facts">): readonly ProductFile[] {
  if (!facts.products.known) {
    return [];
  }
  const { byPath, byWorkflow, byDag, byConfig } = indexOf(facts.products.value);
  const found = [
    // A folder stands for the files in it.
    ...[file.path, ...foldersUp(folderOf(file.path))].flatMap((place) => byPath.get(place) ?? []),
    ...bundlesAround(file).flatMap((place) => byPath.get(place) ?? []),
    ...(file.tool === "github_actions" ? (byWorkflow.get(lastPart(file.path)) ?? []) : []),
    ...retrainedFiles(file).flatMap((place) => byConfig.get(place) ?? []),
    ...(file.tool === "airflow" ? file.parts.flatMap(({ name }) => byDag.get(name) ?? []) : []),
  ];
  return [...new Set(found)];
}

/** Made once for all pipelines of a workspace: a thousand of either would else be a million comparisons. */
function indexOf(products: readonly ProductFile[]): LinkIndex {
  let index = indexes.get(products);
  if (index === undefined) {
    const by = (keyOf: (product: ProductFile) => string | null): ReadonlyMap<string, readonly ProductFile[]> => {
      const keyed = products.flatMap((product) => {
        const key = keyOf(product);
        return key === null ? [] : [{ key, product }];
      });
      return new Map(
        Array.from(
          groupBy(keyed, ({ key }) => key),
          ([key, all]) => [key, all.map(({ product }) => product)],
        ),
      );
    };
    index = {
      byPath: by(linkedPath),
      byWorkflow: by(({ product }) =>
        product.train?.github_actions?.workflow === undefined ? null : lastPart(product.train.github_actions.workflow),
      ),
      byDag: by(({ product }) => product.train?.airflow?.dag ?? null),
      byConfig: by(({ path }) => path),
    };
    indexes.set(products, index);
  }
  return index;
}

/** The products that the file trains through `mlops retrain`. */
function retrainedFiles(file: PipelineFile): readonly string[] {
  return file.facts.commands.flatMap((command) => {
    const named = retrainedProduct(command);
    return named === null ? [] : (resolvePath(automationRoot(file.path), named) ?? []);
  });
}

function linkedPath({ path, product }: ProductFile): string | null {
  const folder = folderOf(path);
  if (product.pipeline !== undefined) {
    return resolvePath(folder, plainPath(product.pipeline));
  }
  // DVC has one file a folder, so that naming DVC is naming the file.
  return product.train?.engine === "dvc" ? inFolder(folder, "dvc.yaml") : null;
}

/** The main file of a bundle takes in the files of its resources. */
function bundlesAround({ tool, path }: PipelineFile): readonly string[] {
  return tool === "databricks"
    ? foldersUp(folderOf(path)).flatMap((folder) => [inFolder(folder, "databricks.yml"), inFolder(folder, "databricks.yaml")])
    : [];
}

function lastPart(path: string): string {
  return path.trim().split("/").at(-1) ?? "";
}
