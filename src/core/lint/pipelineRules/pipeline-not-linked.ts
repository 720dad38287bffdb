import { startFile } from "../../config/startFile";
import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import { linkingProducts } from "../pipelineLinks";
import type { PipelineContext, PipelineRule } from "../pipelineRule";
import { folderOf, inFolder, relativePath } from "../workspace/workspacePath";

export const pipelineNotLinked: PipelineRule = {
  meta: {
    code: "PIPE03",
    name: "pipeline-not-linked",
    challenge: "effort",
    severity: { development: "info", staging: "info", production: "info" },
    summary: "An mlops.yaml links the pipeline file of another tool.",
    why: "The pipeline says how a model is made, an mlops.yaml says what it is for, how good it must be and who answers for it. With a link between the two, drift, sign-offs and the next training are judged together.",
    article: null,
    suppressible: true,
    noFix:
      "A file for a product stands beside it already; set its `pipeline` to this file, or make another file for this pipeline's model.",
    appliesTo: "pipeline",
  },
  check(context) {
    const { source, file, facts } = context;
    if (!source.isPipeline || linkingProducts(context).length > 0) {
      return [];
    }
    if (!facts.products.known) {
      return [couldNotCheck("whether an mlops.yaml links this pipeline", facts.products.why)];
    }
    return [
      { message: "No mlops.yaml links this pipeline, so nothing says which model it makes.", range: file.range, fixes: fixes(context) },
    ];
  },
};

/** Nothing is overwritten: where a product stands beside the pipeline, a person has to say whether it is made by it. */
function fixes({ source, file, facts }: PipelineContext): readonly Fix[] {
  const folder = source.productFolder(file.path);
  const path = inFolder(folder, "mlops.yaml");
  if (facts.products.known && facts.products.value.some((one) => one.path === path)) {
    return [];
  }
  const name = nameOf(folder) ?? nameOf(file.path.replace(/\.\w+$/, "")) ?? "model";
  const content = startFile({ name, pipeline: relativePath(folder, file.path) });
  return [
    {
      title: "Create an mlops.yaml that links this pipeline",
      safe: false,
      changes: [],
      // The editor counts from the folder of the file that has the finding.
      files: [{ kind: "createFile", path: relativePath(folderOf(file.path), path), content }],
    },
  ];
}

/** The last part of a path as a name for a model. */
function nameOf(path: string): string | null {
  const name = (path.split("/").at(-1) ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? null : name.slice(0, 60);
}
