import { parquetMetadataAsync, type AsyncBuffer, type SchemaElement } from "hyparquet";
import Papa from "papaparse";

import type { CancelSignal } from "../../core/base/cancel";
import type { TableReading } from "../../core/tabular/tableReading";
import { markedEncoding } from "./textEncoding";
import { PACKED_HEAD, isPacked, unpackedName, unpackHead } from "./textChunks";
import { openPatiently, type OpenedFile, type OpenFile } from "../node/openedFile";

/** What a heading or a record mostly takes; to read more for each file of a thousand products would take seconds. */
const USUAL_HEADING = 16 * 1024;
/** A heading longer than this is no heading; 100,000 columns take some 2 MB. */
const LONGEST_HEADING = 4 * 1024 * 1024;
const QUOTE = 0x22;
const LINE_END = 0x0a;
/** A footer longer than this belongs to no table that people made; 100,000 columns take some 20 MB. */
const LONGEST_FOOTER = 64 * 1024 * 1024;

/**
 * The names of a table's columns, from the first line of a CSV file, the first record of JSON lines, or the footer of a Parquet file;
 * the rows are not read. Nested Parquet columns are named by their first part.
 * @param reading what somebody says of how it is read.
 * @returns null where the file's kind is not one of these.
 * @throws Error with a sentence when the file is damaged or cannot be read.
 */
export async function readColumnNames(
  path: string,
  signal: CancelSignal,
  reading: TableReading = {},
  openFile: OpenFile = openPatiently,
): Promise<readonly string[] | null> {
  const kind = /\.(csv|tsv|parquet|pq|jsonl|ndjson)$/i.exec(unpackedName(path))?.[1]?.toLowerCase();
  const isTable = kind === "parquet" || kind === "pq";
  if (kind === undefined || (isTable && isPacked(path))) {
    return null;
  }
  signal.throwIfAborted();
  const file = await openFile(path);
  try {
    if (isTable) {
      return await parquetColumns(file);
    }
    const line = isPacked(path) ? decode(unpackHead(await read(file, PACKED_HEAD)), reading) : await firstLine(file, reading);
    return kind === "jsonl" || kind === "ndjson" ? jsonColumns(line) : csvColumns(line, reading.separator ?? (kind === "tsv" ? "\t" : ""));
  } finally {
    await file.close();
  }
}

async function parquetColumns(file: OpenedFile): Promise<readonly string[]> {
  const size = await file.size();
  const buffer: AsyncBuffer = {
    byteLength: size,
    slice: async (start, end = size) => {
      if (end - start > LONGEST_FOOTER) {
        throw new Error("The Parquet file's footer is damaged: it claims to be larger than 64 MB.");
      }
      const bytes = new Uint8Array(end - start);
      return bytes.buffer.slice(0, await file.read(bytes, start));
    },
  };
  if (size < 12) {
    throw new Error("The Parquet file is too short to be one.");
  }
  const elements = await parquetElements(buffer);
  const names: string[] = [];
  // The first element is the root; the others stand depth first, and a group is followed by as many subtrees as it has children.
  let skip = 0;
  for (const element of elements) {
    if (skip === 0) {
      names.push(element.name);
    } else {
      skip -= 1;
    }
    skip += element.num_children ?? 0;
  }
  return names;
}

/** The elements of the schema without its root. The library takes what it reads for what it should be. */
async function parquetElements(buffer: AsyncBuffer): Promise<readonly SchemaElement[]> {
  try {
    const elements = (await parquetMetadataAsync(buffer)).schema.slice(1);
    if (elements.some(({ name }) => typeof (name as unknown) !== "string")) {
      throw new TypeError("A column has no name.");
    }
    return elements;
  } catch (error) {
    const isOurs = error instanceof Error && error.name === "Error" && /Parquet/i.test(error.message);
    throw isOurs ? error : new Error("The Parquet file's footer is damaged.", { cause: error });
  }
}

/** The start of the file, as much of it as its first line may need. */
async function firstLine(file: OpenedFile, reading: TableReading): Promise<string> {
  const start = await read(file, USUAL_HEADING);
  return decode(start.length < USUAL_HEADING || holdsLine(start) ? start : await read(file, LONGEST_HEADING), reading);
}

/** Whether a record ends in it: a line end between quotes is part of a name. */
function holdsLine(bytes: Uint8Array): boolean {
  let isQuoted = false;
  for (const byte of bytes) {
    if (byte === QUOTE) {
      isQuoted = !isQuoted;
    } else if (byte === LINE_END && !isQuoted) {
      return true;
    }
  }
  return false;
}

async function read(file: OpenedFile, length: number): Promise<Uint8Array> {
  const start = Buffer.allocUnsafe(length);
  return start.subarray(0, await file.read(start, 0));
}

function decode(start: Uint8Array, { encoding }: TableReading): string {
  return new TextDecoder(encoding ?? markedEncoding(start)).decode(start);
}

/** A quoted heading may hold line ends, so the parser finds the end of the first record. */
function csvColumns(text: string, delimiter: string): readonly string[] {
  // The empty line behind the last one would count as a row of one field, and hide the separator of a short table of two columns.
  const options = { preview: 1, delimiter, delimitersToGuess: [",", ";", "\t", "|"], skipEmptyLines: true };
  const { data } = Papa.parse<string[]>(text, options);
  return (data[0] ?? []).map((name) => name.trim()).filter((name) => name !== "");
}

function jsonColumns(text: string): readonly string[] {
  const record = parseRecord(text.split("\n").find((line) => line.trim() !== "") ?? "null");
  return typeof record === "object" && record !== null && !Array.isArray(record) ? Object.keys(record) : [];
}

function parseRecord(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error("The first record is no JSON.", { cause: error });
  }
}
