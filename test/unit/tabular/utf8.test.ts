import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodeUtf8, encodeUtf8 } from "../../../src/core/tabular/utf8";

describe("UTF-8", () => {
  it("is written as TextEncoder writes it, half pairs included", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(fc.string({ unit: "binary", maxLength: 3 }), fc.constantFrom("\ud800", "\udc00")), { maxLength: 8 })
          .map((parts) => parts.join("")),
        (text) => {
          expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
        },
      ),
    );
  });

  it("is read as TextDecoder reads it, whatever the bytes", () => {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const odd = fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xbb, 0xf0, 0x90, 0xf4, 0x8f, 0xff);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(odd, { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes)),
        ),
        (bytes) => {
          expect(decodeUtf8(bytes, 0, bytes.length)).toBe(decoder.decode(bytes));
        },
      ),
      { numRuns: 5000 },
    );
  });
});
