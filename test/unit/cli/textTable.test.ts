import { describe, expect, it } from "vitest";
import { printable } from "../../../src/cli/printable";
import { displayWidth, layOutTable } from "../../../src/cli/textTable";

describe("printable", () => {
  it.each([
    ["\u001b[2J", "\\u001b[2J"],
    ["a\nb\tc", "a\\nb\\tc"],
    ["\u009b31m", "\\u009b31m"],
    ["\u202egnp.exe", "\\u202egnp.exe"],
    ["\ud800", "\\ud800"],
    ["名前 🚀 é", "名前 🚀 é"],
  ])("writes %j as %j", (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe("layOutTable", () => {
  it("aligns by the cells that characters take", () => {
    const { line } = layOutTable(
      [{ title: "A" }, { title: "B", align: "right" }],
      [
        ["名", "1"],
        ["abc", "100"],
      ],
      { columns: undefined, color: false },
    );
    expect([line(["名", "1"]), line(["abc", "100"])]).toEqual(["名     1", "abc  100"]);
    expect(displayWidth("🚀é")).toBe(3);
  });

  it("cuts the widest column that may shrink, and no other", () => {
    const { line } = layOutTable([{ title: "NAME", shrinkTo: 4 }, { title: "ID" }], [["a".repeat(50), "0123456789"]], {
      columns: 30,
      color: false,
    });
    expect(line(["a".repeat(50), "0123456789"])).toBe(`${"a".repeat(17)}…  0123456789`);
  });

  it("leaves optional columns out where there is no room for them", () => {
    const { header } = layOutTable(
      [{ title: "NAME" }, { title: "ACC", isOptional: true }, { title: "LOSS", isOptional: true }, { title: "ID" }],
      [["name", "0.1", "0.2", "0123456789"]],
      { columns: 22, color: false },
    );
    expect(header).toBe("NAME  ACC  ID");
  });

  it("escapes what a store put into a title, and lets no long name widen every line of a file", () => {
    const { header, line } = layOutTable([{ title: "a\u001b[2J" }, { title: "B" }], [["x".repeat(10_000), "1"]], {
      columns: undefined,
      color: false,
    });
    expect(header).not.toContain("\u001b");
    expect(line(["y", "2"]).length).toBeLessThan(100);
    expect(line(["x".repeat(10_000), "1"])).toContain("x".repeat(10_000));
  });
});
