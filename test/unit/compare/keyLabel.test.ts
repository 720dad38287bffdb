import { describe, expect, it } from "vitest";
import { keyLabel } from "../../../webview-ui/compare/labels";

describe("the key of a row of the comparison", () => {
  it("says the currency once, at the price", () => {
    expect(keyLabel({ section: "summary", key: "price (EUR)" })).toBe("Price (EUR)");
    expect(keyLabel({ section: "summary", key: "price per +0.01 of f1 (macro) (EUR)" })).toBe("Price per +0.01 of f1 (macro)");
  });

  it("is as it was logged elsewhere", () => {
    expect(keyLabel({ section: "metrics", key: "price per (EUR)" })).toBe("price per (EUR)");
    expect(keyLabel({ section: "params", key: "" })).toBe('""');
  });
});
