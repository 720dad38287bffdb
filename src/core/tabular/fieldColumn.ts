import type { Column, ColumnKind } from "./column";
import { type FieldBlock, unquotedBytes } from "./fieldBlock";
import { LabelStore } from "./labelStore";
import type { MissingMarkers } from "./missingMarkers";
import { NumberStore } from "./numberStore";
import { isWholeNumber, parseDecimal } from "./parseDecimal";
import { parseTime, type TimeFlags, timeOfNumber } from "./parseTime";
import { encodeUtf8 } from "./utf8";

/** From here on a double does not hold every whole number. */
const SAFE = Number.MAX_SAFE_INTEGER;
/** Whole numbers from here on fit into no integer type, so that pandas takes them for texts: ids, mostly. */
const LARGEST_INTEGER = 2 ** 64;
const FALSE = 0;
const TRUE = 1;

/**
 * A column of delimited text that grows block by block and finds out its kind as pandas would: from all rows of the files, also from those that are not kept, so that
 * two windows of a file have the same kinds. Two things differ: true and false with missing values stay boolean, and whole numbers beyond an int64
 * are floats, and text only where one of them is beyond a uint64 and none has a fraction.
 *
 * A column of numbers in which a text turns up late has lost its texts by then ("007" is 7): it is `fallen`, and must be read once more as text.
 */
export class FieldColumn {
  #state: "empty" | "number" | "boolean" | "text" | "time" | "fallen" = "empty";
  #numbers: NumberStore | null = null;
  #labels: LabelStore | null = null;
  #isWhole = true;
  #hasMissing = false;
  #hasUnsafe = false;
  #hasHuge = false;
  #misfits = 0;
  /** A block before this one had values. */
  #hasEarlier = false;
  readonly #flags: TimeFlags = { zoneAssumed: false };

  /**
   * @param wanted the kind that a user said, or text for a column that fell; null to find out.
   * @param expected rows that will probably come.
   */
  constructor(
    readonly name: string,
    readonly wanted: ColumnKind | null,
    readonly missing: MissingMarkers,
    readonly expected: number,
  ) {
    this.#state = wanted === null ? "empty" : wanted === "integer" || wanted === "float" ? "number" : wanted;
  }

  /** Whether it must be read again as text. Integers that fit into no type are known at the end only: beside fractions they are numbers. */
  get fallen(): boolean {
    return this.#state === "fallen" || (this.#state === "number" && this.wanted === null && this.#isWhole && this.#hasHuge);
  }

  /** It holds more different texts than there is room for. */
  get isFull(): boolean {
    return this.#labels?.isFull ?? false;
  }

  /** Values that do not fit the kind that the user said, and so are missing. */
  get misfits(): number {
    return this.#misfits;
  }

  /** Times without a zone were taken as UTC. */
  get zoneAssumed(): boolean {
    return this.#flags.zoneAssumed;
  }

  /** Whole numbers were rounded to doubles. */
  get isRounded(): boolean {
    return this.#state === "number" && this.#isWhole && this.#hasUnsafe && this.wanted !== "float";
  }

