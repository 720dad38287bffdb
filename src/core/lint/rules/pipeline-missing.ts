import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import type { LintContext, LintRule } from "../lintRule";
import { isGiven } from "../isGiven";
import { safeSetFix, setFix, TODO } from "../setFix";

const AT = ["pipeline"] as const;

export const pipelineMissing: LintRule = {
  meta: {
    code: "EFF02",
    name: "pipeline-missing",
    challenge: "effort",
    severity: { development: "warning", staging: "warning", production: "error" },
    summary: "A pipeline file that exists is linked, so that the model can be made again.",
    why: "A model whose pipeline is not known can only be trained again by the person who remembers how. A link to the file lets anybody re-run it, and lets the other rules compare what both files say.",
    article: null,
    suppressible: true,
    noFix: "No pipeline file was found beside this one; only you know where the pipeline is.",
    appliesTo: "product",
  },
  check(context) {
    const { product, facts } = context;
    if (!isGiven(product.pipeline)) {
      return [{ message: "No pipeline is linked, so nobody can re-run this model.", at: AT, fixes: fixes(context) }];
    }
    const fact = facts.path(product.pipeline);
    if (!fact.known) {
      return [couldNotCheck(`whether the pipeline "${product.pipeline}" exists`, fact.why)];
    }
    const fault = { missing: "does not exist", outside: "lies outside of the workspace", file: null, folder: null }[fact.value.kind];
    return fault === null
      ? []
      : [{ message: `The pipeline "${product.pipeline}" ${fault}, so nobody can re-run this model.`, at: AT, fixes: fixes(context) }];
  },
};

/** With one pipeline in reach there is nothing to choose; with several a person has to. */
function fixes({ config, facts }: LintContext): readonly Fix[] {
  const found = facts.pipelines.known ? facts.pipelines.value : [];
  const make = found.length === 1 ? safeSetFix : setFix;
  const links = found.map(({ path, tool }) => make(`Link ${path} (${tool})`, AT, path));
  return links.length > 0 || config.source.has(AT) ? links : [setFix("Add a place to link the pipeline", AT, TODO)];
}
