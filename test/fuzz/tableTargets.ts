import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { DvcHashes } from "../../src/adapters/node/dvcHashes";
import { HashMemory } from "../../src/adapters/node/hashMemory";
import { createTableReader } from "../../src/adapters/tabular/createTableReader";
import { findDateColumns } from "../../src/adapters/tabular/findDateColumns";
import { readColumnNames } from "../../src/adapters/tabular/readColumnNames";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { isNumberColumn } from "../../src/core/tabular/column";
import { fixtures, type FuzzTarget, type OpenTarget, texts } from "./fuzzTarget";

const OPTIONS = { maxRows: 1000, sampleRows: 500, seed: 1, columns: null };
const CSV = texts(
  'id,age,"city, or not",day\n1,34,Berlin,2026-11-01\n2,,"Par""is",2026-11-02\n3,-1.5e3,\u00e4\u00f6,\n',
  "a;b;c\r\n1;2,5;x\r\n2;3,5;y\r\n",
  "a\tb\n1\ttrue\n2\tfalse\n",
  "flag,t\nTrue,2026-11-01T10:00:00Z\nFalse,2026-11-01 11:00:00+01:00\n",
);
const LINES = texts(
  '{"a": 1, "b": "x", "t": "2026-11-01T00:00:00Z"}\n{"a": 2.5, "b": null}\n',
  '{"a": true}\n{"a": false, "c": {"d": [1]}}\n\n',
);

/** Tables that somebody keeps, in every form that is read. */
export const tableTargets: readonly FuzzTarget[] = [
  { name: "csv", kind: "text", seeds: CSV, share: 25, open: () => table("t.csv") },
  { name: "csv-packed", kind: "bytes", seeds: () => CSV().map((one) => gzipSync(one)), share: 20, open: () => table("t.csv.gz") },
  { name: "json-lines", kind: "text", seeds: LINES, share: 25, open: () => table("t.jsonl") },
  {
    name: "parquet",
    kind: "bytes",
    seeds: fixtures(
      ...[
        "types",
        "required",
        "pages-v2",
        "other-types",
        "no-statistics",
        "no-rows",
        "nested",
        "int96",
        "index",
        "encodings",
        "checksum",
      ].map((name) => `tabular/${name}.parquet`),
      ...["zstd", "snappy", "none", "lz4", "gzip", "brotli"].map((name) => `tabular/codec-${name}.parquet`),
    ),
    share: 25,
    open: () => table("t.parquet"),
  },
  {
    name: "dvc-file",
    kind: "text",
    seeds: texts("outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 3\n  hash: md5\n  path: a.csv\n"),
    share: 40,
    open: () => inFile("a.csv.dvc", dvc),
  },
  {
    name: "hash-memory",
    kind: "json",
    seeds: texts('[["/a", {"state": "1 2 3", "sha256": "aa", "md5": null}]]'),
    share: 40,
    open: () => inFile("hashes.json", memory),
  },
];

/** A file with the input, which is read in every way that there is. */
function table(name: string): Promise<OpenTarget> {
  return inFile(name, async (path) => {
    await findDateColumns(path, NEVER_CANCELLED);
    const [names, read] = await Promise.allSettled([readColumnNames(path, NEVER_CANCELLED), readAll(path)]);
    for (const one of [names, read]) {
      if (one.status === "rejected") {
        throw one.reason;
      }
    }
  });
}

async function readAll(path: string): Promise<void> {
  const opened = await createTableReader().open({ paths: [path] }, OPTIONS, NEVER_CANCELLED);
  try {
    for (const { name } of opened.columns) {
      const column = await opened.column(name, NEVER_CANCELLED);
      const { length } = isNumberColumn(column) ? column.values : column.codes;
      if (length !== opened.rows) {
        throw new TypeError(`A column has ${length} rows, and the table ${opened.rows}.`);
      }
    }
  } finally {
    opened.dispose();
  }
}

async function dvc(path: string): Promise<void> {
  const hashes = new DvcHashes();
  await hashes.md5Of(path.replace(/\.dvc$/, ""), 3);
  await hashes.listingMd5Of(path.replace(/\.dvc$/, ""));
}

async function memory(path: string): Promise<void> {
  const hashes = new HashMemory(path);
  await hashes.load();
  hashes.get("/a", "1 2 3");
  hashes.set("/b", "1", { sha256: "b", md5: null });
  await hashes.save();
}

async function inFile(name: string, read: (path: string) => Promise<void>): Promise<OpenTarget> {
  const folder = await mkdtemp(join(tmpdir(), "mlops-fuzz-"));
  const path = join(folder, name);
  return {
    run: async (input) => {
      await writeFile(path, input);
      await read(path);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
