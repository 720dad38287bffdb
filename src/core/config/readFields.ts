import type { ConfigFile, ConfigProblem } from "./configFile";
import { ConfigLookup, fieldAt } from "./configLookup";
import type { ConfigPath } from "./configPath";
import { pathText } from "./configPath";
import { FieldReader } from "./fieldReader";
import type { Alias } from "./product";
import type { Fields, Infer, ObjectField } from "./schema/field";
import type { MapNode } from "./yaml/configNode";
import { entryOf } from "./yaml/configNode";
import type { Include } from "./yaml/nodeReader";
import { readYaml, sortProblems } from "./yaml/readYaml";
import { removeEntry } from "./yaml/removeEntry";

export interface ReadOptions {
  /** Keys at the top that stand for a place below. */
  readonly aliases?: readonly Alias[];
  /** Reads the file that an `$include` names; the host refuses what lies outside of the workspace. */
  readonly include?: Include | undefined;
}

/** Reads a file by its schema. Never throws, and takes no longer for a hostile text than for a large one. */
export function readFields<F extends Fields>(
  text: string,
  fields: ObjectField<F>,
  options: ReadOptions = {},
): ConfigFile<Infer<ObjectField<F>>> {
  const { aliases = [], include } = options;
  const yaml = readYaml(text, { include });
  const reader = new FieldReader(text);
  const value: Record<string, unknown> = {};
  if (yaml.root !== null) {
    const root = yaml.root;
    Object.assign(
      value,
      reader.readObject(
        root,
        fields,
        null,
        aliases.map(({ from }) => from),
      ),
    );
    for (const alias of aliases) {
      readAlias(root, alias, fields, value, reader, text);
    }
  }
  const problems: readonly ConfigProblem[] = sortProblems([...yaml.problems, ...reader.problems]);
  // The reader builds the value along the same schema that `Infer` types.
  return { value: value as Infer<ObjectField<F>>, source: new ConfigLookup(text, yaml.root, fields, aliases), problems };
}

function readAlias(
  root: MapNode,
  { from, to }: Alias,
  fields: ObjectField,
  value: Record<string, unknown>,
  reader: FieldReader,
  text: string,
): void {
  const entry = entryOf(root, from);
  const field = fieldAt(fields, to);
  if (entry === undefined || field === undefined) {
    return;
  }
  if (isWritten(root, to)) {
    const range = { start: entry.keyRange.start, end: Math.max(entry.keyRange.end, entry.value.range.end) };
    const fixes = [{ title: `Remove "${from}"`, edits: [removeEntry(text, range, root.flow)], safe: false }];
    reader.report(entry.value, `"${from}" and "${pathText(to)}" say the same; keep one of them. The latter counts.`, fixes, entry.keyRange);
    return;
  }
  const read = reader.read(entry.value, field, { key: from, isItem: false });
  if (read !== undefined) {
    setAt(value, to, read);
  }
}

function isWritten(root: MapNode, path: ConfigPath): boolean {
  let map: MapNode | undefined = root;
  for (const [index, part] of path.entries()) {
    const entry: ReturnType<typeof entryOf> = map === undefined ? undefined : entryOf(map, String(part));
    if (entry === undefined) {
      return false;
    }
    if (index === path.length - 1) {
      return true;
    }
    map = entry.value.kind === "map" ? entry.value : undefined;
  }
  return false;
}

/** The path consists of the schema's own keys, none of which is dangerous. */
function setAt(value: Record<string, unknown>, [key, ...rest]: ConfigPath, read: unknown): void {
  const name = String(key);
  if (rest.length === 0) {
    value[name] = read;
    return;
  }
  const block = { ...(value[name] as Record<string, unknown> | undefined) };
  value[name] = block;
  setAt(block, rest, read);
}
