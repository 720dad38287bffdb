import { parser } from "@lezer/python";

/** A node of the tree of a Python module. */
export type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** An argument of a call; `name` is null where it is told by its place, "**" where a dict is unpacked. */
export interface PythonArgument {
  readonly name: string | null;
  readonly value: SyntaxNode;
}

/** A key of a dict, or of `dict(key=…)`. */
export interface PythonEntry {
  readonly key: string;
  readonly value: SyntaxNode;
}

/** What a dict holds. `isOpen` tells that more may come from where it cannot be seen, such as another module. */
export interface PythonDict {
  readonly entries: readonly PythonEntry[];
  readonly isOpen: boolean;
  /** Where an entry can be added: a literal, or a call of `dict`. */
  readonly literal: SyntaxNode | null;
}

const OPEN: PythonDict = { entries: [], isOpen: true, literal: null };
/** Variables that stand for variables; more is a circle. */
const MOST_STEPS = 10;
/** Dicts and entries of dicts that are looked at, those taken over from others included: dicts of dicts multiply. */
const MOST_ENTRIES = 10_000;
/** What is asked for by its kind. `⚠` is where the text is no Python. */
const KINDS = ["CallExpression", "DecoratedStatement", "ImportStatement", "ArgList", "String", "⚠"] as const;
type Kind = (typeof KINDS)[number];

/** A Python module as a tree, with what its variables stand for. The grammar reads broken files too. */
export class PythonTree {
  private readonly byKind = new Map<string, SyntaxNode[]>(KINDS.map((kind) => [kind, []]));
  private readonly assigned = new Map<string, SyntaxNode[]>();
  /** Keys that are set later: `default_args["owner"] = …`. */
  private readonly later = new Map<string, PythonEntry[]>();
  /** Variables that are changed in a way that is not followed. */
  private readonly changed = new Set<string>();
  private entriesLeft = MOST_ENTRIES;

  constructor(readonly text: string) {
    const changes: SyntaxNode[] = [];
    // A node is made only when it is asked for, which takes most of the time.
    parser.parse(text).iterate({
      enter: (ref) => {
        this.byKind.get(ref.name)?.push(ref.node);
        if (ref.name === "AssignStatement" || ref.name === "UpdateStatement") {
          changes.push(ref.node);
        }
      },
    });
    for (const node of changes) {
      if (node.name === "AssignStatement") {
        this.readAssignment(node);
      } else {
        this.changed.add(this.textOf(node.firstChild));
      }
    }
    for (const node of this.nodes("CallExpression")) {
      this.readUpdate(node);
    }
  }

  textOf(node: SyntaxNode | null | undefined): string {
    return node === null || node === undefined ? "" : this.text.slice(node.from, node.to);
  }

