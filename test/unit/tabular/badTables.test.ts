import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { fileProblem } from "../../../src/adapters/tabular/fileProblem";
import { isAppError, toUserText } from "../../../src/core/base/appError";
import type { TableSource } from "../../../src/core/tabular/tableReader";
import { readTable } from "./readTable";
import { testFolder } from "./testFolder";

const folder = testFolder();
const FIXTURES = join(import.meta.dirname, "../../fixtures/tabular");
const CODEC = readFileSync(join(FIXTURES, "codec-none.parquet"));

/** What a person is told, with the folder's name left out. */
async function problem(source: TableSource | string): Promise<string> {
  const error = await readTable(source).then(
    () => new Error("It was read."),
    (reason: unknown) => reason,
  );
  expect(error).toSatisfy((value) => isAppError(value), toUserText(error));
  return toUserText(error).replaceAll(folder.path, "").replaceAll("\\", "/");
}

describe("files that cannot be read", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["empty.csv", "", "/empty.csv cannot be read: it is empty. Check what should have written it."],
    ["blank.csv", "\n \n", "/blank.csv cannot be read: it holds no line with names of columns. Check what should have written it."],
    [
      "table.xlsx",
      "x",
      "/table.xlsx cannot be read: its ending tells no format. Say the format (csv, parquet or jsonl), or name it .csv, .tsv, .parquet or .jsonl; text files may be packed as .gz.",
    ],
    [
      "noending",
      "x",
      "/noending cannot be read: its ending tells no format. Say the format (csv, parquet or jsonl), or name it .csv, .tsv, .parquet or .jsonl; text files may be packed as .gz.",
    ],
    [
      "parquet.csv",
      CODEC,
      "/parquet.csv cannot be read: it is a Parquet file and not text. Say format: parquet, or let its name end in .parquet.",
    ],
    ["packed.csv", Uint8Array.of(0x1f, 0x8b, 8, 0, 0), "/packed.csv cannot be read: it is compressed. Unpack it first."],
    [
      "image.csv",
      Uint8Array.from({ length: 600 }, (_, index) => (index * 7) % 11),
      "/image.csv cannot be read: it holds bytes that no text has. Check that it is a text file, and say its encoding if it is one.",
    ],
    [
      "open.csv",
      'a,b\n1,2\n3,"4\n5,6\n',
      "/open.csv cannot be read: line 3 opens a quote that is never closed. Close it, or write it twice where it belongs to the text.",
    ],
    ["text.parquet", "a,b\n1,2\n3,4\n", "/text.parquet cannot be read: it is no Parquet file. Check its format."],
    [
      "short.parquet",
      "PAR1PAR1",
      "/short.parquet cannot be read: it is too short to be a Parquet file. Write it again, or copy it again from where it is whole.",
    ],
    [
      "cut.parquet",
      CODEC.subarray(0, 900),
      "/cut.parquet cannot be read: its end is missing. Write it again, or copy it again from where it is whole.",
    ],
    [
      "footer.parquet",
      Buffer.concat([CODEC.subarray(0, -8), Buffer.from([0xff, 0xff, 0xff, 0x7f]), CODEC.subarray(-4)]),
      "/footer.parquet cannot be read: its footer is damaged. Write it again, or copy it again from where it is whole.",
    ],
    ["broken.jsonl", '{"a": 1}\nb\n', "/broken.jsonl cannot be read: line 2 is no JSON. Check the line: each must hold one whole object."],
  ])("%s", async (name, content, expected) => {
    expect(await problem(folder.write(name, content))).toBe(expected);
  });

  it("are missing, or folders, or match no pattern", async () => {
    mkdirSync(join(folder.path, "empty"));
    expect(await problem(join(folder.path, "none.csv"))).toBe("/none.csv cannot be read: there is no such file. Check the path.");
    expect(await problem(join(folder.path, "empty"))).toBe(
      "/empty cannot be read: it is a folder. Name a file, or all files of the folder with a pattern such as *.csv.",
    );
    expect(await problem(join(folder.path, "empty", "*.csv"))).toBe("No file matches /empty/*.csv. Check the folder and the pattern.");
    expect(await problem({ paths: [] })).toBe("No file is named. Name a CSV, Parquet or JSON lines file.");
    expect(await problem("relative.csv")).toBe("The path of a table must be absolute, and relative.csv is not.");
  });

  it.each([
    ["EACCES", "x.csv cannot be read: you have no permission to read it. Ask its owner for the right to read it."],
    ["EPERM", "x.csv cannot be read: you have no permission to read it. Ask its owner for the right to read it."],
    ["EIO", "x.csv cannot be read: the disk does not answer. Check the disk or the network, and try again."],
    ["ENOLCK", "x.csv cannot be read: no locks available."],
  ])("because the system says %s", (code, expected) => {
    expect(toUserText(fileProblem("x.csv", Object.assign(new Error("no locks available"), { code })))).toBe(expected);
  });

  it("are of two formats, or said to be of an odd one", async () => {
    const path = folder.write("good.csv", "a,b\n1,2\n");
    expect(await problem({ paths: [path, folder.write("good.jsonl", "{}\n")] })).toBe(
      "The files of a table must be of one format, and these are not. Narrow the pattern.",
    );
    expect(await problem({ paths: [path], encoding: "utf-9" })).toBe(
      '/good.csv cannot be read: nobody knows the encoding "utf-9". Say one such as utf-8, utf-16le or windows-1252.',
    );
    expect(await problem({ paths: [path], separator: "ab" })).toBe(
      '/good.csv cannot be read: "ab" can separate no fields. Name one character, such as ; or a tab.',
    );
    expect((await readTable({ paths: [folder.write("good.data", "a,b\n1,2\n")], format: "csv" })).values).toEqual({ a: [1], b: [2] });
  });
});

