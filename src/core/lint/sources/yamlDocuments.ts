import type { TextRange } from "../../base/textEdit";
import { entryOf, type ConfigNode, type MapNode } from "../../config/yaml/configNode";
import { lineCounter } from "../../config/yaml/lineCounter";
import { readYaml } from "../../config/yaml/readYaml";

/** One of the documents that a YAML file may hold; manifests of Kubernetes often come several in a file. */
export interface YamlDocument {
  /** The document with the comments before it. Offsets of the nodes are in this text. */
  readonly text: string;
  /** Where the document starts in the file. */
  readonly start: number;
  readonly root: MapNode | null;
}

export interface YamlDocuments {
  readonly documents: readonly YamlDocument[];
  /** Why not all could be read; null where all was. */
  readonly unreadable: string | null;
}

/** A line that is no comment, no mark and not blank; no blank is passed over a line end, because that takes long in a file of them. */
const HAS_CONTENT = /^(?!---[ \t\r]*(?:#|$)|\.\.\.|%|[ \t\r]*(?:#|$))/m;
/** More documents are no pipeline but a dump. */
const MOST_DOCUMENTS = 50;

/** Reads all documents of a YAML file of another tool. Never throws. */
export function readDocuments(text: string): YamlDocuments {
  const documents: YamlDocument[] = [];
  let unreadable: string | null = null;
  for (const { start, end } of documentRanges(text)) {
    const part = text.slice(start, end);
    const { root, problems } = readYaml(part);
    const [problem] = problems;
    if (problem !== undefined && unreadable === null) {
      unreadable = `in line ${lineCounter(text)(start + problem.range.start)}, ${lowerFirst(problem.message)}`;
    }
    documents.push({ text: part, start, root });
  }
  return { documents, unreadable };
}

/** At `---` at the start of a line, where a document begins whatever stands above. Documents without content are left out. */
function documentRanges(text: string): readonly TextRange[] {
  const starts = [0, ...[...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index)];
  const ranges = starts.map((start, index): TextRange => ({ start, end: starts[index + 1] ?? text.length }));
  const full = ranges.filter(({ start, end }) => HAS_CONTENT.test(text.slice(start, end).replace(/^\ufeff/, "")));
  const kept = full.slice(0, MOST_DOCUMENTS);
  // With one document all that surrounds it belongs to it.
  return kept.length === 1 ? [{ start: 0, end: text.length }] : kept;
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

/** The node at a path of keys and indexes; undefined where nothing is written. */
export function nodeAt(node: ConfigNode | null | undefined, ...path: readonly (string | number)[]): ConfigNode | undefined {
  return path.reduce<ConfigNode | undefined>(
    (here, part) =>
      here?.kind === "map"
        ? entryOf(here, String(part))?.value
        : here?.kind === "list" && typeof part === "number"
          ? here.items[part]
          : undefined,
    node ?? undefined,
  );
}

/** The text of a scalar as written; null where there is none. */
export function textAt(node: ConfigNode | null | undefined, ...path: readonly (string | number)[]): string | null {
  const found = nodeAt(node, ...path);
  return found?.kind === "scalar" && found.value !== null ? (typeof found.value === "string" ? found.value : found.source) : null;
}

/** Whether a line starts with the key at the top of a file: cheap, for telling formats apart. */
export function hasTopKey(text: string, key: string): boolean {
  return new RegExp(`^\ufeff?["']?${key}["']?[ \\t]*:(?=\\s|$)`, "m").test(text);
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
