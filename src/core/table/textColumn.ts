import { mergeSort } from "./mergeSort";
import { naturalKey, toNumber } from "./naturalKey";
import { SORT_CLASS, type SortKeys } from "./sortKeys";
import { STEPS_BETWEEN_PAUSES, type Work } from "./work";

/** One text a row, or none, as a number into the list of distinct texts. Code 0 is "no value"; the empty text is a value. */
export class TextColumn {
  private codes: Uint32Array;
  private readonly texts: string[] = [""];
  private readonly codeOf = new Map<string, number>();
  private otherTexts = 0;
  private ranks: Float64Array | undefined;

  constructor(capacity: number) {
    this.codes = new Uint32Array(capacity);
  }

  /** Distinct texts ever seen, plus one for "no value". */
  get codeCount(): number {
    return this.texts.length;
  }

  /** Whether every text ever seen is a number, as a parameter of numbers is. */
  get isNumeric(): boolean {
    return this.texts.length > 1 && this.otherTexts === 0;
  }

  set(row: number, text: string | null): boolean {
    if (row >= this.codes.length) {
      if (text === null) {
        return false;
      }
      const codes = new Uint32Array(Math.max(row + 1, this.codes.length * 2));
      codes.set(this.codes);
      this.codes = codes;
    }
    const code = text === null ? 0 : this.encode(text);
    const changed = this.codes[row] !== code;
    this.codes[row] = code;
    return changed;
  }

  code(row: number): number {
    return this.codes[row] ?? 0;
  }

  textOf(code: number): string | null {
    return code === 0 ? null : (this.texts[code] ?? null);
  }

  get(row: number): string | null {
    return this.textOf(this.code(row));
  }

  equal(rowA: number, rowB: number): boolean {
    return this.code(rowA) === this.code(rowB);
  }

  /** Texts that some run has or had, the first `limit` that were seen. */
  distinctTexts(limit: number): readonly string[] {
    return this.texts.slice(1, limit + 1);
  }

  /** Which texts satisfy the test, by code. Each distinct text is looked at once, however many rows have it. */
  matchingCodes(test: (text: string) => boolean): Uint8Array {
    return Uint8Array.from(this.texts, (text, code) => (code > 0 && test(text) ? 1 : 0));
  }

  *sortKeys(rowCount: number): Work<SortKeys> {
    const ranks = yield* this.rankTexts();
    const keys = new Float64Array(rowCount);
    const classes = new Uint8Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const code = this.code(row);
      keys[row] = ranks[code] ?? 0;
      classes[row] = code === 0 ? SORT_CLASS.missing : SORT_CLASS.value;
    }
    return { keys, classes };
  }

  /** The place of each text among the distinct ones: numbers by value, then the rest in natural order. */
  *rankTexts(): Work<Float64Array> {
    if (this.ranks?.length === this.texts.length) {
      return this.ranks;
    }
    const numbers: (number | null)[] = [];
    const names: string[] = [];
    for (const [code, text] of this.texts.entries()) {
      const number = toNumber(text);
      numbers.push(number);
      names.push(number === null ? naturalKey(text) : "");
      if (code % (STEPS_BETWEEN_PAUSES / 10) === 0) {
        yield;
      }
    }
    const compare = (a: number, b: number): number => {
      const numberA = numbers[a] ?? null;
      const numberB = numbers[b] ?? null;
      if (numberA !== null && numberB !== null) {
        return numberA - numberB;
      }
      if (numberA !== null || numberB !== null) {
        return numberA !== null ? -1 : 1;
      }
      const nameA = names[a] ?? "";
      const nameB = names[b] ?? "";
      return nameA < nameB ? -1 : nameA > nameB ? 1 : 0;
    };
    const sorted = yield* mergeSort(Uint32Array.from(this.texts.keys()), compare);
    const ranks = new Float64Array(sorted.length);
    let rank = 0;
    sorted.forEach((code, index) => {
      // Texts that compare as equal, such as 0.1 and 0.10, share a rank, so that the next sort column decides.
      if (index > 0 && compare(sorted[index - 1] ?? 0, code) !== 0) {
        rank = index;
      }
      ranks[code] = rank;
    });
    this.ranks = ranks;
    return ranks;
  }

  private encode(text: string): number {
    let code = this.codeOf.get(text);
    if (code === undefined) {
      code = this.texts.length;
      this.texts.push(text);
      this.codeOf.set(text, code);
      this.otherTexts += toNumber(text) === null ? 1 : 0;
    }
    return code;
  }
}
