import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "vitest";

import { buildCommandLine } from "./commandLineBundle";

/** Runs scripts/story.sh to its end with the command line as it is, and holds it to that. @param python one with MLflow; none for Node alone. */
export function expectStory(python: string): void {
  const { program, dispose } = buildCommandLine();
  try {
    const { status, stdout, stderr } = spawnSync("bash", [fileURLToPath(new URL("../../scripts/story.sh", import.meta.url))], {
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`,
        MLOPS_CLI: program,
        MLOPS_STORY_PYTHON: python,
      },
    });
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    const steps = lines.slice(0, -1);
    expect(lines.at(-1)).toBe(`${steps.length} steps passed`);
    expect(steps.every((line) => line.startsWith("ok      "))).toBe(true);
    expect(steps.at(-1)).toBe("ok      Version 4 is at work");
  } finally {
    dispose();
  }
}
