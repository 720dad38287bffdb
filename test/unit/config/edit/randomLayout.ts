import fc from "fast-check";
import { parse } from "yaml";

/** YAML data with maps as `Map`, so that keys such as `__proto__` are as good as any. */
export type Data = string | number | boolean | null | readonly Data[] | ReadonlyMap<string, Data>;

export interface LaidOut {
  readonly text: string;
  readonly data: ReadonlyMap<string, Data>;
  /** Each is written once in the text. */
  readonly comments: readonly string[];
}

const KEYS = ["name", "risk", "roles", "data", "owner", "a b", "on", "1.10", "__proto__", "x-y", "é", "k: v", "'", "#", "7"];
const TEXTS = [
  "no",
  "1.10",
  "a # b",
  "a: b",
  "two\nlines",
  "three\n\n lines\n",
  " lead",
  "",
  "[x]",
  "- x",
  "2026-01-01",
  "null",
  "~",
  "é😀",
  "it's",
  '"',
  "\\",
  "&a",
  "*a",
  "x, y",
  "tab\there",
];

const scalar: fc.Arbitrary<Data> = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 4 },
  { arbitrary: fc.constantFrom("word", "two words", "a@b.org", "data/x.csv"), weight: 4 },
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
  fc.boolean(),
  fc.constant(null),
);

/** Any value that a change may write. */
export const anyData: fc.Arbitrary<Data> = valueOf(2);

function valueOf(depth: number): fc.Arbitrary<Data> {
  return depth === 0 ? scalar : fc.oneof({ arbitrary: scalar, weight: 3 }, fc.array(valueOf(depth - 1), { maxLength: 3 }), mapOf(depth));
}

function mapOf(depth: number): fc.Arbitrary<ReadonlyMap<string, Data>> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), valueOf(depth - 1)), { selector: ([key]) => key, maxLength: 4 })
    .map((entries) => new Map(entries));
}

export const key: fc.Arbitrary<string> = fc.constantFrom(...KEYS);

/** Valid YAML in any layout that people write: blocks and brackets, on one line and over several, comments, quotes, anchors, CRLF, BOM. */
export const laidOut: fc.Arbitrary<LaidOut> = layoutsOf(mapOf(3).filter((map) => map.size > 0));

/** The data given, in any layout. */
function layoutsOf(datas: fc.Arbitrary<ReadonlyMap<string, Data>>): fc.Arbitrary<LaidOut> {
  return fc.tuple(datas, fc.array(fc.nat(997), { maxLength: 60 })).map(([data, choices]) => new Writer(choices).write(data));
}

class Writer {
  readonly #choices: readonly number[];
  readonly #comments: string[] = [];
  readonly #anchors = new Map<Data, string>();
  #step = 2;
  #at = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  write(data: ReadonlyMap<string, Data>): LaidOut {
    this.#step = [2, 4, 3][this.#pick(3)] ?? 2;
    const head = this.#pick(4) === 1 ? "---\n" : "";
    const body = data.size === 0 ? "{}\n" : this.#pick(8) === 1 ? `${this.#brackets(data, 0)}\n` : this.#block(data, 0, false);
    const foot = this.#pick(4) === 1 ? `\n${this.#comment()}\n` : "";
    let text = this.#pick(4) === 1 ? (head + body + foot).replace(/\n$/, "") : head + body + foot;
    text = this.#pick(3) === 1 ? text.replaceAll("\n", "\r\n") : text;
    return { text: this.#pick(5) === 1 ? `\ufeff${text}` : text, data, comments: this.#comments };
  }

  /** 0 where the choices have run out, which is the plain layout. */
  #pick(count: number): number {
    return (this.#choices[this.#at++] ?? 0) % count;
  }

