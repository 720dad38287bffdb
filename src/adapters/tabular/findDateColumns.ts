import Papa from "papaparse";

import type { CancelSignal } from "../../core/base/cancel";
import type { TableReading } from "../../core/tabular/tableReading";
import { markedEncoding } from "./textEncoding";
import { isPacked, PACKED_HEAD, unpackedName, unpackHead } from "./textChunks";
import { openPatiently, type OpenFile } from "../node/openedFile";
import { parseTimeText } from "../../core/tabular/parseTime";

/** So much of a file tells what its columns hold. */
const HEAD = 256 * 1024;
const MOST_ROWS = 200;

/**
 * Columns of a CSV or JSON lines file that hold ISO dates in its first rows. Such a file says nothing about the kinds of its columns, and a
 * date read as a category would drift for no other reason than that time goes on. Parquet files say it themselves.
 * @param reading what somebody says of how it is read.
 * @returns none for another kind of file, and for one that cannot be read: whoever reads it in earnest says why.
 */
export async function findDateColumns(
  path: string,
  signal: CancelSignal,
  reading: TableReading = {},
  openFile: OpenFile = openPatiently,
): Promise<readonly string[]> {
  const kind = /\.(csv|tsv|jsonl|ndjson)$/i.exec(unpackedName(path))?.[1]?.toLowerCase();
  signal.throwIfAborted();
  if (kind === undefined) {
    return [];
  }
  try {
    const file = await openFile(path);
    try {
      const head = new Uint8Array(isPacked(path) ? PACKED_HEAD : HEAD);
      const filled = head.subarray(0, await file.read(head, 0));
      const bytes = isPacked(path) ? unpackHead(filled).subarray(0, HEAD) : filled;
      const { length } = bytes;
      const text = new TextDecoder(reading.encoding ?? markedEncoding(bytes)).decode(bytes);
      // The last line may be cut in the middle.
      const whole = length < HEAD && filled.length < head.length ? text : text.slice(0, text.lastIndexOf("\n") + 1);
      return dateColumns(
        kind === "jsonl" || kind === "ndjson" ? jsonRows(whole) : csvRows(whole, reading.separator ?? (kind === "tsv" ? "\t" : "")),
        reading,
      );
    } finally {
      await file.close();
    }
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

type Row = Readonly<Record<string, unknown>>;

function csvRows(text: string, delimiter: string): readonly Row[] {
  const { data } = Papa.parse<Row>(text, {
    ...{ header: true, preview: MOST_ROWS, skipEmptyLines: true, delimiter, delimitersToGuess: [",", ";", "\t", "|"] },
    transformHeader: (name) => name.trim(),
  });
  return data;
}

function jsonRows(text: string): readonly Row[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, MOST_ROWS)
    .map((line) => JSON.parse(line) as Row);
}

function dateColumns(rows: readonly Row[], { missing = [] }: TableReading): readonly string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].filter((name) => {
    const values = rows
      .map((row) => row[name])
      .filter((value) => value !== undefined && value !== null && value !== "" && !(typeof value === "string" && missing.includes(value)));
    return values.length > 0 && values.every((value) => typeof value === "string" && isDate(value));
  });
}

/** With dashes, so that a number is never taken for a date. */
function isDate(value: string): boolean {
  return /^\s*\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(parseTimeText(value));
}
