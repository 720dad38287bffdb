import { spawnSync } from "node:child_process";
import { dirname, delimiter } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, expect, it } from "vitest";

import { buildCommandLine } from "./commandLineBundle";

const commandLine = buildCommandLine();
afterAll(() => commandLine.dispose());

// Some fifty commands, each a process of its own, on a machine that runs other tests as well.
const PATIENCE_MS = 600_000;

it(
  "plays the whole story by the command line alone, from a file of twelve lines to a product whose lights are all green",
  () => {
    const { status, stdout, stderr } = spawnSync("bash", [fileURLToPath(new URL("../../scripts/story.sh", import.meta.url))], {
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`,
        MLOPS_CLI: commandLine.program,
        MLOPS_STORY_PYTHON: "",
      },
    });
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    const steps = lines.slice(0, -1);
    expect(lines.at(-1)).toBe(`${steps.length} steps passed`);
    expect(steps.every((line) => line.startsWith("ok      "))).toBe(true);
    expect(steps.at(-1)).toBe("ok      Version 4 is at work");
  },
  PATIENCE_MS,
);
