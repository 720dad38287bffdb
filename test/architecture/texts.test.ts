import { describe, expect, it } from "vitest";

import { extractTexts } from "../../scripts/extractTexts.mjs";

const { texts, faults } = extractTexts();

describe("the texts that are translated", () => {
  it("can all be found", () => {
    expect(faults).toEqual([]);
  });

  it.each([
    ["a text of the editor", "Open Settings"],
    ["a text of a page", "Export the Drift Report"],
    ["one of two of a condition", "1 safe fix"],
    ["a word of a table", "Running, no sign of life"],
    ["a word of the core that a page translates", "Being handed over"],
    ["a label of the core that a page translates", "Judged as of"],
    ["a member of a type", "superseded"],
  ])("hold %s", (_, text) => {
    expect([...texts.keys()]).toContain(text);
  });

  it.each([
    ["an icon of a table", "pass-filled"],
    ["a style of a table", "warn"],
    ["a text that nobody says", "The moon"],
  ])("hold not %s", (_, text) => {
    expect([...texts.keys()]).not.toContain(text);
  });
});
