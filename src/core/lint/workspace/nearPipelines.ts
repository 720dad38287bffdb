import { groupBy } from "../../base/groupBy";
import type { DetectedPipeline } from "../lintFacts";
import { pathsBelow } from "../pathsBelow";
import { folderOf, foldersUp, relativePath, resolvePath } from "./workspacePath";

interface PipelineIndex {
  readonly sorted: readonly string[];
  readonly byPath: ReadonlyMap<string, readonly DetectedPipeline[]>;
  readonly byFolder: ReadonlyMap<string, readonly DetectedPipeline[]>;
}

const indexes = new WeakMap<readonly DetectedPipeline[], PipelineIndex>();

/**
 * The pipelines that a product may be made by: those in its folder and below, those that stand in a folder above, and the one it links.
 * @param pipelines of the workspace; their paths count from its root.
 * @returns with paths that count from the product's folder.
 */
export function nearPipelines(
  pipelines: readonly DetectedPipeline[],
  folder: string,
  linked: string | undefined,
): readonly DetectedPipeline[] {
  const { sorted, byPath, byFolder } = indexOf(pipelines);
  const link = linked === undefined ? null : resolvePath(folder, linked);
  const found = [
    ...pathsBelow(sorted, folder).flatMap((path) => byPath.get(path) ?? []),
    ...foldersUp(folder)
      .slice(1)
      .flatMap((place) => byFolder.get(place) ?? []),
    ...(link === null ? [] : (byPath.get(link) ?? [])),
  ];
  return [...new Set(found)].map((pipeline) => ({ ...pipeline, path: relativePath(folder, pipeline.path) }));
}

/** Made once for a list, because a thousand products may share it. */
function indexOf(pipelines: readonly DetectedPipeline[]): PipelineIndex {
  const known = indexes.get(pipelines);
  if (known !== undefined) {
    return known;
  }
  const byPath = groupBy(pipelines, ({ path }) => path);
  const index = { sorted: [...byPath.keys()].sort(), byPath, byFolder: groupBy(pipelines, ({ path }) => folderOf(path)) };
  indexes.set(pipelines, index);
  return index;
}
