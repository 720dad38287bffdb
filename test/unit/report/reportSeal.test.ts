import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { seal, SEAL_PLACE, sealFault } from "../../../src/core/governance/report/reportSeal";
import { sha256 } from "../../builders/reportFacts";

const sealed = (before: string, after: string): string => seal(`${before}${SEAL_PLACE}${after}`, sha256);
const word = fc.string({ maxLength: 60 }).filter((text) => !text.includes("mlops-seal"));

describe("a seal", () => {
  it("holds for every text as it was made", () => {
    fc.assert(
      fc.property(word, word, (before, after) => {
        expect(sealFault(sealed(before, after), sha256)).toBeNull();
      }),
    );
  });

  it("finds every changed character", () => {
    fc.assert(
      fc.property(word, word, fc.nat(), fc.constantFrom("x", "0", " ", "$&"), (before, after, place, other) => {
        const text = sealed(before, after);
        const at = place % text.length;
        const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        fc.pre(changed !== text);
        expect(sealFault(changed, sha256)).not.toBeNull();
      }),
    );
  });

  it("finds what was put in, cut off or never sealed", () => {
    const text = sealed("# Report\n", "\n");
    expect(sealFault(`${text} `, sha256)).toContain("changed after it was made");
    expect(sealFault(text.slice(0, -1), sha256)).toContain("changed after it was made");
    expect(sealFault("# Report", sha256)).toContain("no seal");
    expect(sealFault(`${text}${text}`, sha256)).toContain("more than one seal");
    expect(sealFault(SEAL_PLACE, sha256)).not.toBeNull();
  });
});
