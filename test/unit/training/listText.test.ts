import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { hydraValue } from "../../../src/adapters/dvc/hydraValue";
import { listText, pythonListText } from "../../../src/core/training/listText";
import { planParams } from "../../../src/core/training/planParams";
import { guessField } from "../../../src/core/training/paramSources/guessField";

describe("lists as text", () => {
  it("are JSON without spaces, whatever spaces they were typed with", () => {
    const list = fc.array(fc.jsonValue({ noUnicodeString: false, maxDepth: 2 }));
    fc.assert(
      fc.property(list, (value) => {
        const plain = JSON.stringify(value);
        expect(listText(JSON.stringify(value, null, 2))).toBe(/e\+|\d{16}/.test(plain) ? listText(plain) : plain);
      }),
    );
    expect(["", "1", "{}", "[1", "[1e999]", "[9007199254740993]"].map(listText)).toEqual(Array.from({ length: 6 }, () => null));
  });

  it("are read back as Python wrote them, where that is certain", () => {
    expect(pythonListText("[1, 2.5, 'a b', True, None, ['x']]")).toBe('[1,2.5,"a b",true,null,["x"]]');
    expect(pythonListText("['True', 'it, is']")).toBe('["True","it, is"]');
    expect(pythonListText('["it\'s"]')).toBe('["it\'s"]');
    expect([`["it's", 'a']`, "[nan]", "array([1])", "['a\\n']"].map(pythonListText)).toEqual([null, null, null, null]);
  });

  it("count as unchanged where the last run has the same list", () => {
    const field = { ...guessField("layers", "[64,32]", "params.yaml"), kind: "list" } as const;
    const shown = (before: string) => planParams([field], new Map([["layers", "[64,32]"]]), { layers: before })[0];
    expect(shown("[64, 32]")).toMatchObject({ before: "[64,32]", isChanged: false });
    expect(shown("[64, 16]")).toMatchObject({ before: "[64,16]", isChanged: true });
  });
});

describe("values for DVC", () => {
  it.each<[unknown, string]>([
    ["adam", "adam"],
    ["true", '"true"'],
    ["nan", '"nan"'],
    ["", '""'],
    ['a "b"', '"a \\"b\\""'],
    ["a\\b", '"a\\b"'],
    ["end\\", '"end\\\\"'],
    ["${x}", '"\\${x}"'],
    [0.1, "0.1"],
    [[1, "two", [null, true], { q: "x y" }], '[1,two,[null,true],{q:"x y"}]'],
  ])("%j is written as %s", (value, text) => {
    expect(hydraValue(value)).toBe(text);
  });

  it("are refused where no key can be written", () => {
    expect(() => hydraValue([{ "a b": 1 }])).toThrow('the key "a b"');
    expect(() => hydraValue([{ null: 1 }])).toThrow('the key "null"');
  });
});
