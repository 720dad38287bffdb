import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterAll, describe, expect, it } from "vitest";

import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { findDateColumns } from "../../../src/adapters/tabular/findDateColumns";
import { readColumnNames } from "../../../src/adapters/tabular/readColumnNames";
import type { Column } from "../../../src/core/tabular/column";
import type { Table } from "../../../src/core/tabular/tableReader";

const folder = mkdtempSync(join(tmpdir(), "mlops-packed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signal = new AbortController().signal;
const ROWS = 60_000;
const csv = `day,age,name\n${Array.from({ length: ROWS }, (_, i) => `2026-11-0${String((i % 9) + 1)},${String(i % 90)},"n, ${String(i * 7919)}"`).join("\n")}\n`;

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const open = (path: string, on = signal): Promise<Table> =>
  createTableReader().open({ paths: [path] }, { maxRows: 1e6, sampleRows: 1e6, seed: 1, columns: null, hash: true }, on);
async function columnsOf(path: string): Promise<readonly Column[]> {
  const table = await open(path);
  return Promise.all(table.columns.map(({ name }) => table.column(name, signal)));
}

describe("a packed text file", () => {
  it("holds the same columns as the file that was packed, and is known by its own hash", async () => {
    const packed = write("live.csv.gz", gzipSync(csv));
    expect(await columnsOf(packed)).toEqual(await columnsOf(write("live.csv", csv)));
    const [file] = (await open(packed)).files;
    expect(file?.sha256).toBe(createHash("sha256").update(readFileSync(packed)).digest("hex"));
  });

  it("may be packed in several parts, as logs are that grow", async () => {
    const half = csv.indexOf("\n", csv.length / 2) + 1;
    const path = write("grown.csv.gz", Buffer.concat([gzipSync(csv.slice(0, half)), gzipSync(csv.slice(half))]));
    expect((await open(path)).rows).toBe(ROWS);
  });

  it("can be JSON lines and TSV as well, and tells its names and dates from its head", async () => {
    const lines = Array.from({ length: 500 }, (_, i) =>
      JSON.stringify({ at: `2026-11-01T10:${String(i % 60).padStart(2, "0")}:00Z`, n: i }),
    ).join("\n");
    const json = write("live.jsonl.gz", gzipSync(lines));
    expect((await open(json)).rows).toBe(500);
    expect(await readColumnNames(json, signal)).toEqual(["at", "n"]);
    expect(await findDateColumns(json, signal)).toEqual(["at"]);
    const tsv = write("live.tsv.gz", gzipSync("a\tb\n1\t2\n"));
    expect((await open(tsv)).columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(await readColumnNames(tsv, signal)).toEqual(["a", "b"]);
    expect(await findDateColumns(write("many.csv.gz", gzipSync(csv)), signal)).toEqual(["day"]);
  });

  it.each([
    ["cut off", gzipSync(csv).subarray(0, 4000)],
    ["no packed file at all", Buffer.from(csv.slice(0, 5000))],
  ])("that is %s is refused with a sentence", async (what, content) => {
    const path = write(`${what.replaceAll(" ", "-")}.csv.gz`, content);
    await expect(open(path)).rejects.toThrow(/cannot be read: its packing is damaged, or it is cut off\./);
    expect(await findDateColumns(path, signal)).toEqual(what === "cut off" ? ["day"] : []);
  });

  it("that is empty has no heading, and a packed Parquet file is no format", async () => {
    await expect(open(write("empty.csv.gz", gzipSync("")))).rejects.toThrow(/no line with names/);
    await expect(open(write("x.parquet.gz", gzipSync("x")))).rejects.toThrow(/ending tells no format/);
    expect(await readColumnNames(join(folder, "x.parquet.gz"), signal)).toBeNull();
  });

  it("stops when it is cancelled", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(open(join(folder, "live.csv.gz"), stop.signal)).rejects.toThrow();
  });
});
