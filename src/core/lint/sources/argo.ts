import type { ConfigNode } from "../../config/yaml/configNode";
import type { PipelinePart, PipelineRunFacts } from "./pipelineSource";
import { secondsText } from "./runTimes";
import { isYaml, nodeAt, textAt, type YamlDocument } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

const KINDS = new Set(["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"]);

/** Workflows of Argo (and of Kubeflow Pipelines 1, which compiles to them). Annotations hold any text; labels only short words. */
export const argo = yamlSource({
  tool: "argo",
  label: "Argo Workflows",
  matches: isYaml,
  detect: (_, text) =>
    /^apiVersion[ \t]*:[ \t]*["']?argoproj\.io\//m.test(text) &&
    /^kind[ \t]*:[ \t]*["']?(?:Workflow|WorkflowTemplate|ClusterWorkflowTemplate|CronWorkflow)\b/m.test(text),
  content(documents) {
    const workflows = documents.filter(isWorkflow);
    return { parts: workflows.map(toPart), facts: facts(workflows) };
  },
});

function isWorkflow({ root }: YamlDocument): boolean {
  return KINDS.has(textAt(root, "kind") ?? "") && (textAt(root, "apiVersion") ?? "").startsWith("argoproj.io/");
}

function toPart(document: YamlDocument): PipelinePart {
  const { root } = document;
  const name = nodeAt(root, "metadata", "name") ?? nodeAt(root, "metadata", "generateName") ?? nodeAt(root, "kind");
  const block = (...path: readonly string[]) => ({ kind: "block", path }) as const;
  return yamlPart(document, {
    what: "workflow",
    name: textAt(name) ?? "",
    range: name?.range ?? { start: 0, end: 0 },
    places: [
      block("metadata", "annotations"),
      block("metadata", "labels"),
      block("spec", "workflowMetadata", "annotations"),
      block("spec", "workflowMetadata", "labels"),
      { kind: "purpose", path: ["metadata", "annotations", "workflows.argoproj.io/description"] },
    ],
    home: [block("metadata", "annotations")],
    template: /\{\{[^}]*\}\}/,
  });
}

function facts(workflows: readonly YamlDocument[]): Partial<PipelineRunFacts> {
  const first = (read: (root: YamlDocument["root"]) => string | null): string | null =>
    workflows.map(({ root }) => read(root)).find((text) => text !== null) ?? null;
  return {
    schedule: first((root) => textAt(root, "spec", "schedule") ?? textAt(root, "spec", "schedules", 0)),
    timeout: secondsText(
      first((root) => textAt(root, "spec", "workflowSpec", "activeDeadlineSeconds") ?? textAt(root, "spec", "activeDeadlineSeconds")),
    ),
    image: first((root) => imageOf(root, "spec", "templates") ?? imageOf(root, "spec", "workflowSpec", "templates")),
    commands: workflows.flatMap(({ root }) => [
      ...commandsOf(nodeAt(root, "spec", "templates")),
      ...commandsOf(nodeAt(root, "spec", "workflowSpec", "templates")),
    ]),
  };
}

function commandsOf(templates: ConfigNode | undefined): readonly string[] {
  const words = (node: ConfigNode | undefined): readonly string[] =>
    node?.kind === "list" ? node.items.flatMap((one) => textAt(one) ?? []) : [];
  return (templates?.kind === "list" ? templates.items : []).flatMap((one) => {
    const all = [...words(nodeAt(one, "container", "command")), ...words(nodeAt(one, "container", "args"))];
    return all.length === 0 ? [] : [all.join(" ")];
  });
}

function imageOf(root: YamlDocument["root"], ...path: readonly string[]): string | null {
  const templates = nodeAt(root, ...path);
  const images =
    templates?.kind === "list" ? templates.items.map((one) => textAt(one, "container", "image") ?? textAt(one, "script", "image")) : [];
  return images.find((image) => image !== null) ?? null;
}
