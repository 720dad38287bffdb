import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readTable } from "./readTable";
import { testFolder } from "./testFolder";

const folder = testFolder();
let files = 0;

function jsonl(text: string): string {
  return folder.write(`records-${++files}.jsonl`, text);
}

describe("JSON lines", () => {
  it("give a column a key, of one kind or as text", async () => {
    const path = jsonl(
      [
        '{"i": 1, "f": 1, "s": "a", "b": true, "m": 1, "n": null, "e": "", "q": -0.0}',
        "",
        '{"i": 2.0, "f": 0.5, "s": "a", "b": false, "m": "x", "n": null, "e": "é", "q": 1}',
        '{"b": null, "m": true, "i": 3, "f": 2, "s": "b", "q": 2}\r\n',
      ].join("\n"),
    );
    const { kinds, values, table } = await readTable(path);
    expect(kinds).toEqual({ i: "integer", f: "float", s: "text", b: "boolean", m: "text", n: "float", e: "text", q: "integer" });
    expect(values).toEqual({
      i: [1, 2, 3],
      f: [1, 0.5, 2],
      s: ["a", "a", "b"],
      b: ["True", "False", null],
      m: ["1", "x", "True"],
      n: [null, null, null],
      e: [null, "é", null],
      q: [0, 1, 2],
    });
    expect(table).toMatchObject({ rows: 3, totalRows: 3, notes: [], skipped: [] });
  });

  it("may lack keys; a key that comes late is missing before", async () => {
    const { kinds, values } = await readTable(jsonl('{"a": 1}\n{"a": 2, "late": 5}\n{"late": 6}\n'));
    expect(kinds).toEqual({ a: "float", late: "float" });
    expect(values).toEqual({ a: [1, 2, null], late: [null, 5, 6] });
  });

  it("leave out keys whose values are nested, and count nested values among others", async () => {
    const { values, table } = await readTable(jsonl('{"a": [1], "b": {"c": 1}, "d": 1}\n{"a": null, "d": {}}\n{"d": 2}\n'));
    expect(values).toEqual({ d: [1, null, 2] });
    expect(table.skipped.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "a: It is nested: its values are objects or lists.",
      "b: It is nested: its values are objects or lists.",
    ]);
    expect(table.notes).toEqual(["Column d: 1 value is an object or a list and taken as missing."]);
  });

  it("take what is said of kinds, missing texts and columns", async () => {
    const path = jsonl('{"t": "2024-05-01", "n": "NA", "u": 1}\n{"t": 1714564800, "n": "5", "u": 2}\n');
    const { values } = await readTable({ paths: [path], kinds: { t: "time", n: "integer" }, missing: ["NA"] }, { columns: ["n", "t"] });
    expect(values).toEqual({ t: [Date.UTC(2024, 4, 1), 1714564800000], n: [null, 5] });
  });

  it("may have keys that objects have of themselves", async () => {
    const { values } = await readTable(jsonl('{"a": 1}\n{"__proto__": 2, "toString": 3}\n'));
    expect(Object.entries(values)).toContainEqual(["toString", [null, 3]]);
    expect(values["a"]).toEqual([1, null]);
  });

  it("read any records as JSON.parse does", async () => {
    const value = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
    const text = fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ x: value, s: text }), { minLength: 1, maxLength: 20 }), async (records) => {
        const { values } = await readTable(jsonl(records.map((record) => JSON.stringify(record)).join("\n")));
        expect(values["x"]!.map((x) => (x === 0 ? 0 : x))).toEqual(records.map(({ x }) => (x === 0 ? 0 : x)));
        expect(values["s"]).toEqual(records.map(({ s }) => s));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['{"a": 1}\n\n{"a": 2\n', /line 3 is no JSON/],
    ['{"a": 1}\n[1]\n', /line 2 holds no object/],
    ['{"a": 1}\n{"a"', /line 2 is no JSON/],
    ["null\n", /line 1 holds no object/],
  ])("say which line is damaged in %j", async (text, message) => {
    await expect(readTable(jsonl(text))).rejects.toThrow(message);
  });
});
