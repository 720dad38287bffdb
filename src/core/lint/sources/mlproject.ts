import { nodeAt, textAt } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

/** MLflow's `MLproject`. It has no place for an owner, but lets keys be that it does not know, so that what stands there counts. */
export const mlproject = yamlSource({
  tool: "mlflow",
  label: "MLflow project",
  hasOwnerField: false,
  matches: (path) => /(?:^|\/)MLproject$/.test(path),
  detect: () => true,
  content([document]) {
    const root = document?.root;
    if (document === undefined || root?.kind !== "map") {
      return {};
    }
    const { fields } = yamlPart(document, {
      what: "project",
      name: textAt(root, "name") ?? "",
      range: root.range,
      places: [
        { kind: "block", path: [] },
        { kind: "purpose", path: ["description"] },
      ],
      home: [],
      template: /\{\{[^}]*\}\}/,
    });
    const entries = nodeAt(root, "entry_points");
    const entry = entries?.kind === "map" ? (entries.entries.find(({ key }) => key === "main") ?? entries.entries[0])?.value : undefined;
    const command = textAt(entry, "command");
    const environment = textAt(root, "conda_env");
    return {
      fields: [...fields],
      facts: {
        image: textAt(root, "docker_env", "image"),
        commands: command === null ? [] : [command],
        environments: environment === null ? [] : [environment],
      },
    };
  },
});
