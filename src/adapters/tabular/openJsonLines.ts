import type { CancelSignal } from "../../core/base/cancel";
import { convertColumn, timeOfLabel } from "../../core/tabular/convertColumn";
import { MissingMarkers } from "../../core/tabular/missingMarkers";
import { timeOfNumber } from "../../core/tabular/parseTime";
import { RowFilter } from "../../core/tabular/rowFilter";
import { RowSampler } from "../../core/tabular/rowSampler";
import type { ReadOptions, SkippedColumn, Table, TableSource } from "../../core/tabular/tableReader";
import { ValueColumn } from "../../core/tabular/valueColumn";
import { ByteProgress } from "./byteProgress";
import { checkColumns, unknownKinds } from "./checkColumns";
import { fileError } from "./fileProblem";
import type { LocatedFile } from "./locateFiles";
import { MemoryTable } from "./memoryTable";
import { filterNotes, noteEncoding, noteMisfits, noteNested, noteRounded, noteText, noteZone, TOO_MUCH_TEXT } from "./tableNotes";
import { textChunks, textHead } from "./textChunks";
import { encodingOf, toUtf8 } from "./textEncoding";

type JsonObject = Readonly<Record<string, unknown>>;

const LONGEST_LINE = 64 * 1024 * 1024;

/** Reads JSON lines: an object a line. The wanted columns of all rows that are kept lie in memory then. */
export async function openJsonLines(
  files: readonly LocatedFile[],
  source: TableSource,
  options: ReadOptions,
  signal: CancelSignal,
): Promise<Table> {
  const missing = new MissingMarkers(source.missing ?? []);
  const filter = new RowFilter(source, missing);
  const rows = new JsonRows(filter, new RowSampler(options.maxRows, options.sampleRows, options.seed), missing, options.columns);
  const progress = new ByteProgress(
    options.onProgress,
    files.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const hashes = new Map<string, string>();
  for (const file of files) {
    const onHash = options.hash === true ? (sha256: string) => void hashes.set(file.path, sha256) : null;
    const encoding = encodingOf(file.path, await textHead(file.path, 1024, signal), source.encoding);
    const chunks = toUtf8(textChunks(file.path, { signal, progress, onHash }), encoding);
    for await (const record of recordsOf(file.path, chunks)) {
      rows.add(record);
    }
  }
  const names = [...rows.names];
  checkColumns(files, names, source);
  const { sampler } = rows;
  const { columns, skipped, notes } = finish(rows, source);
  return new MemoryTable(
    {
      files: files.map((file) => ({ ...file, sha256: hashes.get(file.path) ?? null })),
      skipped,
      rows: sampler.kept,
      matchingRows: sampler.matching,
      totalRows: rows.total,
      notes: [
        ...notes,
        ...unknownKinds(names, source.kinds),
        ...filterNotes(filter),
        ...[...columns.filter(({ name }) => source.kinds?.[name] === undefined).map(noteText), noteEncoding(columns)].filter(
          (note) => note !== null,
        ),
      ],
      sample: sampler.isSample ? { seed: options.seed } : null,
    },
    columns,
    names,
  );
}

/** Puts records into columns, and finds new columns on the way. */
class JsonRows {
  total = 0;
  /** Of all columns, also of those that nobody wants. */
  readonly names = new Set<string>();
  readonly columns = new Map<string, ValueColumn>();

  constructor(
    private readonly filter: RowFilter,
    readonly sampler: RowSampler,
    private readonly missing: MissingMarkers,
    private readonly wanted: readonly string[] | null,
  ) {}

  add(record: JsonObject): void {
    for (const name of Object.keys(record)) {
      if (!this.names.has(name)) {
        this.names.add(name);
        if (this.wanted?.includes(name) ?? true) {
          this.columns.set(name, new ValueColumn(name, this.missing, this.total > 0));
        }
      }
    }
    const slot = this.#slotOf(record);
    for (const [name, column] of this.columns) {
      column.add(slot, valueOf(record, name));
    }
    this.total++;
  }

  #slotOf(record: JsonObject): number {
    const { filter, sampler } = this;
    if (filter.whereColumn !== null && !this.#matches(valueOf(record, filter.whereColumn))) {
      return -1;
    }
    if (filter.windowColumn !== null && !filter.keepsTime(this.#timeOf(valueOf(record, filter.windowColumn)))) {
      return -1;
    }
    if (sampler.isFull(1)) {
      const order = sampler.begin();
      this.columns.forEach((column) => column.pick(order));
    }
    return sampler.next();
  }

  #matches(value: unknown): boolean {
    switch (typeof value) {
      case "number":
        return this.filter.keepsNumber(value);
      case "boolean":
        return this.filter.keepsText(value ? "True" : "False");
      case "string":
        return this.filter.keepsText(value === "" || this.missing.texts.includes(value) ? null : value);
      default:
        return this.filter.keepsMissing();
    }
  }

  #timeOf(value: unknown): number {
    return typeof value === "number" ? timeOfNumber(value) : typeof value === "string" ? timeOfLabel(value, this.filter.flags) : NaN;
  }
}

function finish({ columns, sampler }: JsonRows, source: TableSource) {
  const skipped: SkippedColumn[] = [];
  const notes: string[] = [];
  const order = sampler.order();
  const finished = [...columns.values()].flatMap((column) => {
    const { name } = column;
    if (column.isNested || column.isFull) {
      skipped.push({ name, reason: column.isFull ? TOO_MUCH_TEXT : "It is nested: its values are objects or lists." });
      columns.delete(name);
      return [];
    }
    if (order !== null) {
      column.pick(order);
    }
    const native = column.finish(sampler.kept);
    const flags = { zoneAssumed: false };
    const converted = convertColumn(native, source.kinds?.[name] ?? native.kind, flags);
    notes.push(
      ...(column.nested > 0 ? [noteNested(name, column.nested)] : []),
      ...(converted.misfits > 0 ? [noteMisfits(name, converted.column.kind, converted.misfits)] : []),
      ...(column.isRounded ? [noteRounded(name)] : []),
      ...(flags.zoneAssumed ? [noteZone(name)] : []),
    );
    columns.delete(name);
    return [converted.column];
  });
  return { columns: finished, skipped, notes };
}

/** The objects of a file, line by line. @throws AppError with the number of the first line that is none. */
async function* recordsOf(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonObject> {
  const decoder = new TextDecoder();
  let line = 0;
  let rest = "";
  const parse = (text: string): JsonObject | null => {
    line++;
    return text.trim() === "" ? null : recordOf(path, line, text);
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      const record = parse(text);
      if (record !== null) {
        yield record;
      }
    }
    if (rest.length > LONGEST_LINE) {
      throw fileError(path, `line ${line + 1} does not end within 64 MB`, "Check that it holds an object a line.");
    }
  }
  const last = parse(rest + decoder.decode());
  if (last !== null) {
    yield last;
  }
}

function recordOf(path: string, line: number, text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileError(path, `line ${line} is no JSON`, "Check the line: each must hold one whole object.", error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw fileError(path, `line ${line} holds no object`, 'Each line must hold one object, such as {"age": 31}.');
  }
  return value as JsonObject;
}

function valueOf(record: JsonObject, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
