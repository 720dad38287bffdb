import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One reader of foreign bytes. */
export interface FuzzTarget {
  /** Small letters and hyphens: it names files and is typed by people. */
  readonly name: string;
  /** `json` and `text` are also changed by their structure, `bytes` is not. */
  readonly kind: "json" | "text" | "bytes";
  /** Good inputs, from which others are made. */
  readonly seeds: () => readonly Uint8Array[];
  /** Words that mean something to the reader, beside those that are tried on everybody. */
  readonly words?: readonly string[];
  /** How many inputs it gets for each of a cheap target's hundred; 100 unless it is said. */
  readonly share?: number;
  /** What is needed once, such as a server or a folder. */
  readonly open: () => Promise<OpenTarget>;
}

export interface OpenTarget {
  /** Reads one input: returns, or throws what the product means to say. */
  readonly run: (input: Buffer) => unknown;
  readonly close?: () => Promise<void> | void;
}

/** Words that an error of the product itself never has: they are the engine's, and no sentence for people. */
const ENGINES_OWN =
  /\bundefined\b|\[object |is not a function|is not iterable|Maximum call stack|Invalid array length|Invalid string length/;

/**
 * Why what was thrown is no refusal of the product; null where it is one: an AppError, a cancelled call, a page's message of another shape, or a plain Error
 * with a sentence.
 */
export function whyNoRefusal(error: unknown): string | null {
  if (!(error instanceof Error)) {
    return "what was thrown is no error";
  }
  const isKnown = ["AppError", "Error", "AbortError", "ValiError", "YAMLParseError"].includes(error.name);
  if (!isKnown) {
    return `${error.name}: ${error.message}`;
  }
  return error.message.trim() === "" ? "its message is empty" : ENGINES_OWN.test(error.message) ? error.message : null;
}

/** A target that needs nothing but the text. */
export function ofText(run: (text: string) => unknown): FuzzTarget["open"] {
  return () => Promise.resolve({ run: (input) => run(input.toString("utf8")) });
}

/** A target that gets what JSON holds; texts that are none are passed over, because nobody gets to see them. */
export function ofValue(run: (value: unknown) => unknown): FuzzTarget["open"] {
  return ofText((text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return null;
    }
    return run(value);
  });
}

export function texts(...seeds: readonly string[]): FuzzTarget["seeds"] {
  return () => seeds.map((text) => Buffer.from(text, "utf8"));
}

export function values(...seeds: readonly unknown[]): FuzzTarget["seeds"] {
  return texts(...seeds.map((value) => JSON.stringify(value)));
}

/** Files below test/fixtures. */
export function fixtures(...paths: readonly string[]): FuzzTarget["seeds"] {
  return () => paths.map((path) => readFileSync(join(process.cwd(), "test", "fixtures", path)));
}
