import { mkdtempSync, rmSync, truncateSync, copyFileSync, writeFileSync, readFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { CancelSignal } from "../../../src/core/base/cancel";
import { openAtOnce, openPatiently } from "../../../src/adapters/node/openedFile";
import { readColumnNames as readNames } from "../../../src/adapters/tabular/readColumnNames";

const never = new AbortController().signal;
const PARQUET = join(import.meta.dirname, "../../fixtures/tabular/nested.parquet");
let folder: string;

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "columns-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ["in the background", openPatiently],
  ["at once", openAtOnce],
])("readColumnNames %s", (_, openFile) => {
  const readColumnNames = (path: string, signal: CancelSignal): ReturnType<typeof readNames> => readNames(path, signal, {}, openFile);
  it.each([
    ["plain.csv", "id,email,age\n1,a@b.c,3\n", ["id", "email", "age"]],
    ["semicolon.csv", "id;e-mail;name, first\n", ["id", "e-mail", "name, first"]],
    ["tab.tsv", "id\temail\r\n", ["id", "email"]],
    ["quoted.csv", '"a ""b""","two\nlines", c \n1,2,3', ['a "b"', "two\nlines", "c"]],
    ["bom.csv", "\ufeffid,email\n", ["id", "email"]],
    ["empty.csv", "", []],
    ["records.jsonl", '\n{"id": 1, "email": "a"}\n{"x": 1}\n', ["id", "email"]],
  ])("reads the heading of %s", async (name, content, expected) => {
    expect(await readColumnNames(file(name, content), never)).toEqual(expected);
  });

  it("reads a heading of many columns, also with line ends in its names", async () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `column ${index}${index === 3 ? "\nof two lines" : ""}`);
    expect(await readColumnNames(file("wide.csv", `${names.map((name) => `"${name}"`).join(",")}\n1,2\n`), never)).toEqual(names);
    expect(await readColumnNames(file("long.csv", `a,b\n${"x".repeat(100_000)}\n`), never)).toEqual(["a", "b"]);
  });

  it("says that records are no JSON", async () => {
    await expect(readColumnNames(file("bad.jsonl", "{a: 1}\n"), never)).rejects.toThrow("The first record is no JSON.");
  });

  it("reads UTF-16", async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("id,größe\n", "utf16le")]);
    expect(await readColumnNames(file("utf16.csv", bytes), never)).toEqual(["id", "größe"]);
  });

  it("reads the columns of Parquet, nested ones by their first part", async () => {
    expect(await readColumnNames(PARQUET, never)).toEqual(["id", "email", "address", "tags", "born"]);
  });

  it("says that a Parquet file is cut", async () => {
    const cut = join(folder, "cut.parquet");
    copyFileSync(PARQUET, cut);
    truncateSync(cut, readFileSync(PARQUET).length - 20);
    await expect(readColumnNames(cut, never)).rejects.toThrow(/parquet/i);
    await expect(readColumnNames(file("short.parquet", "PAR1"), never)).rejects.toThrow(/too short/);
  });

  it("refuses a footer that claims more than there can be", async () => {
    const huge = new Uint8Array(64);
    huge.set([0xff, 0xff, 0xff, 0x7f], 56);
    huge.set(new TextEncoder().encode("PAR1"), 60);
    await expect(readColumnNames(file("huge.parquet", huge), never)).rejects.toThrow(/parquet/i);
  });

  it("knows no columns of other files, and fails for a file or folder that cannot be read", async () => {
    expect(await readColumnNames(file("picture.png", "x"), never)).toBeNull();
    await expect(readColumnNames(join(folder, "gone.csv"), never)).rejects.toThrow(/ENOENT/);
    mkdirSync(join(folder, "folder.csv"), { recursive: true });
    await expect(readColumnNames(join(folder, "folder.csv"), never)).rejects.toThrow(/EISDIR/);
  });
});
