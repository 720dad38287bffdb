import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { readTable } from "./readTable";
import { testFolder } from "./testFolder";

const folder = testFolder();
let files = 0;

function csv(text: string | Uint8Array, name = `table-${++files}.csv`): string {
  return folder.write(name, text);
}

/** A column of these fields, between two others that quotes keep apart. */
async function kindOf(fields: readonly string[], missing?: string[]) {
  const path = csv(`l,x,r\n${fields.map((field) => `a,${field},b\n`).join("")}`);
  const { kinds, values, table } = await readTable({ paths: [path], missing });
  return { kind: kinds["x"], values: values["x"], notes: table.notes };
}

describe("kinds of columns, as pandas gives them", () => {
  it.each<[string, string[], string, (number | string | null)[]]>([
    ["whole numbers", ["1", "-2", "+3", " 4 ", "-0"], "integer", [1, -2, 3, 4, 0]],
    ["whole numbers, one of which is missing", ["1", "", "3"], "float", [1, null, 3]],
    ["numbers in quotes", ['"1"', '"2"'], "integer", [1, 2]],
    ["fractions", ["1", "2.50", "1e3"], "float", [1, 2.5, 1000]],
    ["infinite numbers", ["1", "inf", "-Infinity"], "float", [1, Infinity, -Infinity]],
    ["nothing but missing values", ["", '""', ""], "float", [null, null, null]],
    ["true and false", ["True", "false", "TRUE"], "boolean", ["True", "False", "True"]],
    ["true and false, one of which is missing", ["False", "", "true"], "boolean", ["False", null, "True"]],
    ["true and 1", ["True", "1"], "text", ["True", "1"]],
    ["numbers and true", ["1", "True"], "text", ["1", "True"]],
    ["numbers and a text", ["007", "1.50", "x"], "text", ["007", "1.50", "x"]],
    ["a text and numbers", ["", "x", "007"], "text", [null, "x", "007"]],
    ["the word for no number", ["1", "nan"], "text", ["1", "nan"]],
    ["spaces", ["1", " "], "text", ["1", " "]],
    ["texts with quotes", ['"a ""b"""', '"c,d"', '"e\nf"', "'g'"], "text", ['a "b"', "c,d", "e\nf", "'g'"]],
    ["numbers that fit into no integer", ["1", "123456789012345678901234567890"], "text", ["1", "123456789012345678901234567890"]],
    ["dates", ["2024-05-01", "2024-05-02"], "text", ["2024-05-01", "2024-05-02"]],
  ])("%s", async (_, fields, kind, values) => {
    const read = await kindOf(fields);
    expect(read.kind).toBe(kind);
    expect(read.values).toEqual(values);
  });

  it("rounds whole numbers beyond a double's, and says so", async () => {
    const { kind, values, notes } = await kindOf(["1", "9007199254740993"]);
    expect(kind).toBe("float");
    expect(values).toEqual([1, 9007199254740992]);
    expect(notes).toEqual(["Column x has whole numbers beyond 9,007,199,254,740,991; they are rounded as floats."]);
  });

  it("takes for missing what is said, and nothing else", async () => {
    expect((await kindOf(["NA", "1", '"-999"'], ["NA", "-999"])).values).toEqual([null, 1, null]);
    expect((await kindOf(["NA", "x", ""], ["NA"])).values).toEqual([null, "x", null]);
    expect(await kindOf(["NA", "x"])).toMatchObject({ values: ["NA", "x"], notes: [] });
  });

  it("says what keeps a column from being numbers", async () => {
    expect((await kindOf(["1", "n/a", "?", "3"])).notes).toEqual([
      'Column x is text because "n/a", "?" stands among its numbers. If that means missing, say so under missing.',
    ]);
    const commas = csv("x;y\n1,5;a\n1.234,5;b\n");
    expect((await readTable(commas)).table.notes).toEqual(["Column x is text: its numbers are written with a decimal comma."]);
  });

  it("reads a column again whose numbers turn into text far down", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `${row},0${row % 10},${row % 2 === 0 ? "true" : "TRUE"},z`);
    const path = csv(`id,code,flag,same\n${rows.join("\n")}\nx,y,1,z\n`);
    const { kinds, values } = await readTable(path);
    expect(kinds).toEqual({ id: "text", code: "text", flag: "text", same: "text" });
    expect(values["code"]!.slice(0, 11)).toEqual(["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "00"]);
    expect(values["flag"]!.slice(-3)).toEqual(["true", "TRUE", "1"]);
    expect(values["id"]!.slice(-2)).toEqual(["19999", "x"]);
  });
});

