import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildCommandLine, type CommandLine } from "./commandLineBundle";

/** Nobody: root may read everything, so that the program gives up being root before it begins. */
const NOBODY = 65_534;
const GIVE_UP = `if (process.getuid() === 0) { process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY}); }`;

let commandLine: CommandLine;
let folder: string;

beforeAll(() => {
  commandLine = buildCommandLine();
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mlops-locked-")));
  const rows = Array.from({ length: 300 }, (_, row) => `${row},${row % 7}`).join("\n");
  mkdirSync(join(folder, "locked"));
  writeFileSync(join(folder, "good.csv"), `a,b\n${rows}\n`);
  writeFileSync(join(folder, "locked.csv"), `a,b\n${rows}\n`);
  writeFileSync(join(folder, "locked", "data.csv"), `a,b\n${rows}\n`);
  writeFileSync(join(folder, "mlops.yaml"), "version: 1\nname: x\nmonitoring: {reference: good.csv, live: locked/data.csv}\n");
  for (const open of [folder, dirname(commandLine.program)]) {
    chmodSync(open, 0o755);
  }
  chmodSync(join(folder, "locked.csv"), 0o000);
  chmodSync(join(folder, "locked"), 0o000);
});
afterAll(() => {
  chmodSync(join(folder, "locked"), 0o755);
  rmSync(folder, { recursive: true, force: true });
  commandLine.dispose();
});

function run(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { program } = commandLine;
  const script = `${GIVE_UP} process.argv.splice(1, 0, ${JSON.stringify(program)}); require(${JSON.stringify(program)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script, "--", ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr: stderr.replaceAll(folder, "") };
}

const drift = (current: string): ReturnType<typeof run> => run("drift", "--reference", "good.csv", "--current", current, "--json");

describe("data that nobody may read", () => {
  it("are read where they may be", () => {
    expect(drift("good.csv")).toMatchObject({ status: 0, stderr: "" });
  });

  it.each([
    ["locked.csv", "/locked.csv"],
    ["locked/data.csv", "/locked/data.csv"],
    ["locked/*.csv", "/locked"],
    ["**/locked/*.csv", "/locked"],
  ])("end %s with a sentence and 2", (path, named) => {
    expect(drift(path)).toEqual({
      status: 2,
      stdout: "",
      stderr: `mlops: ${named} cannot be read: you have no permission to read it. Ask its owner for the right to read it.\n`,
    });
  });

  it("keep a check from judging, which says why", () => {
    const { status, stdout, stderr } = run("monitor", "--json", "--no-write", "--quiet");
    expect([status, stderr]).toEqual([3, ""]);
    const { products } = JSON.parse(stdout) as { readonly products: readonly { readonly problems: readonly string[] }[] };
    expect(products[0]?.problems.join(" ")).toMatch(/locked/);
  });
});
