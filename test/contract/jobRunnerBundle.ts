import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";

/** Builds the supervisor as it is shipped. @returns its path; it goes when the process of the tests ends. */
export function buildJobRunner(): string {
  const folder = mkdtempSync(join(tmpdir(), "mlops-runner-"));
  const outfile = join(folder, "jobRunner.cjs");
  buildSync({ entryPoints: ["src/jobRunner.ts"], outfile, bundle: true, platform: "node", format: "cjs", target: "node20" });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return outfile;
}
