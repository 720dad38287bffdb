import { describe, expect, it } from "vitest";

import { Codeowners } from "../../../src/core/lint/codeowners";

describe("Codeowners", () => {
  const owners = new Codeowners(
    [
      "# who owns what",
      "*                 @org/everyone",
      "models/           ana@example.org @leo # the models",
      "models/*.yaml     mia@example.org",
      "/docs/*           docs@example.org",
      "models/free/",
      "data\\ sets/      sam@example.org",
      "[Section]",
      "!models/x.py      nobody@example.org",
      "broken            not-an-owner",
    ].join("\r\n"),
  );

  it.each([
    ["README.md", ["@org/everyone"]],
    ["models/train.py", ["ana@example.org", "@leo"]],
    ["lib/models/train.py", ["ana@example.org", "@leo"]],
    ["models/mlops.yaml", ["mia@example.org"]],
    ["docs/a.md", ["docs@example.org"]],
    ["docs/deep/a.md", ["@org/everyone"]],
    ["models/free/a.py", []],
    ["data sets/a.csv", ["sam@example.org"]],
    ["models/x.py", ["ana@example.org", "@leo"]],
    ["Models/train.py", ["@org/everyone"]],
    ["broken", []],
  ])("names the owners of %s by the last line that matches", (path, expected) => {
    expect(owners.ownersOf(path)).toEqual(expected);
  });

  it("knows no owners in an empty file", () => {
    expect(new Codeowners("").ownersOf("a")).toEqual([]);
  });
});
