import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

describe("GitHub's description that the tests of the engine go by", () => {
  it("is the one that is published", () => {
    const script = join(import.meta.dirname, "..", "..", "scripts", "takeGithubDescription.mjs");
    const output = execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" });
    expect(output.match(/ is what @octokit\/openapi@[\d.]+ says\./g)).toHaveLength(2);
  });
});
