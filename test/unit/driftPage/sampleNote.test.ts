import { expect, it } from "vitest";

import { sampledHeading, sampleNote } from "../../../webview-ui/drift/charts/sampleNote";

const side = (sample: string | null) => ({ sample }) as Parameters<typeof sampleNote>[0]["reference"];

it.each([
  [null, null, null],
  [side(null), side(null), null],
  [side("1,000 of 9,000 rows, seed 7."), side(null), "Reference: 1,000 of 9,000 rows, seed 7."],
  [side("A."), side("B."), "Reference: A. Current: B."],
] as const)("a chart of a sample says of which (%#)", (reference, current, note) => {
  expect(sampleNote({ reference, current })).toBe(note);
});

it("a picture of a sample bears that in its heading", () => {
  expect(sampledHeading("Age", null)).toBe("Age");
  expect(sampledHeading("Age", "Reference: A.")).toBe("Age (of a sample)");
});
