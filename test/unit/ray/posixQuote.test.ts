import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { entrypoint } from "../../../src/adapters/ray/rayRequest";

const SHOW = ["-e", "process.stdout.write(JSON.stringify(process.argv.slice(1)))", "--"];
const argument = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from(`a'"$()\`\\\n\t *?~!#&;|<>{}[]=-é😀`)) }),
  fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")),
);

function seen(line: string): unknown {
  return JSON.parse(execFileSync("sh", ["-c", line], { encoding: "utf8" }));
}

describe("a line for the shell of Ray's head", () => {
  it.each([null, 60])("hands each argument over unchanged, with a time limit of %s", (seconds) => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (args) => {
        expect(seen(entrypoint([process.execPath, ...SHOW, ...args], { isShell: false, folder: "/", seconds }))).toEqual(args);
      }),
      { numRuns: 40 },
    );
  });

  it("runs in a folder whatever its name, and lets a shell line be one", () => {
    const line = entrypoint(['A=b; echo "[\\"$A\\"]"'], { isShell: true, folder: "/tmp", seconds: 5 });
    expect(seen(line)).toEqual(["b"]);
    expect(() => seen(entrypoint(["echo", "1"], { isShell: false, folder: "/no where/it's", seconds: 5 }))).toThrow();
  });
});
