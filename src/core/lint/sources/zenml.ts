import { hasTopKey, isYaml, nodeAt, textAt } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

/** Keys that only ZenML has. A file with one of them, or with steps and Docker settings, is its configuration of a run. */
const OWN_KEYS = [
  "enable_artifact_metadata",
  "enable_artifact_visualization",
  "enable_step_logs",
  "enable_pipeline_logs",
  "enable_heartbeat",
];

/** The configuration of a run of ZenML. `extra` holds whatever belongs to no key of its own. */
export const zenml = yamlSource({
  tool: "zenml",
  label: "ZenML",
  matches: isYaml,
  detect: (_, text) =>
    OWN_KEYS.some((key) => hasTopKey(text, key)) ||
    (hasTopKey(text, "enable_cache") && (hasTopKey(text, "steps") || hasTopKey(text, "settings"))) ||
    (hasTopKey(text, "steps") && /^settings[ \t]*:[ \t]*\r?\n[ \t]+["']?(?:docker|resources|orchestrator)[\w.]*["']?[ \t]*:/m.test(text)),
  content([document]) {
    const root = document?.root;
    if (document === undefined || root?.kind !== "map") {
      return {};
    }
    const extra = { kind: "block", path: ["extra"] } as const;
    const name = nodeAt(root, "model", "name") ?? nodeAt(root, "run_name");
    const part = yamlPart(document, {
      what: "run",
      name: textAt(name) ?? "",
      range: name?.range ?? root.entries[0]?.keyRange ?? root.range,
      places: [
        extra,
        { kind: "tags", path: ["tags"] },
        { kind: "tags", path: ["model", "tags"] },
        { kind: "purpose", path: ["model", "use_cases"] },
        { kind: "purpose", path: ["model", "description"] },
      ],
      home: [extra],
      template: /\$\{[^}]*\}|\{\w+\}/,
    });
    return {
      parts: [part],
      facts: {
        schedule: textAt(root, "schedule", "cron_expression"),
        image: textAt(root, "settings", "docker", "parent_image"),
      },
    };
  },
});
