import { brotliDecompressSync, crc32, gunzipSync } from "node:zlib";

import type { ColumnMetaData, Compressors, PageHeader, SchemaTree } from "hyparquet";
import { checkRuns } from "./parquetRuns";
import { compressors as libraryCompressors } from "hyparquet-compressors";
import { parquetHeader } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";

/** What becomes of a column's values: `PageSink`s turn them into numbers or codes. */
export interface PageSink {
  /** The values that the pages after it point to. */
  dictionary(values: ArrayLike<unknown>): void;
  /**
   * The values of a page, without those that are missing.
   * @param present a row each, whether it has a value; null where all have.
   * @param isIndex values are positions in the dictionary.
   */
  page(rows: number, present: ArrayLike<number> | null, values: ArrayLike<unknown>, isIndex: boolean): void;
}

/** Node's own decompressors are faster where they exist. */
const compressors: Compressors = {
  ...libraryCompressors,
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
};
/** No page is larger; a size beyond it is damage. */
const LARGEST_PAGE = 2 ** 30;

/**
 * Reads the pages of one column of one row group: hyparquet decodes them, and we take over before it makes a value of each row, so that a dictionary costs one
 * conversion an entry and numbers go into typed arrays.
 * @param path the schema from the root to the column.
 * @param onPage called before each page, so that the caller can give way or stop.
 * @throws Error when the data make no sense.
 */
export async function readPages(
  bytes: Uint8Array<ArrayBuffer>,
  chunk: ColumnMetaData,
  path: SchemaTree[],
  rows: number,
  sink: PageSink,
  onPage: (size: number) => Promise<void>,
): Promise<void> {
  const { element } = path[path.length - 1] ?? {};
  if (element === undefined) {
    throw new Error("The schema has no such column.");
  }
  const decoder = { ...chunk, pathInSchema: chunk.path_in_schema, element, schemaPath: path, parsers: DEFAULT_PARSERS, compressors };
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let done = 0;
  while (done < rows) {
    const header = parquetHeader(reader);
    const compressed = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    checkPage(header, compressed);
    reader.offset += header.compressed_page_size;
    await onPage(header.uncompressed_page_size);
    if (header.dictionary_page_header !== undefined) {
      const page = decompressPage(compressed, header.uncompressed_page_size, chunk.codec, compressors);
      const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
      sink.dictionary(readPlain({ view, offset: 0 }, chunk.type, header.dictionary_page_header.num_values, element.type_length));
      continue;
    }
    const size = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values;
    if (size === undefined) {
      if (header.type === "INDEX_PAGE") {
        continue;
      }
      throw new Error("A page is of no known type.");
    }
    if (size < 0 || size > rows - done) {
      throw new Error("A page has more rows than its row group.");
    }
    const encoding = (header.data_page_header ?? header.data_page_header_v2)?.encoding ?? "PLAIN";
    const isOptional = path.length === 2 && element.repetition_type === "OPTIONAL";
    let read: ReturnType<typeof readDataPage>;
    if (header.data_page_header === undefined) {
      const levels = checkLevels(header.data_page_header_v2, compressed.length);
      if (isOptional) {
        checkRuns(compressed, levels.repetition, 1, size);
      }
      read = readDataPageV2(compressed, header, decoder);
    } else {
      const page = decompressPage(compressed, header.uncompressed_page_size, chunk.codec, compressors);
      checkPageRuns(page, isOptional, encoding.endsWith("_DICTIONARY"), size);
      read = readDataPage(page, header.data_page_header, decoder);
    }
    const { definitionLevels, dataPage } = read;
    sink.page(
      size,
      definitionLevels === undefined || definitionLevels.length === 0 ? null : definitionLevels,
      dataPage,
      encoding.endsWith("_DICTIONARY"),
    );
    done += size;
  }
}

/** Where the lengths are missing, the library reads on at no place at all, without end. */
function checkLevels(header: PageHeader["data_page_header_v2"], length: number): { readonly repetition: number } {
  const repetition: number | undefined = header?.repetition_levels_byte_length;
  const definition: number | undefined = header?.definition_levels_byte_length;
  if (repetition === undefined || definition === undefined || !(repetition >= 0 && definition >= 0 && repetition + definition <= length)) {
    throw new Error("A page does not say how long its levels are.");
  }
  return { repetition };
}

/** Definition levels, which say what is missing, and indices of a dictionary. */
function checkPageRuns(page: Uint8Array, isOptional: boolean, isDictionary: boolean, size: number): void {
  let at = 0;
  if (isOptional && page.length >= 4) {
    checkRuns(page, 4, 1, size);
    at = 4 + new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(0, true);
  }
  if (isDictionary && at < page.length) {
    checkRuns(page, at + 1, page[at] ?? 0, size);
  }
}

function checkPage(header: PageHeader, compressed: Uint8Array): void {
  const { compressed_page_size: size, uncompressed_page_size: full, crc } = header;
  if (!(size >= 0 && full >= 0 && full <= LARGEST_PAGE) || compressed.length !== size) {
    throw new Error("A page does not fit into its file.");
  }
  // Written by few, but where it is there it tells damage that would pass for numbers.
  if (crc !== undefined && typeof crc32 === "function" && crc32(compressed) !== crc >>> 0) {
    throw new Error("The checksum of a page is wrong.");
  }
}
