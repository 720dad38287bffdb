import { secondsText } from "./runTimes";
import { isYaml, nodeAt, textAt } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

const SCHEMA =
  /^["']?\$schema["']?[ \t]*:[ \t]*["']?https?:\/\/[^\s"']{0,200}azureml[^\s"']{0,200}(?:job|pipelineComponent)\.schema\.json/im;

/** Jobs and pipelines of Azure Machine Learning 2. Tags are texts; a description says what the job is for. */
export const azureMl = yamlSource({
  tool: "azure_ml",
  label: "Azure Machine Learning",
  matches: isYaml,
  detect: (_, text) => SCHEMA.test(text),
  content([document]) {
    const root = document?.root;
    if (document === undefined || root?.kind !== "map") {
      return {};
    }
    const name = nodeAt(root, "display_name") ?? nodeAt(root, "name");
    const tags = { kind: "block", path: ["tags"] } as const;
    const description = { kind: "purpose", path: ["description"] } as const;
    const part = yamlPart(document, {
      what: "job",
      name: textAt(name) ?? "",
      range: name?.range ?? root.entries[0]?.keyRange ?? root.range,
      places: [tags, { kind: "block", path: ["properties"] }, description],
      home: [tags, description],
      template: /\$\{\{[^}]*\}\}/,
    });
    const command = textAt(root, "command");
    const environment = textAt(root, "environment", "conda_file");
    return {
      parts: [part],
      facts: {
        commands: command === null ? [] : [command],
        environments: environment === null ? [] : [environment],
        timeout: secondsText(textAt(root, "limits", "timeout")),
        image: textAt(root, "environment", "image"),
      },
    };
  },
});
