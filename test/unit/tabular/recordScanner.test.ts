import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";

import { unquotedBytes } from "../../../src/core/tabular/fieldBlock";
import { RecordScanner } from "../../../src/core/tabular/recordScanner";

/** Reads a text in pieces, as from a file, and gives all rows. */
function scan(
  text: string,
  width: number,
  { separator = ",", piece = Infinity, rows = 4096 } = {},
): { rows: string[][]; scanner: RecordScanner; rest: number } {
  const all = new TextEncoder().encode(text);
  const scanner = new RecordScanner(separator.charCodeAt(0), width, rows);
  const found: string[][] = [];
  let rest = new Uint8Array(0);
  for (let from = 0; from <= all.length; from += piece) {
    const isLast = from + piece >= all.length;
    const bytes = new Uint8Array([...rest, ...all.subarray(from, from + piece)]);
    let at = 0;
    for (;;) {
      const next = scanner.scan(bytes, at, bytes.length, isLast);
      for (let row = 0; row < scanner.rows; row++) {
        const index = row * width;
        found.push(
          Array.from({ length: width }, (_, field) =>
            new TextDecoder().decode(unquotedBytes(bytes, scanner.starts[index + field]!, scanner.ends[index + field]!)),
          ),
        );
      }
      if (scanner.rows === 0 && next === at) {
        break;
      }
      at = next;
    }
    rest = bytes.slice(at);
    if (isLast) {
      break;
    }
  }
  return { rows: found, scanner, rest: rest.length };
}

const fields = fc.string({ unit: fc.constantFrom("a", "ü", "1", '"', ",", ";", "\n", "\r", " ", "☃"), maxLength: 6 });

describe("RecordScanner", () => {
  it("reads what PapaParse writes, whatever the pieces it comes in", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 4 })
          .chain((width) => fc.array(fc.array(fields, { minLength: width, maxLength: width }), { maxLength: 8 })),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 3 }),
        (rows, newline, separator, quotes, piece, block) => {
          const width = rows[0]?.length ?? 2;
          const text = Papa.unparse(rows, { newline, delimiter: separator, quotes });
          expect(scan(text, width, { separator, piece, rows: block }).rows).toEqual(rows);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("agrees with PapaParse on texts without quotes, ragged lines and blank lines included", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "1", ",", "\n", "ü"), maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (text, piece) => {
          const width = 3;
          const parsed = Papa.parse<string[]>(text, { delimiter: ",", newline: "\n", skipEmptyLines: true }).data;
          const kept = parsed.filter((row) => row.slice(width).every((field) => field === ""));
          const { rows, scanner } = scan(text, width, { piece });
          expect(rows).toEqual(kept.map((row) => [...row, "", "", ""].slice(0, width)));
          expect(scanner.short.count).toBe(parsed.filter((row) => row.length < width).length);
          expect(scanner.long.count).toBe(parsed.length - kept.length);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("takes a quote within a field, and what follows a closing quote, as pandas does", () => {
    expect(scan('a"b,"c"d "e\n', 2).rows).toEqual([['a"b', 'cd "e']]);
  });

  it("counts lines, also those within quotes, and says where the first odd line is", () => {
    const { scanner } = scan('a,b\n"x\ny\r\nz",1\n\n2\n3,4,5\n6,7,\n', 2);
    expect(scanner.short).toEqual({ count: 1, line: 6 });
    expect(scanner.long).toEqual({ count: 1, line: 7 });
    expect(scanner.line).toBe(9);
  });

  it("counts the same lines in whatever pieces they come", () => {
    const text = 'a,b\r\n"x\r\ny",1\r\n2,3\r4,5\n\r\n6\r\n';
    const whole = scan(text, 2).scanner;
    for (let piece = 1; piece < text.length; piece++) {
      const { line, short } = scan(text, 2, { piece }).scanner;
      expect({ line, short }).toEqual({ line: whole.line, short: { count: 1, line: 7 } });
    }
  });

  it("leaves a quote that is never closed", () => {
    const { rows, rest } = scan('a,b\n1,"2\n3,4\n', 2);
    expect(rows).toEqual([["a", "b"]]);
    expect(rest).toBe('1,"2\n3,4\n'.length);
  });
});