describe("kinds that a user says", () => {
  const path = (): string => csv("i,f,t,b,s\n1,1.5,2024-05-01,1,7\n2.0,x,2024-05-01T12:00Z,0,\n2.5,,1714564800,true,b\n,3,never,maybe,7\n");

  it("are carried out, and values that do not fit are missing and counted", async () => {
    const { kinds, values, table } = await readTable({
      paths: [path()],
      kinds: { i: "integer", f: "float", t: "time", b: "boolean", s: "text" },
    });
    expect(kinds).toEqual({ i: "integer", f: "float", t: "time", b: "boolean", s: "text" });
    expect(values).toEqual({
      i: [1, 2, null, null],
      f: [1.5, null, null, 3],
      t: [Date.UTC(2024, 4, 1), Date.UTC(2024, 4, 1, 12), 1714564800000, null],
      b: ["True", "False", "True", null],
      s: ["7", null, "b", "7"],
    });
    expect(table.notes).toEqual([
      "Column i: 1 value is not a whole number and taken as missing.",
      "Column f: 1 value is not a number and taken as missing.",
      "Column t: 1 value is not a time and taken as missing.",
      "Column t: times without a time zone are taken as UTC.",
      "Column b: 1 value is neither true nor false and taken as missing.",
    ]);
  });

  it("make numbers text, as they are written", async () => {
    const { values } = await readTable({ paths: [csv("zip,n\n01067,1\n80331,2\n")], kinds: { zip: "text" } });
    expect(values["zip"]).toEqual(["01067", "80331"]);
  });
});

describe("lines and headings", () => {
  it.each([
    ["LF", "a,b\n1,x\n2,y\n"],
    ["CRLF", "a,b\r\n1,x\r\n2,y\r\n"],
    ["CR", "a,b\r1,x\r2,y\r"],
    ["no line end at the end", "a,b\n1,x\n2,y"],
    ["blank lines", "\n\na,b\n\n1,x\n   \n2,y\n\n\n"],
    ["a byte order mark", "\ufeffa,b\n1,x\n2,y\n"],
    ["semicolons", "a;b\n1;x\n2;y\n"],
    ["tabs", "a\tb\n1\tx\n2\ty\n"],
    ["bars", "a|b\n1|x\n2|y\n"],
    ["spaces around the names", " a , b\n1,x\n2,y\n"],
    ["separators at the ends of lines", "a,b\n1,x,\n2,y,\n"],
  ])("reads a table with %s", async (_, text) => {
    const { values, table } = await readTable(csv(text));
    expect(values).toEqual({ a: [1, 2], b: ["x", "y"] });
    expect(table.notes).toEqual([]);
    expect(table).toMatchObject({ rows: 2, matchingRows: 2, totalRows: 2, sample: null });
  });

  it("guesses the separator by the lines, not by the heading alone", async () => {
    expect((await readTable(csv('name;"a, b, c, d"\n1,5;2\n2,5;3\n'))).kinds).toEqual({ name: "text", "a, b, c, d": "integer" });
    expect((await readTable(csv('text\n"a, b"\n"c; d"\n'))).values).toEqual({ text: ["a, b", "c; d"] });
    expect((await readTable({ paths: [csv("a b,c\n1 2,3\n")], separator: " " })).values).toEqual({ a: [1], "b,c": ["2,3"] });
    expect((await readTable(csv("a,b\tc\n1,2\t3\n", "commas.tsv"))).values).toEqual({ "a,b": ["1,2"], c: [3] });
  });

  it("keeps lines with too few fields, leaves out those with too many, and says so", async () => {
    const { values, table } = await readTable(csv("a,b,c\n1,2,3\n4\n5,6,7,8\n9,10\n11,12,13,\n"));
    expect(values).toEqual({ a: [1, 4, 9, 11], b: [2, null, 10, 12], c: [3, null, null, 13] });
    expect(table.notes.map((note) => note.slice(note.indexOf(": ") + 2))).toEqual([
      "2 lines have fewer fields than the heading (the first is line 3); what lacks is taken as missing.",
      "1 line has more fields than the heading (the first is line 4); such lines are left out.",
    ]);
  });

  it("names columns as pandas does where names are lacking or doubled", async () => {
    const { kinds, table } = await readTable(csv("a,,a,b,a\n1,2,3,4,5\n"));
    expect(Object.keys(kinds)).toEqual(["a", "Unnamed: 1", "a.1", "b", "a.2"]);
    expect(table.notes).toHaveLength(2);
  });

  it("leaves out a column with neither name nor values", async () => {
    const { kinds, table } = await readTable(csv("a,b,\n1,2,\n3,4,\n"));
    expect(kinds).toEqual({ a: "integer", b: "integer" });
    expect(table.skipped).toEqual([{ name: "Unnamed: 2", reason: "It has neither a name nor values." }]);
  });

  it("takes a first field without a heading for the row's name, as R writes it", async () => {
    const { values, table } = await readTable(csv("a,b\nr1,1,2\nr2,3,4\n"));
    expect(values).toEqual({ "Unnamed: 0": ["r1", "r2"], a: [1, 3], b: [2, 4] });
    expect(table.notes[0]).toContain("the first is taken for a name of the row");
  });

  it("says that a heading looks like data", async () => {
    expect((await readTable(csv("1,2\n3,4\n"))).table.notes[0]).toContain("All names of columns are numbers");
  });

  it("reads a heading without rows", async () => {
    const { kinds, table } = await readTable(csv("a,b"));
    expect(kinds).toEqual({ a: "text", b: "text" });
    expect(table).toMatchObject({ rows: 0, totalRows: 0 });
  });

  it("keeps names that objects have of themselves", async () => {
    const { values } = await readTable(csv("constructor,toString\n1,2\n"));
    expect(values).toEqual({ constructor: [1], toString: [2] });
  });
});

