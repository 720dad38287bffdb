import type { PipelinePart } from "./pipelineSource";
import { hasTopKey, nodeAt, textAt, type YamlDocument } from "./yamlDocuments";
import { MOST_PARTS, yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

/**
 * `dvc.yaml`. DVC refuses a file with a key that it does not know; `meta` of a stage is free. A stage that is made several times
 * (`foreach`) has its `meta` below `do`; one with `matrix` has it as others have.
 */
export const dvc = yamlSource({
  tool: "dvc",
  label: "DVC",
  matches: (path) => /(?:^|\/)dvc\.yaml$/.test(path),
  // Without stages it only draws plots or names artifacts, and trains nothing.
  detect: (_, text) => hasTopKey(text, "stages"),
  content: ([document]) => (document === undefined ? {} : { parts: stages(document), facts: { commands: commands(document) } }),
});

/** A stage has one command or a list of them. */
function commands({ root }: YamlDocument): readonly string[] {
  const block = nodeAt(root, "stages");
  return block?.kind !== "map"
    ? []
    : block.entries.slice(0, MOST_PARTS).flatMap(({ value }) => {
        const cmd = nodeAt(value, "cmd") ?? nodeAt(value, "do", "cmd");
        return cmd?.kind === "list" ? cmd.items.flatMap((item) => textAt(item) ?? []) : (textAt(cmd) ?? []);
      });
}

function stages(document: YamlDocument): readonly PipelinePart[] {
  const block = nodeAt(document.root, "stages");
  return block?.kind !== "map"
    ? []
    : block.entries.slice(0, MOST_PARTS).map(({ key, keyRange, value }) => {
        const stage = nodeAt(value, "do") === undefined ? ["stages", key] : ["stages", key, "do"];
        const meta = { kind: "block", path: [...stage, "meta"] } as const;
        return yamlPart(document, {
          what: "stage",
          name: key,
          range: keyRange,
          places: [meta, { kind: "purpose", path: [...stage, "desc"] }],
          home: [meta],
          template: /\$\{[^}]*\}/,
        });
      });
}
