import { describe, expect, it } from "vitest";

import { parseMetaYaml } from "../../../src/adapters/mlflowFile/metaYaml";

const value = (scalar: string): unknown => parseMetaYaml(`key: ${scalar}\n`).get("key");

describe("parseMetaYaml", () => {
  it("keeps every scalar as text, whatever YAML 1.1 or 1.2 would make of it", () => {
    for (const text of [
      "1234e567",
      "0o17",
      "1e3",
      "012",
      "0x1f",
      ".inf",
      "yes",
      "true",
      "2024-01-01",
      "123456789012345678",
      "-5",
      "1_000",
    ]) {
      expect(value(text)).toBe(text);
      expect(parseMetaYaml(`nested:\n  key: ${text}\n`).get("nested")).toEqual(new Map([["key", text]]));
    }
  });

  it("tells null from the text null, in plain lines and in nested ones", () => {
    const flat = parseMetaYaml("a: null\nb: 'null'\nc: ~\nd:\ne: ''\nf: \"null\"\n");
    const nested = parseMetaYaml("a: null\nb: 'null'\nc: ~\nd:\ne: ''\nf: \"null\"\ng: {}\n");
    for (const meta of [flat, nested]) {
      expect(["a", "b", "c", "d", "e", "f"].map((key) => meta.get(key))).toEqual([null, "null", null, null, "", "null"]);
    }
  });

  it("reads quoted texts with quotes, escapes, colons and line breaks", () => {
    expect(value("'it''s: a # b'")).toBe("it's: a # b");
    expect(value('"W\\xF6rld \\U0001F680 \\"q\\""')).toBe('Wörld 🚀 "q"');
    expect(value("'Predicts **churn**.\n\n\n  Second line.'")).toBe("Predicts **churn**.\n\nSecond line.");
    expect(value("a long text that PyYAML\n  has folded")).toBe("a long text that PyYAML has folded");
    expect(value("|-\n  one\n  two")).toBe("one\ntwo");
  });

  it("leaves comments out and keeps what only looks like one", () => {
    expect(value("a # comment")).toBe("a");
    expect(value("a#b")).toBe("a#b");
    expect(value("http://h:5000/x")).toBe("http://h:5000/x");
  });

  it("reads maps and lists", () => {
    const meta = parseMetaYaml("aliases:\n  champion: '1'\n  __proto__: '2'\nlist:\n- a\n- b\nempty: []\nnone: {}\n");
    expect(meta.get("aliases")).toEqual(
      new Map([
        ["champion", "1"],
        ["__proto__", "2"],
      ]),
    );
    expect(meta.get("list")).toEqual(["a", "b"]);
    expect(meta.get("empty")).toEqual([]);
    expect(meta.get("none")).toEqual(new Map());
  });

  it("reads Windows line ends and a last line without one", () => {
    expect(parseMetaYaml("a: 1\r\nb: 'x'\r\nc: 2")).toEqual(
      new Map([
        ["a", "1"],
        ["b", "x"],
        ["c", "2"],
      ]),
    );
  });

  it("does not touch prototypes", () => {
    const meta = parseMetaYaml("__proto__: polluted\nconstructor: x\n");
    expect(meta.get("__proto__")).toBe("polluted");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("ends on aliases that would grow without end", () => {
    const lines = ["a: &a [x,x,x,x,x,x,x,x,x]"];
    for (let i = 1; i < 12; i++) {
      const [from, to] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)];
      lines.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(",")}]`);
    }
    expect(parseMetaYaml(lines.join("\n")).size).toBe(12);
  });

  it.each([
    ["", "it is empty"],
    ["# only a comment\n", "it is empty"],
    ["just text", "it does not hold keys and values"],
    ["- a\n- b\n", "it does not hold keys and values"],
    ["a: [1, 2", "it is not valid YAML"],
    ["a: 'unclosed\n", "it is not valid YAML"],
    ["\u0000\u0001\u0002", "it "],
  ])("gives a reason for %j", (text, reason) => {
    expect(() => parseMetaYaml(text)).toThrow(reason);
  });
});
