import type { ColumnKind } from "../../core/tabular/column";
import type { CancelSignal } from "../../core/base/cancel";
import type { FieldBlock } from "../../core/tabular/fieldBlock";
import { FieldColumn } from "../../core/tabular/fieldColumn";
import type { MissingMarkers } from "../../core/tabular/missingMarkers";
import { RecordScanner } from "../../core/tabular/recordScanner";
import type { RowFilter } from "../../core/tabular/rowFilter";
import type { RowSampler } from "../../core/tabular/rowSampler";
import type { ByteProgress } from "./byteProgress";
import { fileError } from "./fileProblem";
import { textChunks } from "./textChunks";
import type { TextHeading } from "./textHeading";
import { toUtf8 } from "./textEncoding";

export interface PassOptions {
  /** The columns to keep, with the kind that is known of them; null to find out. */
  readonly columns: ReadonlyMap<string, ColumnKind | null>;
  readonly missing: MissingMarkers;
  readonly filter: RowFilter;
  readonly sampler: RowSampler;
  readonly signal: CancelSignal;
  readonly progress: ByteProgress;
  readonly onHash: ((path: string, sha256: string) => void) | null;
}

export interface PassResult {
  readonly columns: ReadonlyMap<string, FieldColumn>;
  readonly totalRows: number;
  /** About each file's lines, a sentence each. */
  readonly notes: readonly string[];
}

/** More of one record is no record: a quote was opened and not closed. */
const LONGEST_RECORD = 64 * 1024 * 1024;
/** More room is not made ahead of the rows. */
const MOST_EXPECTED = 20_000_000;

/** Reads delimited files from start to end and keeps some columns of them, as one table. */
export async function readDelimitedPass(files: readonly TextHeading[], options: PassOptions): Promise<PassResult> {
  const pass = new Pass(files, options);
  for (const file of files) {
    await pass.read(file);
  }
  return { columns: pass.finish(), totalRows: pass.totalRows, notes: pass.notes };
}

class Pass {
  totalRows = 0;
  readonly notes: string[] = [];
  readonly #columns = new Map<string, FieldColumn>();
  readonly #bytes: number;
  /** The fields of the file that is read, by their columns' names. */
  #fields: ReadonlyMap<string, number> = new Map();
  #slots = new Int32Array(0);
  #marks = new Uint8Array(0);

  constructor(
    files: readonly TextHeading[],
    private readonly options: PassOptions,
  ) {
    this.#bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async read(file: TextHeading): Promise<void> {
    const { signal, progress, onHash } = this.options;
    this.#fields = new Map(file.names.map((name, index) => [name, index]));
    const scanner = new RecordScanner(file.separator, file.names.length);
    const chunks = textChunks(file.path, { signal, progress, onHash: onHash === null ? null : (sha256) => onHash(file.path, sha256) });
    let rest: Uint8Array = new Uint8Array(0);
    let isHeading = true;
    const scan = (bytes: Uint8Array, isLast: boolean): number => {
      let at = 0;
      for (;;) {
        const next = scanner.scan(bytes, at, bytes.length, isLast, isHeading ? 1 : undefined);
        if (scanner.rows > 0) {
          if (isHeading) {
            isHeading = false;
            scanner.short = { count: 0, line: 0 };
          } else {
            this.#add(scanner, bytes, next - at);
          }
        } else if (next === at) {
          return at;
        }
        at = next;
      }
    };
    for await (const chunk of toUtf8(chunks, file.encoding)) {
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
      rest = bytes.slice(scan(bytes, false));
      if (rest.length > LONGEST_RECORD) {
        throw fileError(
          file.path,
          `the record that begins in line ${scanner.line} does not end within 64 MB`,
          "Check that its quotes are closed.",
        );
      }
    }
    if (scan(rest, true) < rest.length) {
      throw fileError(
        file.path,
        `line ${scanner.line} opens a quote that is never closed`,
        "Close it, or write it twice where it belongs to the text.",
      );
    }
    this.#noteLines(file, scanner);
  }

  finish(): ReadonlyMap<string, FieldColumn> {
    // Columns without a row exist all the same.
    for (const [name, kind] of this.options.columns) {
      if (!this.#columns.has(name)) {
        this.#columns.set(name, new FieldColumn(name, kind, this.options.missing, 0));
      }
    }
    const order = this.options.sampler.order();
    if (order !== null) {
      for (const column of this.#columns.values()) {
        column.pick(order);
      }
    }
    return this.#columns;
  }

  #fieldOf(name: string | null): number {
    return name === null ? -1 : (this.#fields.get(name) ?? -1);
  }

  #add(scanner: RecordScanner, bytes: Uint8Array, length: number): void {
    const { rows } = scanner;
    const { columns, missing, sampler } = this.options;
    if (this.#columns.size === 0) {
      const expected = Math.min(sampler.maxRows, MOST_EXPECTED, Math.ceil(((this.#bytes * rows) / length) * 1.02) + 64);
      for (const [name, kind] of columns) {
        this.#columns.set(name, new FieldColumn(name, kind, missing, expected));
      }
    }
    const block = this.#place(scanner, bytes);
    for (const [name, column] of this.#columns) {
      column.add(block, this.#fields.get(name) ?? -1);
    }
    this.totalRows += rows;
  }

  /** Decides which rows of a block are kept, and where. */
  #place(scanner: RecordScanner, bytes: Uint8Array): FieldBlock {
    const { filter, sampler } = this.options;
    const { starts, ends, width, rows } = scanner;
    if (this.#slots.length < rows) {
      this.#slots = new Int32Array(rows);
      this.#marks = new Uint8Array(rows);
    }
    const slots = this.#slots;
    const marks = this.#marks.fill(1, 0, rows);
    const block = { bytes, starts, ends, width, rows, slots, slotEnd: 0 };
    let kept = rows;
    if (filter.isNeeded) {
      filter.mark(block, this.#fieldOf(filter.windowColumn), this.#fieldOf(filter.whereColumn), marks);
      kept = marks.subarray(0, rows).reduce((sum, mark) => sum + mark, 0);
    }
    if (sampler.isFull(kept)) {
      const order = sampler.begin();
      for (const column of this.#columns.values()) {
        column.pick(order);
      }
    }
    for (let row = 0; row < rows; row++) {
      slots[row] = marks[row] === 1 ? sampler.next() : -1;
    }
    return { ...block, slotEnd: sampler.kept };
  }

  #noteLines(file: TextHeading, { short, long }: RecordScanner): void {
    if (short.count > 0) {
      this.notes.push(
        `${file.path}: ${lines(short.count)} fewer fields than the heading (the first is line ${short.line}); what lacks is taken as missing.`,
      );
    }
    if (long.count > 0) {
      this.notes.push(
        `${file.path}: ${lines(long.count)} more fields than the heading (the first is line ${long.line}); such lines are left out.`,
      );
    }
  }
}

function lines(count: number): string {
  return count === 1 ? "1 line has" : `${count.toLocaleString("en-US")} lines have`;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
