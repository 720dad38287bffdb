import type { DetectedPipeline } from "../lintFacts";
import { relativePath } from "../workspace/workspacePath";
import { retrainedProduct } from "../retrainCall";
import { sourceOf } from "./allSources";

/**
 * The pipelines among some files.
 * @param folder that the paths of the result count from; those of the files count from the workspace's root.
 */
export function detectPipelines(
  files: Iterable<{ readonly path: string; readonly text: string }>,
  folder = "",
): readonly DetectedPipeline[] {
  return [...files].flatMap(({ path, text }) => {
    const source = sourceOf(path, text);
    if (source?.isPipeline !== true) {
      return [];
    }
    const { schedule, python, timeout, commands } = source.read(path, text).facts;
    // What trains through a product's own file does not say how the model is made.
    if (commands.some((command) => retrainedProduct(command) !== null)) {
      return [];
    }
    return [{ path: relativePath(folder, path), tool: source.tool, schedule, python, timeout }];
  });
}
