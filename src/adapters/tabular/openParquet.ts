import type { CancelSignal } from "../../core/base/cancel";
import { isNumberColumn, type Column, type ColumnKind } from "../../core/tabular/column";
import { convertColumn, dropMarkers, timeOfLabel } from "../../core/tabular/convertColumn";
import { joinColumns } from "../../core/tabular/joinColumns";
import { MissingMarkers } from "../../core/tabular/missingMarkers";
import { timeOfNumber } from "../../core/tabular/parseTime";
import { RowFilter } from "../../core/tabular/rowFilter";
import { RowSampler } from "../../core/tabular/rowSampler";
import type { ReadOptions, Table, TableSource } from "../../core/tabular/tableReader";
import { ByteProgress } from "./byteProgress";
import { checkColumns, unknownKinds } from "./checkColumns";
import { fileHash } from "./fileChunks";
import type { LocatedFile } from "./locateFiles";
import { noColumn } from "./memoryTable";
import { readParquetColumn, type ReadContext } from "./parquetColumn";
import { openParquetFile, type ParquetFile } from "./parquetFile";
import { parquetKinds } from "./parquetKinds";
import type { KeptRows } from "./parquetSinks";
import { absentNotes, filterNotes, noteMisfits, noteZone } from "./tableNotes";

/** Opens Parquet files: their footers are read, and the columns by which rows are chosen; the other columns when they are asked for. */
export async function openParquet(
  located: readonly LocatedFile[],
  source: TableSource,
  options: ReadOptions,
  signal: CancelSignal,
): Promise<Table> {
  const files: ParquetFile[] = [];
  for (const file of located) {
    files.push(await openParquetFile(file, signal));
  }
  const missing = new MissingMarkers(source.missing ?? []);
  const filter = new RowFilter(source, missing);
  const bytes = located.reduce((sum, file) => sum + file.bytes, 0);
  const progress = new ByteProgress(options.onProgress, options.hash === true ? 2 * bytes : bytes);
  const context = { signal, progress };

  const hashes = new Map<string, string>();
  if (options.hash === true) {
    for (const file of files) {
      hashes.set(file.path, await fileHash(file.path, signal, progress));
    }
  }
  const names = [...new Set(files.flatMap((file) => [...file.leaves.keys()]))];
  checkChoosing(files, names, source);
  const chosen = await chooseRows(files, filter, missing, options, context);
  const asked = options.columns === null ? null : new Set(options.columns);
  const wanted = names.filter((name) => asked?.has(name) ?? true);
  const { kinds, skipped, notes } = await parquetKinds(files, wanted, source.kinds ?? {}, signal);
  const readable = new Set(wanted.filter((name) => kinds.has(name)));
  return new ParquetTable(files, names, missing, progress, chosen.kept, {
    files: located.map((file) => ({ ...file, sha256: hashes.get(file.path) ?? null })),
    columns: [...readable].map((name) => ({ name, kind: kinds.get(name) ?? "float" })),
    skipped: skipped.filter(({ name }) => asked?.has(name) ?? true),
    rows: chosen.rows,
    matchingRows: chosen.matchingRows,
    totalRows: files.reduce((sum, { rows }) => sum + rows, 0),
    notes: [
      ...notes.filter(({ name }) => readable.has(name)).map(({ text }) => text),
      ...absentNotes(
        files.map((file) => ({ path: file.path, names: file.leaves.keys() })),
        [...readable],
      ),
      ...unknownKinds(names, source.kinds),
      ...filterNotes(filter),
    ],
    sample: chosen.isSample ? { seed: options.seed } : null,
  });
}

class ParquetTable implements Table {
  readonly files: Table["files"];
  readonly columns: Table["columns"];
  readonly skipped: Table["skipped"];
  readonly rows: number;
  readonly matchingRows: number;
  readonly totalRows: number;
  readonly sample: Table["sample"];
  readonly #kinds: ReadonlyMap<string, ColumnKind>;
  readonly #notes: string[];
  readonly #noted = new Set<string>();

  constructor(
    private readonly parts: readonly ParquetFile[],
    private readonly names: readonly string[],
    private readonly missing: MissingMarkers,
    private readonly progress: ByteProgress,
    private kept: readonly KeptRows[],
    facts: Omit<Table, "column" | "dispose">,
  ) {
    this.files = facts.files;
    this.columns = facts.columns;
    this.skipped = facts.skipped;
    this.rows = facts.rows;
    this.matchingRows = facts.matchingRows;
    this.totalRows = facts.totalRows;
    this.sample = facts.sample;
    this.#kinds = new Map(facts.columns.map((column) => [column.name, column.kind]));
    this.#notes = [...new Set(facts.notes)];
  }

