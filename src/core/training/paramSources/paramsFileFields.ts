import type { ConfigNode } from "../../config/yaml/configNode";
import { readYaml } from "../../config/yaml/readYaml";
import type { ParamField } from "../paramField";
import { listAsText } from "../listText";
import { guessField } from "./guessField";

export interface ParamsFile {
  readonly fields: readonly ParamField[];
  /** Long lists, and those that JSON cannot hold, as JSON by name: nobody sets them here, and a training depends on them all the same. */
  readonly lists: Readonly<Record<string, string>>;
  /** Why it cannot be read, one sentence; null where it can. */
  readonly problem: string | null;
}

/** More are a table and no parameters. */
const MOST_FIELDS = 2000;
/** Characters of a list that somebody could still read and edit in one line. */
const LONGEST_LIST = 2000;

/**
 * Values and lists of a file of parameters in YAML or JSON, by the keys that lead to them, joined with dots as DVC and MLflow do. Never throws.
 * @param path for people, and for its ending.
 */
export function paramsFileFields(text: string, path: string): ParamsFile {
  if (!/\.(?:ya?ml|json)$/i.test(path)) {
    return failed(`Parameters are read from YAML and JSON; ${path} is neither.`);
  }
  if (/^(?:\s|#.*)*$/.test(text)) {
    return { fields: [], lists: {}, problem: null };
  }
  // JSON may be indented with tabs, which YAML forbids.
  const isJson = /\.json$/i.test(path);
  const { root, problems } = readYaml(text.replace(/^\uFEFF/, "").replace(/^\t+/gm, (tabs) => (isJson ? " ".repeat(tabs.length) : tabs)));
  const [problem] = problems;
  if (problem !== undefined) {
    return failed(`${path} cannot be read: ${problem.message}`);
  }
  const fields: ParamField[] = [];
  const lists = new Map<string, string>();
  if (root !== null) {
    collect(root, "", path, fields, lists);
  }
  return fields.length > MOST_FIELDS
    ? failed(`${path} holds more than ${MOST_FIELDS} parameters.`)
    : { fields, lists: Object.fromEntries(lists), problem: null };
}

function failed(problem: string): ParamsFile {
  return { fields: [], lists: {}, problem };
}

function collect(node: ConfigNode, name: string, source: string, fields: ParamField[], lists: Map<string, string>): void {
  switch (node.kind) {
    case "map":
      for (const { key, value } of node.entries) {
        collect(value, name === "" ? key : `${name}.${key}`, source, fields, lists);
      }
      break;
    case "list": {
      const value = plain(node);
      const text = listAsText(value);
      if (text === null || text.length > LONGEST_LIST) {
        lists.set(name, JSON.stringify(value));
      } else {
        fields.push({ ...guessField(name, text, source), kind: "list" });
      }
      break;
    }
    case "scalar":
      // Infinity and NaN have no place in a plan: they stay as the file writes them.
      fields.push(guessField(name, typeof node.value === "number" && !Number.isFinite(node.value) ? node.source : node.value, source));
  }
}

function plain(node: ConfigNode): unknown {
  switch (node.kind) {
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case "list":
      return node.items.map(plain);
    case "scalar":
      return node.value;
  }
}
