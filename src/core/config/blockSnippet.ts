import { optionFor } from "./fieldShape";
import type { Field, ObjectField } from "./schema/field";

/** A block with more places than these is not filled in at one go. */
const MOST_PLACES = 12;
const MOST_IN_BRACES = 4;

/** Words by which an answer is honestly left open; such a word is what stands there until somebody chooses. */
const OPEN_ANSWERS = ["unsure", "pending"];

/**
 * A key with its whole block as a snippet of VS Code: each value is a place to fill in, none is answered. Only what the law does not ask for
 * may start with the first of its choices. A tab stands for one step of indentation.
 * @param indent stands before each line but the first, where the key itself is further in than its line.
 * @returns null for a field that has no block.
 */
export function blockSnippet(key: string, field: Field, indent = ""): string | null {
  const shape = optionFor(field, "map") ?? optionFor(field, "list");
  const isList = shape?.kind === "list";
  const block = isList ? optionFor(shape.of, "map") : shape;
  if (block?.kind !== "object") {
    return null;
  }
  const places = new Places(isLegal(field) || isLegal(block));
  const lines = Object.entries(block.fields).flatMap(([name, inner]) => places.pair(name, inner) ?? []);
  const text = lines.map((line, index) => `${indent}\t${isList ? (index === 0 ? "- " : "  ") : ""}${line}`);
  return lines.length === 0 ? null : [`${key}:`, ...text].join("\n");
}

/** Numbers the places of one snippet. */
class Places {
  private used = 0;

  constructor(private readonly inLaw: boolean) {}

  /** `key: place`; undefined for what has no short form, and once there are enough places. */
  pair(key: string, field: Field): string | undefined {
    if (this.used >= MOST_PLACES) {
      return undefined;
    }
    const value = this.value(field);
    return value === undefined ? undefined : `${key}: ${value}`;
  }

  private value(field: Field): string | undefined {
    const scalar = optionFor(field, "scalar");
    if (scalar?.kind === "list") {
      return this.value(scalar.of);
    }
    if (scalar?.kind === "object") {
      const short = scalar.short === null ? undefined : scalar.fields[scalar.short];
      return short === undefined ? undefined : this.value(short);
    }
    if (scalar !== undefined) {
      return this.place(scalar);
    }
    const list = optionFor(field, "list");
    if (list?.kind === "list") {
      return optionFor(list.of, "scalar") === undefined ? undefined : `[${this.empty()}]`;
    }
    const block = optionFor(field, "map");
    return block?.kind === "object" ? this.inBraces(block) : undefined;
  }

  private inBraces({ fields }: ObjectField): string | undefined {
    const pairs = Object.entries(fields)
      .filter(([, field]) => optionFor(field, "scalar") !== undefined)
      .slice(0, MOST_IN_BRACES)
      .flatMap(([key, field]) => this.pair(key, field) ?? []);
    return pairs.length === 0 ? undefined : `{${pairs.join(", ")}}`;
  }

  private place(field: Field): string {
    if (field.kind === "choice") {
      const words = Object.keys(field.choices);
      const open = OPEN_ANSWERS.find((word) => words.includes(word));
      return open === undefined ? this.choice(words, field) : this.oneOf([open, ...words.filter((word) => word !== open)]);
    }
    if (field.kind === "yesNo") {
      return this.choice(["yes", "no"], field);
    }
    // A comparison begins with a sign that YAML knows as its own.
    return field.kind === "text" && field.format === "target" ? `"${this.empty()}"` : this.empty();
  }

  private choice(words: readonly string[], field: Field): string {
    return this.inLaw || isLegal(field) ? this.empty() : this.oneOf(words);
  }

  private oneOf(words: readonly string[]): string {
    this.used += 1;
    const options = words.map((word) => (/^[A-Za-z][\w-]*$/.test(word) ? word : JSON.stringify(word)));
    return `\${${this.used}|${options.map((word) => word.replace(/[\\,|]/g, "\\$&")).join(",")}|}`;
  }

  private empty(): string {
    this.used += 1;
    return `\${${this.used}}`;
  }
}

function isLegal({ info }: Field): boolean {
  return info.article !== undefined || info.duty !== undefined;
}
