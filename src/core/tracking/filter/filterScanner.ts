import { AppError } from "../../base/appError";
import { shorten } from "./filterFields";

// MLflow reads its filters with a general SQL tokenizer. These patterns accept the same texts for the parts that the filter
// language uses: quotes run to the next quote that is neither doubled nor behind a backslash, and nothing is unescaped.
const SPACE = /\s+/y;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_$#]*/uy;
const KEY_WORD = /(?:[A-Za-zÀ-Üà-ü][\p{L}\p{N}_]*|(?![A-Za-zÀ-Üà-ü\d])[\p{L}\p{N}_][\p{L}\p{N}_$#]*)/uy;
/** `metrics.1st` is a key, `metrics.12th` and `metrics.1e5` are read as numbers. */
const KEY_WITH_DIGIT = /(?!\dE-?\d)\d[A-Za-zÀ-Üà-ü_][\p{L}\p{N}_$#]*/iuy;
/** `f1(macro)` and `acc[0]`: taken as part of the key when they follow at once. */
const KEY_SUFFIX = /\([^()[\]'"`;,]*\)|\[[^()[\]'"`;,]*\]/y;
const SINGLE = /'(?:''|\\'|[^'])*'/y;
const DOUBLE = /"(?:""|\\"|[^"])*"/y;
const BACKTICK = /`(?:``|[^`])*`/y;
const NUMBER = /-?\d+(?:\.\d+)?E-?\d+|-?(?:\d+\.\d*|\.\d+)(?![A-Za-zÀ-Üà-ü_])|-?\d+(?![A-Za-zÀ-Üà-ü_])/iy;
const SYMBOL = /[<>=~!]+/y;
const AFTER_DOT_RESERVED = /(?:CASE|IN|VALUES|USING|FROM|AS)(?![\p{L}\p{N}_])/iuy;

/** Reads a filter from left to right. Positions in messages count from 1. */
export class FilterScanner {
  #offset = 0;

  constructor(readonly text: string) {}

  get offset(): number {
    return this.#offset;
  }

  isAtEnd(): boolean {
    return this.#offset >= this.text.length;
  }

  fail(problem: string, offset = this.#offset): never {
    throw new AppError("filter/invalid", `Position ${offset + 1}: ${problem}`);
  }

  /** What stands at the current place, for a sentence. */
  found(): string {
    const rest = this.text.slice(this.#offset);
    const word = /^(?:[\p{L}\p{N}_.$#]+|[<>=~!]+|.)/u.exec(rest)?.[0] ?? rest.slice(0, 1);
    return this.isAtEnd() ? "the end" : `"${shorten(word)}"`;
  }

  skipSpace(): void {
    this.#take(SPACE);
  }

  /** Takes a keyword such as AND in any case, where no word goes on behind it. */
  takeKeyword(keyword: RegExp): string | undefined {
    return this.#take(keyword);
  }

  takeSymbol(): string | undefined {
    return this.#take(SYMBOL);
  }

  takeNumber(): string | undefined {
    return this.#take(NUMBER);
  }

  /** A string in single or double quotes, without them. */
  takeString(): string | undefined {
    return (this.#take(SINGLE) ?? this.#take(DOUBLE))?.slice(1, -1);
  }

  takeCharacter(character: string): boolean {
    const here = this.text.startsWith(character, this.#offset);
    this.#offset += here ? character.length : 0;
    return here;
  }

  /** The raw text of a field: a word or a quoted name, and what dots add to it. Undefined where none begins. */
  takeIdentifier(): string | undefined {
    const start = this.#offset;
    const head = this.#take(BACKTICK) ?? this.#take(DOUBLE) ?? this.#take(WORD);
    if (head === undefined) {
      return undefined;
    }
    while (this.takeCharacter(".")) {
      this.skipSpace();
      this.#takeKeySegment();
    }
    return this.text.slice(start, this.#offset);
  }

  #takeKeySegment(): void {
    const start = this.#offset;
    if (this.#take(AFTER_DOT_RESERVED) !== undefined) {
      this.fail(`the key ${this.text.slice(start, this.#offset)} is a reserved word; put it in backticks.`, start);
    }
    const word = this.#take(KEY_WORD) ?? this.#take(KEY_WITH_DIGIT);
    if (word !== undefined) {
      this.#take(KEY_SUFFIX);
      return;
    }
    const quoted = this.#take(BACKTICK) ?? this.#take(DOUBLE) ?? this.#take(SINGLE);
    if (quoted === undefined && !this.takeCharacter("*")) {
      this.fail(`a key is expected after the dot, not ${this.found()}; put a key with other characters in backticks.`);
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.text)?.[0];
    this.#offset += match?.length ?? 0;
    return match;
  }
}
