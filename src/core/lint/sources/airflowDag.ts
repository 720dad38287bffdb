import type { TextEdit } from "../../base/textEdit";
import { fieldName, tagField } from "./fieldName";
import type { PipelineField, PipelinePart } from "./pipelineSource";
import { appendToBracket, replaceNode } from "./pythonEdits";
import { childrenOf, type PythonArgument, pythonString, type PythonTree, type SyntaxNode } from "./pythonTree";

/** Where a DAG is made: `DAG(…)`, or `@dag(…)` above a function. */
export interface DagNode {
  /** The call or the decorated function with all that belongs to it. */
  readonly whole: SyntaxNode;
  /** What names the maker: `DAG` or `@dag`. */
  readonly maker: SyntaxNode;
  /** The brackets with the arguments; null for a bare `@dag`. */
  readonly list: SyntaxNode | null;
  /** The decorated function; null for a call. */
  readonly made: SyntaxNode | null;
}

/** More DAGs in a file are made by a program, and each is compared with all tasks. */
const MOST_DAGS = 50;

/** The DAGs of a module, in the order of the file. */
export function findDags(tree: PythonTree): readonly DagNode[] {
  const { classes, decorators } = importedNames(tree);
  const calls = tree.nodes("CallExpression").flatMap((node): readonly DagNode[] => {
    const [maker, list] = childrenOf(node);
    return maker !== undefined && list?.name === "ArgList" && isNamed(tree, maker, classes)
      ? [{ whole: scopeOf(node), maker, list, made: null }]
      : [];
  });
  const functions = tree.nodes("DecoratedStatement").flatMap((node): readonly DagNode[] => {
    const parts = childrenOf(node);
    const maker = parts.find((part) => part.name === "Decorator" && decorators.has(decoratorName(tree, part)));
    const made = parts.find(({ name }) => name === "FunctionDefinition");
    const list = childrenOf(maker ?? null).find(({ name }) => name === "ArgList") ?? null;
    return maker === undefined || made === undefined ? [] : [{ whole: node, maker, list, made }];
  });
  return [...calls, ...functions].sort((left, right) => left.maker.from - right.maker.from).slice(0, MOST_DAGS);
}

/** `from airflow import DAG as D` makes `D` a name of it. */
function importedNames(tree: PythonTree): { readonly classes: ReadonlySet<string>; readonly decorators: ReadonlySet<string> } {
  const classes = new Set(["DAG"]);
  const decorators = new Set(["dag"]);
  for (const node of tree.nodes("ImportStatement")) {
    for (const [, name, alias = ""] of tree.textOf(node).matchAll(/\b(DAG|dag)\s+as\s+(\w+)/g)) {
      (name === "DAG" ? classes : decorators).add(alias);
    }
  }
  return { classes, decorators };
}

function isNamed(tree: PythonTree, node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return /^(?:VariableName|MemberExpression)$/.test(node.name) && names.has(tree.textOf(node).split(".").at(-1) ?? "");
}

/** The last part of what stands behind the `@`. */
function decoratorName(tree: PythonTree, decorator: SyntaxNode): string {
  const end = childrenOf(decorator).find(({ name }) => name === "ArgList")?.from ?? decorator.to;
  return (
    tree.text
      .slice(decorator.from + 1, end)
      .split(".")
      .at(-1) ?? ""
  ).trim();
}

/** For `with DAG(…)` the tasks stand in its body. */
function scopeOf(call: SyntaxNode): SyntaxNode {
  return call.parent?.name === "WithStatement" ? call.parent : call;
}

interface Found extends PipelineField {
  readonly node: SyntaxNode;
  /** What stands before the value in a tag. */
  readonly lead: string;
}

/** A DAG with its owner from `default_args` or its tasks, its purpose from the description, and other fields from tags and params. */
export function airflowDag(tree: PythonTree, dag: DagNode, count: number): PipelinePart {
  const given = tree.argumentsOf(dag.list);
  const argument = (name: string): SyntaxNode | undefined => given.find((one) => one.name === name)?.value;
  const defaults = argument("default_args");
  const tags = argument("tags");
  const params = argument("params");
  const dict = defaults === undefined ? null : tree.dictOf(defaults);
  const paramsDict = params === undefined ? null : tree.dictOf(params);
  const items = tags === undefined ? [] : tree.itemsOf(tags);
  const fields = new Map<string, Found>();
  const add = (name: string, found: Found | null): void => {
    if (found !== null && !fields.has(name)) {
      fields.set(name, found);
    }
  };
  for (const item of items ?? []) {
    const tag = tagField(tree.stringOf(item) ?? "");
    if (tag !== null) {
      const lead = (tree.stringOf(item) ?? "").slice(0, -tag.value.length || undefined);
      add(tag.field, { text: tag.value, range: rangeOf(item), isComputed: false, node: item, lead });
    }
  }
  for (const { key, value } of paramsDict?.entries ?? []) {
    add(fieldName(key), toFound(tree, value));
  }
  const owner = dict?.entries.findLast(({ key }) => key === "owner")?.value;
  const ofTasks = taskOwners(tree, dag, count);
  const ownerFound = owner === undefined ? undefined : toFound(tree, owner);
  add("owner", ofTasks.find(({ text }) => text !== "airflow") ?? ownerFound ?? ofTasks[0] ?? null);
  add("purpose", purpose(tree, argument("description") ?? argument("doc_md"), dag));
  const isSplat = given.some(({ name }) => name === "**" || name === "*");
  return {
    what: "DAG",
    name: dagId(tree, given, dag),
    range: rangeOf(nameNode(given, dag)),
    fields,
    unknown: (field) => unknown(field, { isSplat, dict, tags: items, params: paramsDict }),
    write: (field, value) => write(tree, field, value, { dag, fields, dict, defaults, tags }),
  };
}