  get kind(): ColumnKind {
    switch (this.#state) {
      case "number":
        return this.wanted === "integer" || (this.wanted === null && this.#isWhole && !this.#hasMissing && !this.#hasUnsafe)
          ? "integer"
          : "float";
      case "empty":
        return this.#hasMissing ? "float" : "text"; // As pandas: a column of nothing but missing values, and one without rows.
      case "boolean":
      case "time":
      case "text":
        return this.#state;
      case "fallen":
        return "text";
    }
  }

  /** The field of this index in each row; -1 where the file has no such column. */
  add(block: FieldBlock, field: number): void {
    const { starts, ends, width, rows } = block;
    let row = 0;
    if (field < 0) {
      this.#hasMissing ||= rows > 0;
      this.#skip(block, 0, rows);
      return;
    }
    while (row < rows) {
      switch (this.#state) {
        case "empty": {
          const first = row;
          while (row < rows && this.#isMissing(block, row * width + field)) {
            row++;
          }
          this.#hasMissing ||= row > first;
          if (row < rows) {
            this.#state = this.#kindOf(block.bytes, starts[row * width + field] ?? 0, ends[row * width + field] ?? 0);
          }
          break;
        }
        case "number":
          row = this.#addNumbers(block, field, row);
          break;
        case "boolean":
          row = this.#addBooleans(block, field, row);
          break;
        case "text":
          row = this.#addTexts(block, field, row);
          break;
        case "time":
          row = this.#addTimes(block, field, row);
          break;
        case "fallen":
          return;
      }
    }
    this.#hasEarlier ||= this.#state !== "empty";
  }

  /** Keeps the rows of these slots, in this order. */
  pick(slots: Float64Array): void {
    this.#numbers?.pick(slots);
    this.#labels?.pick(slots);
  }

  finish(rows: number): Column {
    const { name, kind } = this;
    if (kind !== "text" && kind !== "boolean") {
      return { name, kind, values: (this.#numbers ?? new NumberStore(rows)).take(rows) };
    }
    const { codes, labels } = (this.#labels ?? new LabelStore(rows)).take(rows);
    return { name, kind, codes, labels };
  }

  #isMissing({ bytes, starts, ends }: FieldBlock, index: number): boolean {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    return start === end || (!this.missing.isEmpty && this.#isMarker(bytes, start, end));
  }

  #isMarker(bytes: Uint8Array, start: number, end: number): boolean {
    if (end >= 0) {
      return this.missing.has(bytes, start, end);
    }
    const field = unquotedBytes(bytes, start, end);
    return this.missing.has(field, 0, field.length);
  }

  /** What a first value makes of a column; the field is added after that. */
  #kindOf(bytes: Uint8Array, start: number, end: number): "number" | "boolean" | "text" {
    const field = unquotedBytes(bytes, start, end);
    const value = parseDecimal(field, 0, field.length);
    return value === value ? "number" : booleanOf(field, 0, field.length) >= 0 ? "boolean" : "text";
  }

  #addNumbers(block: FieldBlock, field: number, from: number): number {
    const { bytes, starts, ends, width, rows, slots } = block;
    const values = (this.#numbers ??= new NumberStore(this.expected)).reserve(block.slotEnd);
    const hasMarkers = !this.missing.isEmpty;
    let index = from * width + field;
    for (let row = from; row < rows; row++, index += width) {
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      const slot = slots[row] ?? -1;
      let value = NaN;
      if (start === end || (hasMarkers && this.#isMarker(bytes, start, end))) {
        this.#hasMissing = true;
      } else {
        value = end > 0 ? parseDecimal(bytes, start, end) : this.#quotedNumber(bytes, start, end);
        if (value !== value) {
          if (this.wanted === null) {
            return this.#fall(row);
          }
          this.#misfits++;
        } else if (this.#isWhole) {
          value = this.#watchWhole(bytes, start, end, value);
        }
      }
      if (slot >= 0) {
        values[slot] = value;
      }
    }
    return rows;
  }

  #quotedNumber(bytes: Uint8Array, start: number, end: number): number {
    const field = unquotedBytes(bytes, start, end);
    return parseDecimal(field, 0, field.length);
  }

  /** Called while all numbers so far are whole. */
  #watchWhole(bytes: Uint8Array, start: number, end: number, value: number): number {
    if (this.wanted === "integer") {
      if (!Number.isInteger(value)) {
        this.#misfits++;
        return NaN;
      }
    } else if (end < 0 || !isWholeNumber(bytes, start, end)) {
      this.#isWhole = false;
      return value;
    }
    const size = Math.abs(value);
    if (size > SAFE) {
      this.#hasUnsafe = true;
      this.#hasHuge ||= size >= LARGEST_INTEGER;
    }
    return value === 0 ? 0 : value; // An integer has no -0.
  }

