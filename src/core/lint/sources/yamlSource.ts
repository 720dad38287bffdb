import type { TextRange } from "../../base/textEdit";
import { folderOf } from "../workspace/workspacePath";
import { headerFields } from "./headerComment";
import { NO_RUN_FACTS, type PipelineField, type PipelinePart, type PipelineRunFacts, type PipelineSource } from "./pipelineSource";
import { readDocuments, type YamlDocument } from "./yamlDocuments";
import { shift } from "./yamlPart";

/** What a format reads from the documents of a file. */
export interface YamlContent {
  readonly parts?: readonly PipelinePart[];
  /** What holds for all parts, besides the comment above. Ranges are in the file. */
  readonly fields?: readonly (readonly [field: string, value: PipelineField])[];
  /** What stands for the file; else its first key. In the file. */
  readonly range?: TextRange | undefined;
  readonly facts?: Partial<PipelineRunFacts>;
}

export interface YamlFormat extends Pick<PipelineSource, "tool" | "label" | "matches" | "detect"> {
  readonly isPipeline?: boolean;
  readonly hasOwnerField?: boolean;
  readonly commentIsLost?: string;
  outerFiles?(path: string): readonly string[];
  productFolder?(path: string): string;
  content(documents: readonly YamlDocument[], path: string): YamlContent;
}

/** A format whose files are YAML. */
export function yamlSource(format: YamlFormat): PipelineSource {
  const { tool, label, isPipeline = true, hasOwnerField = true, commentIsLost = null } = format;
  return {
    tool,
    label,
    isPipeline,
    hasOwnerField,
    commentIsLost,
    matches: (path) => format.matches(path),
    detect: (path, text) => format.detect(path, text),
    outerFiles: (path) => format.outerFiles?.(path) ?? [],
    productFolder: (path) => format.productFolder?.(path) ?? folderOf(path),
    read(path, text) {
      const { documents, unreadable } = readDocuments(text);
      const { parts = [], fields = [], range, facts = {} } = format.content(documents, path);
      return {
        path,
        text,
        tool,
        label,
        unreadable,
        parts,
        // A comment is written by hand for this very purpose, so that it wins.
        fields: new Map([...fields, ...headerFields(text)]),
        range: range ?? firstKey(documents),
        facts: { ...NO_RUN_FACTS, ...facts },
      };
    },
  };
}

function firstKey(documents: readonly YamlDocument[]): TextRange {
  for (const { root, start } of documents) {
    const entry = root?.entries[0];
    if (entry !== undefined) {
      return shift(entry.keyRange, start);
    }
  }
  return { start: 0, end: 0 };
}