  /** All nodes of a kind, in the order of the file. */
  nodes(kind: Kind): readonly SyntaxNode[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The arguments between the brackets of a call or decorator. */
  argumentsOf(list: SyntaxNode | null): readonly PythonArgument[] {
    const found: PythonArgument[] = [];
    for (const part of groups(list)) {
      const [first, second, third] = part;
      if (first === undefined) {
        continue;
      }
      if (first.name === "**" || first.name === "*") {
        found.push({ name: first.name, value: second ?? first });
      } else if (second?.name === "AssignOp") {
        found.push({ name: this.textOf(first), value: third ?? second });
      } else {
        found.push({ name: null, value: first });
      }
    }
    return found;
  }

  /** The text of a string; null for anything that is known only when the module runs. */
  stringOf(node: SyntaxNode | null | undefined, steps = 0): string | null {
    switch (node?.name) {
      case "String":
        return unquote(this.textOf(node));
      case "ContinuedString": {
        const parts = childrenOf(node).map((part) => this.stringOf(part, steps));
        return parts.includes(null) ? null : parts.join("");
      }
      case "ParenthesizedExpression":
        return steps > MOST_STEPS ? null : this.stringOf(childrenOf(node)[1], steps + 1);
      case "VariableName": {
        const value = this.valueOf(node);
        return value === null || steps > MOST_STEPS ? null : this.stringOf(value, steps + 1);
      }
      default:
        return null;
    }
  }

  /** The items of a list, tuple or set; null where they are known only when the module runs. */
  itemsOf(node: SyntaxNode | null | undefined, steps = 0): readonly SyntaxNode[] | null {
    switch (node?.name) {
      case "ArrayExpression":
      case "TupleExpression":
      case "SetExpression": {
        const items = groups(node);
        return items.every(([first]) => first?.name !== "*") ? items.flatMap(([first]) => first ?? []) : null;
      }
      case "VariableName": {
        const value = this.valueOf(node);
        return value === null || steps > MOST_STEPS ? null : this.itemsOf(value, steps + 1);
      }
      default:
        return null;
    }
  }

  /** What a dict holds, through variables, `dict(…)`, `{**base}`, `a | b`, `.copy()` and keys that are set later. The last of a key wins. */
  dictOf(node: SyntaxNode | null | undefined, steps = 0): PythonDict {
    if (node === null || node === undefined || steps > MOST_STEPS || this.entriesLeft <= 0) {
      return OPEN;
    }
    this.entriesLeft -= 1;
    switch (node.name) {
      case "DictionaryExpression":
        return this.dictLiteral(node, steps);
      case "ParenthesizedExpression":
        return this.dictOf(childrenOf(node)[1], steps + 1);
      case "BinaryExpression": {
        const [left, operator, right] = childrenOf(node);
        return this.textOf(operator) === "|" ? joined(this.dictOf(left, steps + 1), this.dictOf(right, steps + 1)) : OPEN;
      }
      case "CallExpression":
        return this.dictCall(node, steps);
      case "VariableName": {
        const name = this.textOf(node);
        const value = this.valueOf(node);
        const dict = value === null ? OPEN : this.dictOf(value, steps + 1);
        const later = this.later.get(name) ?? [];
        return { ...dict, entries: [...dict.entries, ...later], isOpen: dict.isOpen || this.changed.has(name) };
      }
      default:
        return OPEN;
    }
  }

  /** What a variable stands for: what was assigned last before its use, else what is assigned once; null for an imported one. */
  private valueOf(node: SyntaxNode): SyntaxNode | null {
    const values = this.assigned.get(this.textOf(node)) ?? [];
    return values.findLast(({ from }) => from < node.from) ?? (values.length === 1 ? values[0] : undefined) ?? null;
  }

  private dictLiteral(node: SyntaxNode, steps: number): PythonDict {
    const entries: PythonEntry[] = [];
    let isOpen = false;
    for (const [first, second, third] of groups(node)) {
      const isSpread = first?.name === "**";
      const key = isSpread ? null : this.stringOf(first);
      if (isSpread) {
        isOpen = this.takeOver(second, entries, steps) || isOpen;
      } else if (key === null || third === undefined || second?.name !== ":" || this.entriesLeft <= 0) {
        isOpen = true;
      } else {
        this.entriesLeft -= 1;
        entries.push({ key, value: third });
      }
    }
    return { entries, isOpen, literal: node };
  }

  private dictCall(node: SyntaxNode, steps: number): PythonDict {
    const [callee, list] = childrenOf(node);
    const name = this.textOf(callee);
    const given = this.argumentsOf(list ?? null);
    if (name === "dict") {
      const entries: PythonEntry[] = [];
      let isOpen = false;
      for (const { name: key, value } of given) {
        if (key === null || key === "**") {
          isOpen = this.takeOver(value, entries, steps) || isOpen;
        } else {
          entries.push({ key, value });
        }
      }
      return { entries, isOpen, literal: list?.name === "ArgList" ? list : null };
    }
    if (callee?.name === "MemberExpression" && name.endsWith(".copy") && given.length === 0) {
      return { ...this.dictOf(callee.firstChild, steps + 1), literal: null };
    }
    const [copied] = given;
    return /^(?:copy\.)?(?:deep)?copy$/.test(name) && copied !== undefined
      ? { ...this.dictOf(copied.value, steps + 1), literal: null }
      : OPEN;
  }

  /** Adds the entries of another dict; true where more may be in it. */
  private takeOver(node: SyntaxNode | undefined, entries: PythonEntry[], steps: number): boolean {
    const other = this.dictOf(node, steps + 1);
    this.entriesLeft -= other.entries.length;
    for (const entry of other.entries.slice(0, MOST_ENTRIES)) {
      entries.push(entry);
    }
    return other.isOpen;
  }

  private readAssignment(node: SyntaxNode): void {
    const parts = childrenOf(node);
    const at = parts.findIndex(({ name }) => name === "AssignOp");
    const [target] = parts;
    const value = parts[at + 1];
    if (at === -1 || target === undefined || value === undefined) {
      return;
    }
    if (target.name === "VariableName") {
      const name = this.textOf(target);
      listOf(this.assigned, name).push(value);
    } else if (target.name === "MemberExpression") {
      const [object, bracket, key] = childrenOf(target);
      const name = this.textOf(object);
      const text = bracket?.name === "[" ? this.stringOf(key) : null;
      if (text === null) {
        this.changed.add(name);
      } else {
        listOf(this.later, name).push({ key: text, value });
      }
    }
  }

  /** `default_args.update({"owner": …})`. */
  private readUpdate(node: SyntaxNode): void {
    const [callee, list] = childrenOf(node);
    if (callee?.name !== "MemberExpression" || !this.textOf(callee).endsWith(".update")) {
      return;
    }
    const name = this.textOf(callee.firstChild);
    for (const { name: key, value } of this.argumentsOf(list ?? null)) {
      const dict = key === null || key === "**" ? this.dictOf(value) : { entries: [{ key, value }], isOpen: false };
      listOf(this.later, name).push(...dict.entries);
      if (dict.isOpen) {
        this.changed.add(name);
      }
    }
  }
}

function listOf<T>(lists: Map<string, T[]>, name: string): T[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

export function childrenOf(node: SyntaxNode | null): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment") {
      children.push(child);
    }
  }
  return children;
}

