import { open, type FileHandle } from "node:fs/promises";

import { parquetMetadataAsync, parquetSchema, type AsyncBuffer, type ColumnMetaData, type FileMetaData, type SchemaTree } from "hyparquet";

import type { CancelSignal } from "../../core/base/cancel";
import { fileError, fileProblem } from "./fileProblem";
import type { LocatedFile } from "./locateFiles";
import { parquetType, type ParquetLeaf } from "./parquetType";

/** Rows that lie together, column by column. */
export interface ParquetGroup {
  readonly rows: number;
  /** Where each column lies, by its name; nested ones are not here. */
  readonly chunks: ReadonlyMap<string, ColumnMetaData>;
}

/** A Parquet file whose footer is read. */
export interface ParquetFile extends LocatedFile {
  readonly rows: number;
  readonly groups: readonly ParquetGroup[];
  readonly root: SchemaTree;
  /** The columns that can be read. */
  readonly leaves: ReadonlyMap<string, ParquetLeaf>;
  /** Those that cannot, with a sentence that says why. */
  readonly skipped: ReadonlyMap<string, string>;
}

/** A footer longer than this belongs to no table that people made; 100,000 columns take some 20 MB. */
const LONGEST_FOOTER = 64 * 1024 * 1024;
const SHORTEST = 12;
const REMEDY = "Write it again, or copy it again from where it is whole.";

/**
 * Reads the footer of a Parquet file.
 * @throws AppError when it is none, is cut or is damaged.
 */
export async function openParquetFile(file: LocatedFile, signal: CancelSignal): Promise<ParquetFile> {
  signal.throwIfAborted();
  const metadata = await withFile(file.path, (handle) => readFooter(file, handle));
  try {
    const root = parquetSchema(metadata);
    const leaves = new Map<string, ParquetLeaf>();
    const skipped = new Map<string, string>();
    for (const child of root.children) {
      const { name } = child.element;
      const type = parquetType(child);
      if (/^__index_level_\d+__$/.test(name)) {
        skipped.set(name, "It is the row index that pandas wrote beside the columns.");
      } else if (typeof type === "string") {
        skipped.set(name, type);
      } else {
        leaves.set(name, type);
      }
    }
    const groups = metadata.row_groups
      .map((group) => ({
        rows: Number(group.num_rows),
        chunks: new Map(
          group.columns.flatMap(({ meta_data: chunk }) => {
            const [name, ...nested] = chunk?.path_in_schema ?? [];
            return chunk === undefined || name === undefined || nested.length > 0 ? [] : [[name, chunk] as const];
          }),
        ),
      }))
      .filter(({ rows }) => rows > 0);
    return { ...file, rows: groups.reduce((sum, { rows }) => sum + rows, 0), groups, root, leaves, skipped };
  } catch (error) {
    throw fileError(file.path, "its footer is damaged", REMEDY, error);
  }
}

/** Opens a file for the time of some work; what the disk says becomes a sentence. */
export async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    throw fileProblem(path, error);
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

/** Exactly these bytes of a file. @throws AppError when it has become shorter. */
export async function readBytes(path: string, handle: FileHandle, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    let read: number;
    try {
      ({ bytesRead: read } = await handle.read(bytes, filled, bytes.length - filled, start + filled));
    } catch (error) {
      throw fileProblem(path, error);
    }
    if (read === 0) {
      throw fileError(path, "it ends before its data do", REMEDY);
    }
    filled += read;
  }
  return bytes;
}

/** That a column's data make no sense. */
export function damagedColumn(path: string, name: string, cause: unknown): unknown {
  const known = fileProblem(path, cause);
  return known === cause ? known : fileError(path, `the data of its column ${name} are damaged`, REMEDY, cause);
}

async function readFooter({ path, bytes }: LocatedFile, handle: FileHandle): Promise<FileMetaData> {
  if (bytes < SHORTEST) {
    throw fileError(path, "it is too short to be a Parquet file", REMEDY);
  }
  const [start, end] = [await readBytes(path, handle, 0, 4), await readBytes(path, handle, bytes - 8, bytes)];
  const magic = Buffer.from(end.subarray(4)).toString("latin1");
  if (magic === "PARE") {
    throw fileError(path, "it is encrypted", "Write it without encryption.");
  }
  if (magic !== "PAR1") {
    const isCut = Buffer.from(start).toString("latin1") === "PAR1";
    throw isCut ? fileError(path, "its end is missing", REMEDY) : fileError(path, "it is no Parquet file", "Check its format.");
  }
  const length = new DataView(end.buffer).getUint32(0, true);
  if (length > bytes - SHORTEST || length > LONGEST_FOOTER) {
    throw fileError(path, "its footer is damaged", REMEDY);
  }
  const buffer: AsyncBuffer = {
    byteLength: bytes,
    slice: async (from, to = bytes) => (await readBytes(path, handle, from, to)).buffer,
  };
  try {
    return await parquetMetadataAsync(buffer, { initialFetchSize: Math.min(bytes, length + 8), geoparquet: false });
  } catch (error) {
    throw fileError(path, "its footer is damaged", REMEDY, error);
  }
}
