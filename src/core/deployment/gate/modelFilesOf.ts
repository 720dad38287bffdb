import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { indexed } from "../../lint/indexed";
import { fileIndexOf } from "../../lint/workspace/fileIndex";
import type { WorkspaceFiles } from "../../lint/workspace/lintPorts";
import { trainingFiles } from "../../lint/workspace/trainingFiles";
import { folderOf, resolvePath } from "../../lint/workspace/workspacePath";
import type { ModelFiles } from "./changedModel";

/** The files of a product whose change makes another model: its pipeline, code, parameters and environment, and the data that it learns from and is judged with. */
export async function modelFilesOf(product: Product, config: string, files: WorkspaceFiles, signal: CancelSignal): Promise<ModelFiles> {
  const folder = folderOf(config);
  const { train, data, pipeline, evaluation } = product;
  const code = await trainingFiles(product, folder, files, fileIndexOf(await files.list(signal)), signal);
  const sets = indexed(data).flatMap(([, { path, use }]) =>
    path === undefined || use === "live" || use === "reference" ? [] : [path, `${path}.dvc`],
  );
  const named = [train?.params_file, train?.environment, ...sets].flatMap((path) => toPlaces(folder, path));
  return {
    places: [...code, ...named].filter((path) => path !== config),
    areAll: (train?.code ?? []).length > 0 || pipeline?.endsWith("dvc.yaml") === true,
    apart: toPlaces(folder, evaluation?.report),
  };
}

function toPlaces(folder: string, path: string | undefined): readonly string[] {
  const place = path === undefined ? null : resolvePath(folder, path);
  return place === null ? [] : [place];
}
