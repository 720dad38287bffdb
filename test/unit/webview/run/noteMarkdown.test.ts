import { describe, expect, it } from "vitest";

import { parseNote } from "../../../../webview-ui/run/noteMarkdown";

const text = (value: string) => ({ kind: "text", text: value });

describe("parseNote", () => {
  it("reads headings, paragraphs, lists, code and rules", () => {
    const note = "# Title #\r\nOne\r\ntwo\n\n- a\n- b\n1. c\n---\n```py\nx = 1\n\n# no heading\n```\nend";
    expect(parseNote(note)).toEqual([
      { kind: "heading", level: 1, content: [text("Title")] },
      { kind: "paragraph", content: [text("One\ntwo")] },
      { kind: "list", ordered: false, items: [[text("a")], [text("b")]] },
      { kind: "list", ordered: true, items: [[text("c")]] },
      { kind: "rule" },
      { kind: "code", text: "x = 1\n\n# no heading" },
      { kind: "paragraph", content: [text("end")] },
    ]);
  });

  it("reads code, strong, emphasis and links inside a line", () => {
    expect(parseNote("a `b*c*` **d** *e* [f](https://g.h/i) https://j.k/l")).toEqual([
      {
        kind: "paragraph",
        content: [
          text("a "),
          { kind: "code", text: "b*c*" },
          text(" "),
          { kind: "strong", text: "d" },
          text(" "),
          { kind: "emphasis", text: "e" },
          text(" "),
          { kind: "link", text: "f", url: "https://g.h/i" },
          text(" "),
          { kind: "link", text: "https://j.k/l", url: "https://j.k/l" },
        ],
      },
    ]);
  });

  it.each([
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](command:workbench.action.quit)",
    "![x](file:///etc/passwd)",
    "snake_case_name",
    "2 * 3 * 4",
  ])("leaves %j as text", (note) => {
    expect(parseNote(note)).toEqual([{ kind: "paragraph", content: [text(note)] }]);
  });

  it("keeps a fence that never ends", () => {
    expect(parseNote("```\na\nb")).toEqual([{ kind: "code", text: "a\nb" }]);
  });

  it.each([
    "*".repeat(20_000),
    "[".repeat(20_000),
    "`a".repeat(10_000),
    "**a".repeat(7000),
    "[a](".repeat(5000),
    "- ".repeat(10_000),
    "#".repeat(20_000),
    "_a".repeat(10_000),
  ])("reads 100,000 characters of hostile marks (%#)", (note) => {
    // A pattern that takes quadratic or worse time would not come back before the test's own limit.
    expect(parseNote(note.repeat(5)).length).toBeGreaterThan(0);
  });
});