/** What stands between the commas of a bracket. */
function groups(list: SyntaxNode | null): readonly (readonly SyntaxNode[])[] {
  const inner = childrenOf(list).filter(({ name }) => !/^[()[\]{}]$/.test(name));
  const found: SyntaxNode[][] = [[]];
  for (const node of inner) {
    if (node.name === ",") {
      found.push([]);
    } else {
      found.at(-1)?.push(node);
    }
  }
  return found.filter((part) => part.length > 0);
}

function joined(left: PythonDict, right: PythonDict): PythonDict {
  return { entries: [...left.entries, ...right.entries], isOpen: left.isOpen || right.isOpen, literal: right.literal ?? left.literal };
}

/** The text of a string literal. Escapes other than of quotes, backslashes and line ends are rare in names and are left as they are. */
function unquote(literal: string): string | null {
  const [, prefix = "", quote = "", body = ""] = /^([A-Za-z]{0,2})("""|'''|"|')([^]*)$/.exec(literal) ?? [];
  if (quote === "" || /f/i.test(prefix)) {
    return null;
  }
  const inner = body.endsWith(quote) ? body.slice(0, -quote.length) : body;
  return /r/i.test(prefix)
    ? inner
    : inner
        .replace(/\\(["'\\])/g, "$1")
        .replace(/\\n/g, "\n")
        .replace(/\\\r?\n/g, "");
}

/** A text as a string literal of Python, with the quotes that the file prefers. */
export function pythonString(value: string, quote: '"' | "'" = '"'): string {
  const escaped = value.replace(/\\/g, "\\\\").replace(/\r?\n/g, "\\n").replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