describe("columns that are not there", () => {
  const signal = new AbortController().signal;

  it("are told with what was meant", async () => {
    const path = folder.write("columns.csv", "income,age\n1,2\n");
    const { table } = await readTable(path);
    await expect(table.column("incom", signal).catch((error: unknown) => Promise.reject(new Error(toUserText(error))))).rejects.toThrow(
      `${path} has no column incom. Did you mean income?`,
    );
    await expect(table.column("zzzzzz", signal).catch((error: unknown) => Promise.reject(new Error(toUserText(error))))).rejects.toThrow(
      `${path} has no column zzzzzz. Its columns: income, age.`,
    );
    expect(await problem({ paths: [path], window: { column: "Agee", from: 0, to: null } })).toBe(
      "/columns.csv has no column Agee. Did you mean age?",
    );
    expect(await problem({ paths: [join(FIXTURES, "codec-none.parquet")], where: { column: "nn", equals: "1" } })).toContain(
      "Did you mean n?",
    );
    expect(await problem({ paths: [join(FIXTURES, "types.parquet")], where: { column: "list", equals: "1" } })).toBe(
      "The column list cannot be read: It is nested: a list, a map or a structure.",
    );
    expect(await problem({ paths: [folder.write("columns.jsonl", '{"a": 1}\n')], where: { column: "b", equals: "1" } })).toContain(
      "has no column b.",
    );
  });
});

describe("columns that are not wanted", () => {
  const signal = new AbortController().signal;

  it.each([folder.write("wanted.csv", "age,income\n1,2\n"), folder.write("wanted.jsonl", '{"age": 1, "income": 2}\n')])(
    "are told from those that are not there",
    async (path) => {
      const { table } = await readTable(path, { columns: ["incom", "age"] });
      expect(table.columns).toEqual([{ name: "age", kind: "integer" }]);
      const told = (name: string): Promise<string> => table.column(name, signal).then(() => "It was read.", toUserText);
      expect(await told("incom")).toBe(`${path} has no column incom. Did you mean income?`);
      expect(await told("income")).toBe(
        "The column income was not read. Open the table again, with this column among those that are wanted.",
      );
    },
  );

  it("may be corrected by a slip of the pen, which is told", async () => {
    const kinds = { Ages: "text", zzz: "float" } as const;
    const notes = [
      "The kind of column Ages is said, and there is no such column. Did you mean age?",
      "The kind of column zzz is said, and there is no such column.",
    ];
    expect((await readTable({ paths: [join(folder.path, "wanted.csv")], kinds })).table.notes).toEqual(notes);
    expect((await readTable({ paths: [join(folder.path, "wanted.jsonl")], kinds })).table.notes).toEqual(notes);
    expect((await readTable({ paths: [join(FIXTURES, "index.parquet")], kinds: { b: "text" } })).table.notes).toHaveLength(1);
  });
});

