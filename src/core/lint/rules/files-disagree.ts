import { automationDifferences } from "../automationDifferences";
import { couldNotCheck } from "../couldNotCheck";
import { plainPath } from "../dataPaths";
import { linkedDifferences } from "../linkedDifferences";
import type { DetectedPipeline } from "../lintFacts";
import type { LintContext, LintRule } from "../lintRule";

export const filesDisagree: LintRule = {
  meta: {
    code: "EFF06",
    name: "files-disagree",
    challenge: "effort",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary:
      "This file says the same as the linked pipeline and as what was generated from it: schedule, time limit, container image, command, packages and folder.",
    why: "When two files say different things, one of them is wrong, and people plan by the wrong one. The pipeline's file is what runs. A workflow or DAG that was generated once goes on as it was when this file changes or moves.",
    article: null,
    suppressible: true,
    noFix: "Which of the two files is right only a person can say.",
    appliesTo: "product",
  },
  check(context) {
    const { product, facts } = context;
    const { trigger, resources, image, command, environment, ray } = product.train ?? {};
    const compared = [trigger?.schedule, resources?.timeout, image, command, environment, ray?.working_dir];
    const generated = facts.automations.known ? facts.automations.value.flatMap((one) => automationDifferences(context, one)) : [];
    const isLinking = product.pipeline !== undefined || product.train?.github_actions !== undefined || product.train?.airflow !== undefined;
    if (!isLinking || compared.every((one) => one === undefined)) {
      return generated;
    }
    if (!facts.pipelines.known) {
      return product.pipeline === undefined
        ? generated
        : [couldNotCheck(`what "${product.pipeline}" says`, facts.pipelines.why), ...generated];
    }
    return [
      ...facts.pipelines.value.filter((one) => isLinked(context, one)).flatMap((one) => linkedDifferences(context, one)),
      ...generated,
    ];
  },
};

/** By its path, or as the workflow or DAG that the engine starts. */
function isLinked({ product: { pipeline, train } }: LintContext, { path, tool, runs }: DetectedPipeline): boolean {
  const workflow = train?.github_actions?.workflow;
  const dag = train?.airflow?.dag;
  return (
    (pipeline !== undefined && plainPath(path) === plainPath(pipeline)) ||
    (workflow !== undefined && tool === "github_actions" && lastPart(path) === lastPart(workflow)) ||
    (dag !== undefined && tool === "airflow" && runs?.names.includes(dag) === true)
  );
}

function lastPart(path: string): string {
  return plainPath(path).split("/").at(-1) ?? path;
}
