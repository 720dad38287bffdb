import { hasTopKey, isYaml, nodeAt } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

/** A compiled pipeline of Kubeflow Pipelines 2 (Vertex AI runs the same). Its schema is fixed: unknown keys are refused. */
export const kubeflow = yamlSource({
  tool: "kubeflow",
  label: "Kubeflow Pipelines",
  hasOwnerField: false,
  commentIsLost: "Compiling the pipeline writes the file anew without this comment",
  matches: isYaml,
  detect: (_, text) => hasTopKey(text, "pipelineInfo") && hasTopKey(text, "schemaVersion"),
  content([document]) {
    const info = nodeAt(document?.root, "pipelineInfo");
    if (document === undefined || info === undefined) {
      return {};
    }
    const place = { kind: "purpose", path: ["pipelineInfo", "description"] } as const;
    const { fields } = yamlPart(document, {
      what: "pipeline",
      name: "",
      range: info.range,
      places: [place],
      home: [],
      template: /\{\{[^}]*\}\}/,
    });
    const entry = document.root?.entries.find(({ key }) => key === "pipelineInfo");
    return {
      fields: [...fields],
      ...(entry === undefined ? {} : { range: { start: document.start + entry.keyRange.start, end: document.start + entry.keyRange.end } }),
    };
  },
});
