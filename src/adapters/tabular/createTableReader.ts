import { AppError } from "../../core/base/appError";
import type { TableReader, TableSource } from "../../core/tabular/tableReader";
import { fileError } from "./fileProblem";
import { locateFiles, type LocatedFile } from "./locateFiles";
import { openDelimited } from "./openDelimited";
import { openJsonLines } from "./openJsonLines";
import { openParquet } from "./openParquet";
import { isPacked, unpackedName } from "./textChunks";

type Format = NonNullable<TableSource["format"]>;

const FORMATS: Readonly<Record<string, Format>> = {
  csv: "csv",
  tsv: "csv",
  txt: "csv",
  parquet: "parquet",
  pq: "parquet",
  jsonl: "jsonl",
  ndjson: "jsonl",
};

/** Reads CSV, Parquet and JSON lines from disk. */
export function createTableReader(): TableReader {
  return {
    open: async (source, options, signal) => {
      const files = await locateFiles(source.paths, signal);
      switch (source.format ?? formatOf(files)) {
        case "csv":
          return openDelimited(files, source, options, signal);
        case "parquet":
          return openParquet(files, source, options, signal);
        case "jsonl":
          return openJsonLines(files, source, options, signal);
      }
    },
  };
}

function formatOf(files: readonly LocatedFile[]): Format {
  const formats = new Set(files.map(({ path }) => formatOfName(path)));
  if (formats.size > 1) {
    throw new AppError("usage", "The files of a table must be of one format, and these are not.", { remedy: "Narrow the pattern." });
  }
  return [...formats][0] ?? "csv";
}

function formatOfName(path: string): Format {
  const ending = /\.([^.\\/]+)$/.exec(unpackedName(path))?.[1]?.toLowerCase() ?? "";
  const format = FORMATS[ending];
  if (format === undefined || (format === "parquet" && isPacked(path))) {
    throw fileError(
      path,
      "its ending tells no format",
      "Say the format (csv, parquet or jsonl), or name it .csv, .tsv, .parquet or .jsonl; text files may be packed as .gz.",
    );
  }
  return format;
}