  /** A text among values of another kind. Nothing is lost in a column whose values all came with this block. */
  #fall(row: number): number {
    if (this.#hasEarlier) {
      this.#state = "fallen";
      return row;
    }
    this.#state = "text";
    this.#numbers = null;
    this.#labels = null;
    return 0;
  }

  #addBooleans(block: FieldBlock, field: number, from: number): number {
    const { bytes, starts, ends, width, rows, slots } = block;
    const labels = (this.#labels ??= newBooleanLabels(this.expected));
    const codes = labels.reserve(block.slotEnd);
    for (let row = from, index = from * width + field; row < rows; row++, index += width) {
      let code = -1;
      if (this.#isMissing(block, index)) {
        this.#hasMissing = true;
      } else {
        const text = unquotedBytes(bytes, starts[index] ?? 0, ends[index] ?? 0);
        code = this.wanted === null ? booleanOf(text, 0, text.length) : looseBooleanOf(text);
        if (code < 0) {
          if (this.wanted === null) {
            return this.#fall(row);
          }
          this.#misfits++;
        }
      }
      const slot = slots[row] ?? -1;
      if (slot >= 0) {
        codes[slot] = code;
      }
    }
    return rows;
  }

  #addTexts(block: FieldBlock, field: number, from: number): number {
    const { bytes, starts, ends, width, rows, slots } = block;
    const labels = (this.#labels ??= new LabelStore(this.expected));
    const codes = labels.reserve(block.slotEnd);
    const hasMarkers = !this.missing.isEmpty;
    for (let row = from, index = from * width + field; row < rows; row++, index += width) {
      const slot = slots[row] ?? -1;
      if (slot < 0) {
        continue;
      }
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      if (start === end || (hasMarkers && this.#isMarker(bytes, start, end))) {
        codes[slot] = -1;
      } else if (end > 0) {
        codes[slot] = labels.code(bytes, start, end);
      } else {
        const text = unquotedBytes(bytes, start, end);
        codes[slot] = labels.code(text, 0, text.length);
      }
    }
    return rows;
  }

  #addTimes(block: FieldBlock, field: number, from: number): number {
    const { bytes, starts, ends, width, rows, slots } = block;
    const values = (this.#numbers ??= new NumberStore(this.expected)).reserve(block.slotEnd);
    for (let row = from, index = from * width + field; row < rows; row++, index += width) {
      let value = NaN;
      if (this.#isMissing(block, index)) {
        this.#hasMissing = true;
      } else {
        value = timeOfField(bytes, starts[index] ?? 0, ends[index] ?? 0, this.#flags);
        this.#misfits += value !== value ? 1 : 0;
      }
      const slot = slots[row] ?? -1;
      if (slot >= 0) {
        values[slot] = value;
      }
    }
    return rows;
  }

  /** Rows without a value: slots that a sample fills again must be emptied. */
  #skip({ slots, slotEnd }: FieldBlock, from: number, to: number): void {
    const values = this.#numbers?.reserve(slotEnd);
    const codes = this.#labels?.reserve(slotEnd);
    for (let row = from; row < to; row++) {
      const slot = slots[row] ?? -1;
      if (slot >= 0) {
        if (values !== undefined) {
          values[slot] = NaN;
        }
        if (codes !== undefined) {
          codes[slot] = -1;
        }
      }
    }
  }
}

/** The time of a field: a date as text, else a number. */
export function timeOfField(bytes: Uint8Array, start: number, end: number, flags?: TimeFlags): number {
  const field = end >= 0 ? bytes : unquotedBytes(bytes, start, end);
  const from = end >= 0 ? start : 0;
  const to = end >= 0 ? end : field.length;
  const time = parseTime(field, from, to, flags);
  return time === time ? time : timeOfNumber(parseDecimal(field, from, to));
}

/** Codes 0 and 1 are false and true, as pandas writes them. */
function newBooleanLabels(expected: number): LabelStore {
  const labels = new LabelStore(expected);
  const bytes = encodeUtf8("FalseTrue");
  labels.code(bytes, 0, 5);
  labels.code(bytes, 5, 9);
  return labels;
}

const BOOLEANS: ReadonlyMap<string, number> = new Map([
  ["False", FALSE],
  ["FALSE", FALSE],
  ["false", FALSE],
  ["True", TRUE],
  ["TRUE", TRUE],
  ["true", TRUE],
]);

/** What pandas takes for false and true; -1 for all else. */
function booleanOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  return length !== 4 && length !== 5 ? -1 : (BOOLEANS.get(String.fromCharCode(...bytes.subarray(start, end))) ?? -1);
}

/** What people mean by false and true once they have said that a column holds nothing else. */
export function looseBooleanOf(bytes: Uint8Array): number {
  const exact = booleanOf(bytes, 0, bytes.length);
  if (exact >= 0) {
    return exact;
  }
  const value = parseDecimal(bytes, 0, bytes.length);
  return value === 0 ? FALSE : value === 1 ? TRUE : -1;
}