  /** What a conversion finds is known once its column is read. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  async column(name: string, signal: CancelSignal): Promise<Column> {
    const kind = this.#kinds.get(name);
    if (kind === undefined) {
      throw noColumn(this, this.names, name);
    }
    const columns: Column[] = [];
    const flags = { zoneAssumed: false };
    let misfits = 0;
    for (const [index, file] of this.parts.entries()) {
      const read = await readParquetColumn(file, name, this.kept[index] ?? null, { signal, progress: this.progress });
      const converted = convertColumn(dropMarkers(read, this.missing), kind, flags);
      misfits += converted.misfits;
      columns.push(converted.column);
    }
    if (!this.#noted.has(name)) {
      this.#noted.add(name);
      this.#notes.push(...(misfits > 0 ? [noteMisfits(name, kind, misfits)] : []), ...(flags.zoneAssumed ? [noteZone(name)] : []));
    }
    return joinColumns(name, kind, columns);
  }

  dispose(): void {
    this.kept = [];
  }
}

/** @throws AppError when a column by which rows are chosen cannot be read, or is in none of the files. */
function checkChoosing(files: readonly ParquetFile[], names: readonly string[], source: TableSource): void {
  for (const name of [source.window?.column, source.where?.column]) {
    const reason = name === undefined ? undefined : files.find((file) => file.skipped.has(name))?.skipped.get(name);
    if (name !== undefined && reason !== undefined) {
      throw noColumn({ files, skipped: [{ name, reason }] }, names, name);
    }
  }
  checkColumns(files, names, source);
}

interface ChosenRows {
  /** For each file. */
  readonly kept: readonly KeptRows[];
  readonly rows: number;
  readonly matchingRows: number;
  readonly isSample: boolean;
}

/** The rows that window, filter and sample keep. The sample is the one that the same rows of a text file would give. */
async function chooseRows(
  files: readonly ParquetFile[],
  filter: RowFilter,
  missing: MissingMarkers,
  options: ReadOptions,
  context: ReadContext,
): Promise<ChosenRows> {
  const matching: KeptRows[] = [];
  for (const file of files) {
    matching.push(filter.isNeeded ? await matchingRows(file, filter, missing, context) : null);
  }
  const counts = files.map((file, index) => matching[index]?.length ?? file.rows);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= options.maxRows) {
    return { kept: matching, rows: total, matchingRows: total, isSample: false };
  }
  const sample = new RowSampler(options.maxRows, options.sampleRows, options.seed).choose(total);
  let at = 0;
  let first = 0;
  const kept = counts.map((count, index) => {
    const from = at;
    while (at < sample.length && (sample[at] ?? 0) < first + count) {
      at++;
    }
    const rows = sample.slice(from, at).map((row) => (matching[index] == null ? row - first : (matching[index][row - first] ?? 0)));
    first += count;
    return rows;
  });
  return { kept, rows: sample.length, matchingRows: total, isSample: true };
}

async function matchingRows(file: ParquetFile, filter: RowFilter, missing: MissingMarkers, context: ReadContext): Promise<Float64Array> {
  const { windowColumn, whereColumn } = filter;
  const read = async (name: string | null): Promise<Column | null> =>
    name === null ? null : dropMarkers(await readParquetColumn(file, name, null, context), missing);
  const where = await read(whereColumn);
  const window = await read(windowColumn);
  const isMatch = where === null ? () => true : matchTest(where, filter);
  const timeAt = window === null ? null : timeTest(window, filter, file.leaves.get(windowColumn ?? "")?.isLocalTime ?? false);
  const rows = new Float64Array(file.rows);
  let count = 0;
  for (let row = 0; row < file.rows; row++) {
    if (isMatch(row) && (timeAt === null || filter.keepsTime(timeAt(row)))) {
      rows[count++] = row;
    }
  }
  return rows.slice(0, count);
}

function matchTest(column: Column, filter: RowFilter): (row: number) => boolean {
  if (!isNumberColumn(column)) {
    const { codes } = column;
    const labels = column.labels.map((label) => filter.keepsText(label));
    return (row) => labels[codes[row] ?? -1] ?? filter.keepsMissing();
  }
  const { values } = column;
  return (row) => filter.keepsNumber(values[row] ?? NaN);
}

function timeTest(column: Column, filter: RowFilter, isLocal: boolean): (row: number) => number {
  if (!isNumberColumn(column)) {
    const { codes } = column;
    const times = column.labels.map((label) => timeOfLabel(label, filter.flags));
    return (row) => times[codes[row] ?? -1] ?? NaN;
  }
  const { values } = column;
  if (column.kind === "time") {
    filter.flags.zoneAssumed ||= isLocal;
    return (row) => values[row] ?? NaN;
  }
  return (row) => timeOfNumber(values[row] ?? NaN);
}
