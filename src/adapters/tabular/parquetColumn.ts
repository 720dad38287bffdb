import { setImmediate } from "node:timers/promises";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Column } from "../../core/tabular/column";
import { LabelStore } from "../../core/tabular/labelStore";
import type { ByteProgress } from "./byteProgress";
import { damagedColumn, readBytes, withFile, type ParquetFile } from "./parquetFile";
import { type PageSink, readPages } from "./parquetPages";
import { type KeptRows, labelSink, numberSink, placeOf } from "./parquetSinks";
import { TOO_MUCH_TEXT } from "./tableNotes";

export interface ReadContext {
  readonly signal: CancelSignal;
  readonly progress: ByteProgress | null;
}

/** After so many bytes the thread gives way, so that it hears of an abort. */
const BYTES_BETWEEN_PAUSES = 4 * 1024 * 1024;

/**
 * Reads one column of one file, row group by row group; groups without a row that is kept are passed over.
 * @throws AppError when the file is damaged or has changed.
 */
export async function readParquetColumn(
  file: ParquetFile,
  name: string,
  kept: KeptRows,
  { signal, progress }: ReadContext,
): Promise<Column> {
  const leaf = file.leaves.get(name);
  const rows = kept?.length ?? file.rows;
  if (leaf === undefined) {
    return { name, kind: "float", values: new Float64Array(rows).fill(NaN) };
  }
  const isText = leaf.kind === "text";
  const values = new Float64Array(isText ? 0 : rows).fill(NaN);
  const labels = new LabelStore(isText ? rows : 0);
  const codes = labels.reserve(isText ? rows : 0);
  const sinkAt = (row: number): PageSink => (isText ? labelSink(codes, labels, kept, row) : numberSink(values, leaf.toNumbers, kept, row));
  const path = [file.root, leaf.tree];
  let sinceLastPause = 0;
  const onPage = async (size: number): Promise<void> => {
    sinceLastPause += size;
    if (sinceLastPause > BYTES_BETWEEN_PAUSES) {
      sinceLastPause = 0;
      await setImmediate();
    }
    signal.throwIfAborted();
  };
  await withFile(file.path, async (handle) => {
    let first = 0;
    for (const group of file.groups) {
      signal.throwIfAborted();
      const groupRows = group.rows;
      const chunk = group.chunks.get(name);
      if (kept === null || (kept[placeOf(kept, first)] ?? Infinity) < first + groupRows) {
        try {
          if (chunk === undefined) {
            throw new Error("The row group lacks the column.");
          }
          const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset) || Number(chunk.data_page_offset);
          const size = Number(chunk.total_compressed_size);
          if (start < 4 || size < 0 || start + size > file.bytes) {
            throw new Error("The column lies beyond the file.");
          }
          const from = Math.min(start, Number(chunk.data_page_offset));
          const bytes = await readBytes(file.path, handle, from, from + size);
          await readPages(bytes, chunk, path, groupRows, sinkAt(first), onPage);
        } catch (error) {
          throw damagedColumn(file.path, name, error);
        }
      }
      progress?.add(Number(chunk?.total_compressed_size ?? 0));
      first += groupRows;
    }
  });
  if (labels.isFull) {
    throw new AppError("file/unreadable", `The column ${name} of ${file.path} cannot be read: ${TOO_MUCH_TEXT}`);
  }
  if (isText) {
    return { name, kind: "text", ...labels.take(rows) };
  }
  return leaf.kind === "boolean" ? booleans(name, values) : { name, kind: leaf.kind, values };
}

function booleans(name: string, values: Float64Array): Column {
  const firstIsTrue = values.find((value) => value === value) === 1;
  const flip = firstIsTrue ? 1 : 0;
  const codes = Int32Array.from(values, (value) => (value === value ? value ^ flip : -1));
  const labels = firstIsTrue ? ["True", "False"] : ["False", "True"];
  return {
    name,
    kind: "boolean",
    codes,
    labels: labels.slice(
      0,
      codes.reduce((most, code) => Math.max(most, code + 1), 0),
    ),
  };
}
