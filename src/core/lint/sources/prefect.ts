import type { ConfigNode } from "../../config/yaml/configNode";
import { intervalText } from "./runTimes";
import { hasTopKey, nodeAt, textAt } from "./yamlDocuments";
import { type FieldPlace, MOST_PARTS, yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

/** `prefect.yaml`: each deployment has tags and a description; there is no key for an owner. */
export const prefect = yamlSource({
  tool: "prefect",
  label: "Prefect",
  matches: (path) => /(?:^|\/)(?:[^/]+\.)?prefect\.ya?ml$/.test(path),
  detect: (_, text) => hasTopKey(text, "deployments"),
  content([document]) {
    const deployments = nodeAt(document?.root, "deployments");
    if (document === undefined || deployments?.kind !== "list") {
      return {};
    }
    const parts = deployments.items.slice(0, MOST_PARTS).map((deployment, index) => {
      const name = nodeAt(deployment, "name");
      const tags: FieldPlace = { kind: "tags", path: ["deployments", index, "tags"] };
      const description: FieldPlace = { kind: "purpose", path: ["deployments", index, "description"] };
      return yamlPart(document, {
        what: "deployment",
        name: textAt(name) ?? `number ${index + 1}`,
        range: name?.range ?? firstKey(deployment),
        places: [tags, description],
        home: [tags, description],
        template: /\{\{[^}]*\}\}/,
      });
    });
    const [first] = deployments.items;
    return { parts, facts: { schedule: scheduleOf(first), image: textAt(first, "work_pool", "job_variables", "image") } };
  },
});

function scheduleOf(deployment: ConfigNode | undefined): string | null {
  const schedule = nodeAt(deployment, "schedules", 0) ?? nodeAt(deployment, "schedule");
  const interval = textAt(schedule, "interval");
  return textAt(schedule, "cron") ?? intervalText(interval, "second");
}

function firstKey(node: ConfigNode): ConfigNode["range"] {
  return (node.kind === "map" ? node.entries[0]?.keyRange : undefined) ?? node.range;
}
