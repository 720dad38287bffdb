import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";

export interface CommandLine {
  /** The program, which is one file and its own supervisor. */
  readonly program: string;
  /** Runs it to its end. */
  readonly run: (cwd: string, ...args: readonly string[]) => Promise<Ended>;
  /** Takes it away. */
  readonly dispose: () => void;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the command line as it ships by npm: one file. What it remembers of hashes goes to a folder of its own. */
export function buildCommandLine(more: Readonly<Record<string, string>> = {}): CommandLine {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mlops-cli-")));
  const program = join(folder, "mlops.cjs");
  buildSync({
    entryPoints: ["src/cli/main.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "cjs",
    define: { __VERSION__: '"1.2.3"' },
    logLevel: "error",
  });
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), ...more };
  const run: CommandLine["run"] = (cwd, ...args) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, stdout, stderr }));
    });
  return { program, run, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