describe("encodings", () => {
  const text = "name,größe\nMüller,1\nÅse ☃,2\n";
  const expected = { name: ["Müller", "Åse ☃"], größe: [1, 2] };

  it("finds out UTF-16 by its mark, and without one", async () => {
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [Buffer.concat([Buffer.from([0xff, 0xfe]), little]), Buffer.concat([Buffer.from([0xfe, 0xff]), big])]) {
      expect((await readTable(csv(bytes))).values).toEqual(expected);
    }
    expect((await readTable(csv(Buffer.from("a,b\nx,1\n", "utf16le")))).values).toEqual({ a: ["x"], b: [1] });
    expect((await readTable({ paths: [csv(little)], encoding: "utf-16le" })).values).toEqual(expected);
  });

  it("reads the encoding that is said", async () => {
    const latin = Buffer.from("name,größe\nMüller,1\n", "latin1");
    expect((await readTable({ paths: [csv(latin)], encoding: "latin1" })).values).toEqual({ name: ["Müller"], größe: [1] });
    const shiftJis = Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x83, 0x7c, 0x2c, 0x31, 0x0a]);
    expect((await readTable({ paths: [csv(shiftJis)], encoding: "shift_jis" })).values).toEqual({ a: ["ポ"], b: [1] });
  });

  it("says that bytes are no UTF-8", async () => {
    const { values, table } = await readTable(csv(Buffer.from("name,n\nMüller,1\n", "latin1")));
    expect(values["name"]).toEqual(["M\ufffdller"]);
    expect(table.notes).toEqual(["Texts of name hold bytes that do not fit the encoding; say the right one, such as windows-1252."]);
  });
});

describe("several files", () => {
  it("are one table, by the names of their columns", async () => {
    const first = csv("a,b\n1,x\n", "many/1.csv");
    const second = csv("c;a\n0,5;2\n", "many/2.csv");
    const { values, table } = await readTable({ paths: [second, first, first] });
    expect(table.files.map(({ path }) => path)).toEqual([first, second]);
    expect(values).toEqual({ a: [1, 2], b: ["x", null], c: [null, "0,5"] });
    expect(table.notes).toContain(`Column b is not in ${second}; its rows are missing there.`);
    expect(table.notes).toContain(`Column c is not in ${first}; its rows are missing there.`);
  });

  it("reads only the columns that are wanted, and hashes the whole content", async () => {
    const path = csv("a,b,c\n1,x,2\n3,y,4\n");
    const { values, table } = await readTable(path, { columns: ["c", "a"], hash: true });
    expect(values).toEqual({ a: [1, 3], c: [2, 4] });
    expect(table.files).toEqual([{ path, bytes: 18, sha256: createHash("sha256").update(readFileSync(path)).digest("hex") }]);
    expect((await readTable(path)).table.files[0]!.sha256).toBeNull();
  });
});