  #comment(): string {
    const comment = `# note ${this.#comments.length + 1}: "it's", [x]`;
    this.#comments.push(comment);
    return comment;
  }

  #tail(): string {
    const tail = ["", "", "", "  ", "\t"][this.#pick(6)];
    return tail ?? ` ${this.#comment()}`;
  }

  #block(map: ReadonlyMap<string, Data>, indent: number, behindDash: boolean): string {
    const pad = " ".repeat(indent);
    return [...map]
      .map(([name, value], index) => {
        const isFirst = index === 0 && behindDash;
        const above = isFirst ? "" : (["", "", "", "\n"][this.#pick(5)] ?? `${pad}${this.#comment()}\n`);
        return `${above}${isFirst ? "" : pad}${this.#key(name)}${this.#pick(9) === 1 ? " :" : ":"}${this.#value(value, indent)}`;
      })
      .join("");
  }

  #list(items: readonly Data[], indent: number, behindDash: boolean): string {
    return items
      .map((item, index) => {
        const pad = index === 0 && behindDash ? "" : " ".repeat(indent);
        if (item instanceof Map && item.size > 0 && this.#pick(2) === 0) {
          return `${pad}- ${this.#block(item, indent + 2, true)}`;
        }
        if (Array.isArray(item) && item.length > 0 && this.#pick(3) === 1) {
          return `${pad}- ${this.#list(item as readonly Data[], indent + 2, true)}`;
        }
        return `${pad}-${this.#line(item, indent)}`;
      })
      .join("");
  }

  #value(value: Data, indent: number): string {
    const anchor = this.#pick(12) === 1 ? ` &a${this.#at}` : "";
    if (value instanceof Map && value.size > 0 && this.#pick(2) === 0) {
      return `${anchor}${this.#tail()}\n${this.#block(value, indent + this.#step, false)}`;
    }
    if (Array.isArray(value) && value.length > 0 && this.#pick(2) === 0) {
      return `${anchor}${this.#tail()}\n${this.#list(value as readonly Data[], indent + (this.#pick(2) === 0 ? this.#step : 0), false)}`;
    }
    return this.#line(value, indent);
  }

  /** The rest of a line behind a colon or dash, with lines that belong to it. */
  #line(value: Data, indent: number): string {
    if (typeof value === "string" && /^[\w][\w \n]*$/.test(value) && value.includes("\n") && this.#pick(2) === 0) {
      const pad = " ".repeat(indent + this.#step);
      const lines = value.replace(/\n$/, "").split("\n");
      return ` |${value.endsWith("\n") ? "" : "-"}\n${lines.map((line) => (line === "" ? "" : `${pad}${line}`)).join("\n")}\n`;
    }
    if (value === null && this.#pick(2) === 0) {
      return `${this.#tail()}\n`;
    }
    return ` ${this.#inline(value, indent)}${this.#tail()}\n`;
  }

  #inline(value: Data, indent: number): string {
    if (typeof value === "object" && value !== null) {
      return this.#brackets(value, indent);
    }
    const anchored = this.#anchors.get(value);
    if (anchored !== undefined && this.#pick(2) === 1) {
      return `*${anchored} `;
    }
    const written = this.#scalar(value, false);
    if (value !== null && this.#pick(10) === 1) {
      const name = `s${this.#at}`;
      this.#anchors.set(value, name);
      return `&${name} ${written}`;
    }
    return written;
  }

  #brackets(value: readonly Data[] | ReadonlyMap<string, Data>, indent: number): string {
    const isMap = value instanceof Map;
    const [open, close] = isMap ? ["{", "}"] : ["[", "]"];
    const parts: readonly string[] = isMap
      ? [...(value as ReadonlyMap<string, Data>)].map(
          ([name, item]) => `${this.#key(name, true)}: ${this.#inBrackets(item, indent + this.#step)}`,
        )
      : (value as readonly Data[]).map((item) => this.#inBrackets(item, indent + this.#step));
    if (parts.length > 0 && this.#pick(3) === 1) {
      const pad = " ".repeat(indent + this.#step);
      const last = this.#pick(2) === 1 ? "," : "";
      const lines = parts.map((part, index) => `${pad}${part}${index < parts.length - 1 ? "," : last}${this.#tail()}\n`);
      return `${open}${this.#tail()}\n${lines.join("")}${" ".repeat(Math.max(indent, 1))}${close}`;
    }
    const space = this.#pick(4) === 1 ? " " : "";
    return `${open}${space}${parts.join(this.#pick(5) === 1 ? " , " : ", ")}${space}${close}`;
  }

  #inBrackets(value: Data, indent: number): string {
    return typeof value === "object" && value !== null ? this.#brackets(value, indent) : this.#scalar(value, true);
  }

  #key(name: string, inFlow = false): string {
    const asKey = (written: string): boolean => {
      try {
        return [...(parse(`{? ${written}\n: 1}`, { mapAsMap: true }) as ReadonlyMap<unknown, unknown>).keys()][0] === name;
      } catch {
        return false;
      }
    };
    return !inFlow && /^[\w-]+$/.test(name) && asKey(name) && this.#pick(4) !== 1 ? name : this.#scalar(name, true);
  }

  #scalar(value: string | number | boolean | null, inFlow: boolean): string {
    if (typeof value !== "string") {
      return value === null && this.#pick(2) === 1 ? "~" : String(value);
    }
    const style = this.#pick(3);
    const plain = /^[A-Za-z][\w./@-]*( [\w./@-]+)*$/.test(value) && (!inFlow || !value.includes(" ")) && parse(value) === value;
    if (style === 0 && plain) {
      return value;
    }
    return style === 1 && /^[ -~]*$/.test(value)
      ? `'${value.replaceAll("'", "''")}'`
      : JSON.stringify(value).replaceAll("\u007f", "\\u007f");
  }
}
