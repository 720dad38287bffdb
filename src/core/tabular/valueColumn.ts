import type { Column } from "./column";
import { LabelStore } from "./labelStore";
import type { MissingMarkers } from "./missingMarkers";
import { NumberStore } from "./numberStore";
import { encodeUtf8 } from "./utf8";

/**
 * A column of JSON values that grows row by row. All numbers make a column of numbers, all booleans one of booleans, and a mixture is text; null and absent
 * values are missing, and so are objects and lists, which are counted. "1.0" is whole as in pandas, because JSON has one type of numbers.
 */
export class ValueColumn {
  /** Objects and lists. */
  nested = 0;
  #numbers: NumberStore | null = null;
  #labels: LabelStore | null = null;
  #hasNumber = false;
  #hasBoolean = false;
  #hasText = false;
  #hasMissing: boolean;
  #isWhole = true;
  #hasUnsafe = false;

  /** @param isLate rows came before the first one that has it. */
  constructor(
    readonly name: string,
    readonly missing: MissingMarkers,
    isLate: boolean,
  ) {
    this.#hasMissing = isLate;
  }

  /** There is nothing in it but objects and lists. */
  get isNested(): boolean {
    return this.nested > 0 && !this.#hasNumber && !this.#hasBoolean && !this.#hasText;
  }

  /** It holds more different texts than there is room for. */
  get isFull(): boolean {
    return this.#labels?.isFull ?? false;
  }

  /** Whole numbers were rounded to doubles. */
  get isRounded(): boolean {
    return this.#hasNumber && !this.#hasText && !this.#hasBoolean && this.#isWhole && this.#hasUnsafe;
  }

  /** @param slot the place of the row; -1 for one that is not kept, which tells of the kind all the same. */
  add(slot: number, value: unknown): void {
    let number = NaN;
    let text: string | null = null;
    switch (typeof value) {
      case "number":
        number = value === 0 ? 0 : value;
        this.#hasNumber = true;
        this.#isWhole &&= Number.isInteger(value);
        this.#hasUnsafe ||= Math.abs(value) > Number.MAX_SAFE_INTEGER;
        break;
      case "boolean":
        text = value ? "True" : "False";
        this.#hasBoolean = true;
        break;
      case "string":
        if (value === "" || this.missing.texts.includes(value)) {
          this.#hasMissing = true;
        } else {
          text = value;
          this.#hasText = true;
        }
        break;
      default:
        this.#hasMissing = true;
        this.nested += typeof value === "object" && value !== null ? 1 : 0;
    }
    if (slot >= 0) {
      this.#set(slot, number, text);
    }
  }

  /** Keeps the rows of these slots, in this order. */
  pick(slots: Float64Array): void {
    this.#numbers?.pick(slots);
    this.#labels?.pick(slots);
  }

  finish(rows: number): Column {
    const { name } = this;
    if (!this.#hasText && !this.#hasBoolean) {
      const kind = this.#hasNumber && this.#isWhole && !this.#hasMissing && !this.#hasUnsafe ? "integer" : "float";
      return { name, kind, values: (this.#numbers ?? new NumberStore(rows)).take(rows) };
    }
    const labels = (this.#labels ??= new LabelStore(rows));
    if (this.#hasNumber) {
      const values = this.#numbers?.take(rows) ?? [];
      const codes = labels.reserve(rows);
      values.forEach((value, row) => {
        if (value === value) {
          codes[row] = codeOf(labels, String(value));
        }
      });
    }
    return { name, kind: this.#hasText || this.#hasNumber ? "text" : "boolean", ...labels.take(rows) };
  }

  #set(slot: number, number: number, text: string | null): void {
    if (number === number || this.#numbers !== null) {
      (this.#numbers ??= new NumberStore(0)).reserve(slot + 1)[slot] = number;
    }
    if (text !== null || this.#labels !== null) {
      const labels = (this.#labels ??= new LabelStore(0));
      labels.reserve(slot + 1)[slot] = text === null ? -1 : codeOf(labels, text);
    }
  }
}

function codeOf(labels: LabelStore, text: string): number {
  const bytes = encodeUtf8(text);
  return labels.code(bytes, 0, bytes.length);
}