describe("damaged Parquet", () => {
  it("is told by the checksum of a page", async () => {
    const bytes = Buffer.from(readFileSync(join(FIXTURES, "checksum.parquet")));
    const at = bytes.indexOf(Buffer.from(new Float64Array([0.37 * 4]).buffer));
    expect(at).toBeGreaterThan(0);
    bytes[at] = bytes[at]! ^ 1;
    expect(await problem(folder.write("flipped.parquet", bytes))).toBe(
      "/flipped.parquet cannot be read: the data of its column n are damaged. Write it again, or copy it again from where it is whole.",
    );
  });

  it("is told or read, but never breaks the reader", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ...["snappy", "gzip", "zstd", "lz4", "brotli", "none"].map((codec) => `codec-${codec}.parquet`),
          "encodings.parquet",
          "pages-v2.parquet",
        ),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (name, changes) => {
          const bytes = Buffer.from(readFileSync(join(FIXTURES, name)));
          for (const [place, value] of changes) {
            bytes[Math.floor(place * bytes.length)] = value;
          }
          await readTable(folder.write("changed.parquet", bytes)).catch((error: unknown) =>
            expect(error).toSatisfy((value) => isAppError(value)),
          );
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("patterns", () => {
  it("find files in many folders, sorted, each once, but none whose name begins with a point", async () => {
    for (const name of [
      "2026-02/part-1",
      "2026-01/part-2",
      "2026-01/part-1",
      "2026-01/other",
      "2025-12/part-1",
      "2026-01/.part-1",
      "2026-01/deep/part-3",
    ]) {
      folder.write(`data/${name}.csv`, `a\n${name}\n`);
    }
    const values = async (...patterns: string[]): Promise<unknown> =>
      (await readTable({ paths: patterns.map((pattern) => join(folder.path, "data", pattern)) })).values["a"];
    expect(await values("2026-*/part-*.csv")).toEqual(["2026-01/part-1", "2026-01/part-2", "2026-02/part-1"]);
    expect(await values("**/part-{1,3}.csv", "2025-12/*.csv")).toEqual([
      "2025-12/part-1",
      "2026-01/deep/part-3",
      "2026-01/part-1",
      "2026-02/part-1",
    ]);
    expect(await values("2026-0[2-9]/*.csv")).toEqual(["2026-02/part-1"]);
  });

  it("are no patterns where a file has that name", async () => {
    const path = folder.write("a[1].csv", "a\n1\n");
    expect((await readTable(path)).values).toEqual({ a: [1] });
  });
});

describe("cancelling", () => {
  const options = { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 7, columns: null };
  const rows = Array.from({ length: 300_000 }, (_, row) => `${row},text ${row % 17}`);

  it.each([
    ["csv", `a,b\n${rows.join("\n")}\n`],
    ["jsonl", rows.map((row) => JSON.stringify({ a: row })).join("\n")],
  ])("stops reading %s soon after", async (ending, text) => {
    const path = folder.write(`long.${ending}`, text);
    const controller = new AbortController();
    let done = 0;
    const opening = createTableReader().open(
      { paths: [path] },
      {
        ...options,
        onProgress: (bytes) => {
          done = bytes;
          controller.abort();
        },
      },
      controller.signal,
    );
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
    expect(done).toBeLessThan(text.length / 2);
  });

  it("stops reading Parquet", async () => {
    const controller = new AbortController();
    const table = await createTableReader().open({ paths: [join(FIXTURES, "types.parquet")] }, options, controller.signal);
    controller.abort();
    await expect(table.column("int8", controller.signal)).rejects.toMatchObject({ name: "AbortError" });
    await expect(createTableReader().open({ paths: [join(FIXTURES, "types.parquet")] }, options, controller.signal)).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