function nameNode(given: readonly PythonArgument[], dag: DagNode): SyntaxNode {
  return (
    given.find(({ name }) => name === "dag_id")?.value ??
    (dag.made === null
      ? given.find(({ name }) => name === null)?.value
      : childrenOf(dag.made).find(({ name }) => name === "VariableName")) ??
    dag.maker
  );
}

function dagId(tree: PythonTree, given: readonly PythonArgument[], dag: DagNode): string {
  const node = nameNode(given, dag);
  return tree.stringOf(node) ?? tree.textOf(node);
}

/** Operators and tasks may name an owner of their own; Airflow shows them all as owners of the DAG. */
function taskOwners(tree: PythonTree, dag: DagNode, count: number): readonly Found[] {
  return tree.nodes("ArgList").flatMap((list) => {
    const isInside = count === 1 || (dag.whole.from <= list.from && list.to <= dag.whole.to);
    const isDict = tree.textOf(list.parent?.firstChild) === "dict";
    const owner = isInside && !isDict ? tree.argumentsOf(list).find(({ name }) => name === "owner") : undefined;
    return owner === undefined ? [] : [toFound(tree, owner.value)];
  });
}

function purpose(tree: PythonTree, node: SyntaxNode | undefined, dag: DagNode): Found | null {
  return node === undefined ? docstring(tree, dag) : toFound(tree, node);
}

/** `@dag` takes the text below the function's head for the documentation. */
function docstring(tree: PythonTree, { made }: DagNode): Found | null {
  const body = childrenOf(made).find(({ name }) => name === "Body") ?? null;
  const first = childrenOf(body).find(({ name }) => name !== ":");
  const text = first?.name === "ExpressionStatement" ? first.firstChild : null;
  return text?.name === "String" ? toFound(tree, text) : null;
}

function toFound(tree: PythonTree, node: SyntaxNode): Found {
  const text = node.name === "None" ? "" : tree.stringOf(node);
  return { text: text ?? "", range: rangeOf(node), isComputed: text === null, node, lead: "" };
}

function unknown(
  field: string,
  {
    isSplat,
    dict,
    tags,
    params,
  }: { isSplat: boolean; dict: { isOpen: boolean } | null; tags: unknown; params: { isOpen: boolean } | null },
): string | null {
  if (isSplat) {
    return "some of its arguments are made when the file runs";
  }
  if (field === "owner" && dict?.isOpen === true) {
    return "its default_args are made when the file runs";
  }
  return tags === null || params?.isOpen === true ? "its tags or params are made when the file runs" : null;
}

interface Place {
  readonly dag: DagNode;
  readonly fields: ReadonlyMap<string, Found>;
  readonly dict: ReturnType<PythonTree["dictOf"]> | null;
  readonly defaults: SyntaxNode | undefined;
  readonly tags: SyntaxNode | undefined;
}

function write(tree: PythonTree, field: string, value: string, { dag, fields, dict, defaults, tags }: Place): readonly TextEdit[] | null {
  const { text } = tree;
  const quote = prefersSingle(tree) ? "'" : '"';
  const string = (content: string): string => pythonString(content, quote);
  const written = fields.get(field);
  // The text of a function's documentation is no place for one sentence, so that only arguments are replaced.
  if (written !== undefined && written.node.parent?.name !== "ExpressionStatement") {
    return /^(?:String|None)$/.test(written.node.name) ? replaceNode(written.node, string(`${written.lead}${value}`)) : null;
  }
  const argument = (added: string): readonly TextEdit[] | null => (dag.list === null ? null : appendToBracket(text, dag.list, added));
  if (field === "owner") {
    if (defaults === undefined) {
      return argument(`default_args={${string("owner")}: ${string(value)}}`);
    }
    const entry = dict?.literal?.name === "ArgList" ? `owner=${string(value)}` : `${string("owner")}: ${string(value)}`;
    return dict?.literal === null || dict?.literal === undefined ? null : appendToBracket(text, dict.literal, entry);
  }
  if (field === "purpose") {
    return argument(`description=${string(value)}`);
  }
  const tag = string(`${field}:${value}`);
  if (tags === undefined) {
    return argument(`tags=[${tag}]`);
  }
  return tags.name === "ArrayExpression" ? appendToBracket(text, tags, tag) : null;
}

function prefersSingle(tree: PythonTree): boolean {
  const first = tree.nodes("String").find((node) => /^["'](?!["'])/.test(tree.textOf(node)));
  return tree.textOf(first).startsWith("'");
}

function rangeOf({ from, to }: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start: from, end: to };
}
