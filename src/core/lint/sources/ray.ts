import type { ConfigNode } from "../../config/yaml/configNode";
import { readYaml } from "../../config/yaml/readYaml";
import type { PipelinePart, PipelineRunFacts } from "./pipelineSource";
import { secondsText } from "./runTimes";
import { isYaml, nodeAt, textAt, type YamlDocument } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

const KINDS = new Set(["RayJob", "RayCronJob"]);

/**
 * Jobs of Ray on Kubernetes. Annotations hold any text, as on every object of Kubernetes.
 * Source: https://ray-project.github.io/kuberay/reference/api/
 */
export const ray = yamlSource({
  tool: "ray",
  label: "Ray",
  matches: isYaml,
  detect: (_, text) => /^apiVersion[ \t]*:[ \t]*["']?ray\.io\//m.test(text) && /^kind[ \t]*:[ \t]*["']?(?:RayJob|RayCronJob)\b/m.test(text),
  content(documents) {
    const jobs = documents.filter(
      ({ root }) => KINDS.has(textAt(root, "kind") ?? "") && (textAt(root, "apiVersion") ?? "").startsWith("ray.io/"),
    );
    return { parts: jobs.map(toPart), facts: factsOf(jobs[0]?.root) };
  },
});

function toPart(document: YamlDocument): PipelinePart {
  const { root } = document;
  const name = nodeAt(root, "metadata", "name") ?? nodeAt(root, "metadata", "generateName") ?? nodeAt(root, "kind");
  const block = (...path: readonly string[]) => ({ kind: "block", path }) as const;
  return yamlPart(document, {
    what: "job",
    name: textAt(name) ?? "",
    range: name?.range ?? { start: 0, end: 0 },
    places: [block("metadata", "annotations"), block("metadata", "labels")],
    home: [block("metadata", "annotations")],
    template: /\{\{[^}]*\}\}/,
  });
}

/** A RayCronJob holds the specification of a RayJob. */
function factsOf(root: ConfigNode | null | undefined): Partial<PipelineRunFacts> {
  const spec = nodeAt(root, "spec", "jobTemplate") ?? nodeAt(root, "spec");
  const entrypoint = textAt(spec, "entrypoint");
  return {
    schedule: textAt(root, "spec", "schedule"),
    timeout: secondsText(textAt(spec, "activeDeadlineSeconds")),
    image: textAt(spec, "rayClusterSpec", "headGroupSpec", "template", "spec", "containers", 0, "image"),
    commands: entrypoint === null ? [] : [entrypoint],
    workingDir: textAt(readYaml(textAt(spec, "runtimeEnvYAML") ?? "").root, "working_dir"),
  };
}
