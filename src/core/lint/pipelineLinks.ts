import { plainPath } from "./dataPaths";
import type { PipelineContext, ProductFile } from "./pipelineRule";
import { folderOf, inFolder, resolvePath } from "./workspace/workspacePath";
import type { PipelineFile } from "./sources/pipelineSource";

/** The products that say that this file makes their model. */
export function linkingProducts({ file, facts }: Pick<PipelineContext, "file" | "facts">): readonly ProductFile[] {
  return facts.products.known ? facts.products.value.filter((one) => isLinked(file, one)) : [];
}

function isLinked(file: PipelineFile, { path, product }: ProductFile): boolean {
  const folder = folderOf(path);
  const linked = product.pipeline === undefined ? null : resolvePath(folder, plainPath(product.pipeline));
  if (linked !== null && (covers(linked, file.path) || (linked !== "" && isPartOfBundle(linked, file)))) {
    return true;
  }
  const { train } = product;
  switch (file.tool) {
    case "github_actions":
      return train?.github_actions?.workflow !== undefined && lastPart(train.github_actions.workflow) === lastPart(file.path);
    case "airflow":
      return file.parts.some(({ name }) => name === train?.airflow?.dag);
    case "dvc":
      // DVC has one file a folder, so that naming DVC is naming the file.
      return product.pipeline === undefined && train?.engine === "dvc" && file.path === inFolder(folder, "dvc.yaml");
    default:
      return false;
  }
}

/** A folder stands for the files in it. */
function covers(linked: string, path: string): boolean {
  return linked === path || linked === "" || path.startsWith(`${linked}/`);
}

/** The main file of a bundle takes in the files of its resources. */
function isPartOfBundle(linked: string, { tool, path }: PipelineFile): boolean {
  return tool === "databricks" && /(?:^|\/)databricks\.ya?ml$/.test(linked) && covers(folderOf(linked), path);
}

function lastPart(path: string): string {
  return path.trim().split("/").at(-1) ?? "";
}
