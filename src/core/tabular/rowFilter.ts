import { type FieldBlock, unquotedBytes } from "./fieldBlock";
import { timeOfField } from "./fieldColumn";
import type { MissingMarkers } from "./missingMarkers";
import type { TableSource } from "./tableReader";
import type { TimeFlags } from "./parseTime";
import { ValueMatcher } from "./valueMatcher";

/** The rows that a table's window and filter keep. */
export class RowFilter {
  readonly windowColumn: string | null;
  readonly whereColumn: string | null;
  /** Rows that were dropped because their time is missing or is none. */
  withoutTime = 0;
  readonly flags: TimeFlags = { zoneAssumed: false };
  readonly #from: number;
  readonly #to: number;
  readonly #matcher: ValueMatcher | null;

  constructor(
    { window, where }: Pick<TableSource, "window" | "where">,
    readonly missing: MissingMarkers,
  ) {
    this.windowColumn = window?.column ?? null;
    this.whereColumn = where?.column ?? null;
    this.#from = window?.from ?? -Infinity;
    this.#to = window?.to ?? Infinity;
    this.#matcher = where?.equals == null ? null : new ValueMatcher(where.equals);
  }

  get isNeeded(): boolean {
    return this.windowColumn !== null || this.whereColumn !== null;
  }

  /** Clears the marks of rows that are not kept. Fields are -1 where the file has no such column. */
  mark(block: FieldBlock, windowField: number, whereField: number, marks: Uint8Array): void {
    const { bytes, starts, ends, width, rows } = block;
    for (let row = 0; row < rows; row++) {
      if (this.whereColumn !== null) {
        const index = row * width + whereField;
        marks[row] = (whereField < 0 ? this.keepsMissing() : this.#keepsField(bytes, starts[index] ?? 0, ends[index] ?? 0)) ? 1 : 0;
      }
      if (this.windowColumn !== null && marks[row] === 1) {
        const index = row * width + windowField;
        const time = windowField < 0 ? NaN : this.#timeOf(bytes, starts[index] ?? 0, ends[index] ?? 0);
        marks[row] = this.keepsTime(time) ? 1 : 0;
      }
    }
  }

  keepsTime(time: number): boolean {
    if (time !== time) {
      this.withoutTime++;
      return false;
    }
    return time >= this.#from && time < this.#to;
  }

  keepsMissing(): boolean {
    return this.#matcher === null;
  }

  keepsNumber(value: number): boolean {
    return value !== value ? this.keepsMissing() : (this.#matcher?.matchesNumber(value) ?? false);
  }

  keepsText(text: string | null): boolean {
    return text === null ? this.keepsMissing() : (this.#matcher?.matchesText(text) ?? false);
  }

  #timeOf(bytes: Uint8Array, start: number, end: number): number {
    return this.#isMissing(bytes, start, end) ? NaN : timeOfField(bytes, start, end, this.flags);
  }

  #keepsField(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#isMissing(bytes, start, end)) {
      return this.keepsMissing();
    }
    const field = end >= 0 ? bytes : unquotedBytes(bytes, start, end);
    return this.#matcher?.matchesBytes(field, end >= 0 ? start : 0, end >= 0 ? end : field.length) ?? false;
  }

  #isMissing(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end || this.missing.isEmpty) {
      return start === end;
    }
    const field = end >= 0 ? bytes : unquotedBytes(bytes, start, end);
    return this.missing.has(field, end >= 0 ? start : 0, end >= 0 ? end : field.length);
  }
}
