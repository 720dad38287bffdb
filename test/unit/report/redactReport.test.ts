import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { redactText } from "../../../src/core/governance/report/redactReport";

describe("a text for readers outside", () => {
  it.each([
    ["Ask ana@example.org, or leo@example.org.", "Ask [address], or [address]."],
    ["Ana <ana@example.org> (owner)", "Ana <[address]> (owner)"],
    ["owned by @org/team", "owned by [address]"],
    ["at http://10.0.0.1:8265/api?x=1 today", "at [internal address] today"],
    ["sqlite:///home/me/mlflow.db", "[internal address]"],
    ["see /home/me/secret/file.txt", "see [internal path]"],
    ["see ~/notes.md", "see [internal path]"],
    ["see C:\\data\\x.csv", "see [internal path]"],
    ["python src/train/main.py --lr 0.1", "python [internal path] --lr 0.1"],
    ["line 3 of mlops.yaml", "line 3 of [internal path]"],
  ])("%s → %s", (text, expected) => {
    expect(redactText(text, ["mlops.yaml"])).toBe(expected);
  });

  it.each(["AI Act Art. 9(2)(a)", "and/or", ">= 0.80", "sha256:abcd", "Data in DE and AT; under-represents some", "5(b) or 5(c)", "24/7"])(
    "leaves %s as it is",
    (text) => {
      expect(redactText(text, [])).toBe(text);
    },
  );

  it("holds no address and none of the paths, whatever stands around them", () => {
    const path = fc
      .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z_-]{1,8}$/), fc.constantFrom("md", "yaml", "parquet"))
      .map(([folder, name, end]) => `${folder}/${name}.${end}`);
    fc.assert(
      fc.property(path, fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}\.org$/), fc.string(), (file, mail, around) => {
        const text = redactText(`${around} ${file} ${around} ${mail} ${around}`, [file]);
        expect(text).not.toContain(file);
        expect(text).not.toContain(mail);
      }),
    );
  });
});
