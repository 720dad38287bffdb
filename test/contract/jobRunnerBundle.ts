import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";
import { afterAll } from "vitest";

/** Builds the supervisor as it is shipped. To be called outside of a test. @returns its path; it goes after the tests of the file. */
export function buildJobRunner(): string {
  const folder = mkdtempSync(join(tmpdir(), "mlops-runner-"));
  const outfile = join(folder, "jobRunner.cjs");
  buildSync({ entryPoints: ["src/jobRunner.ts"], outfile, bundle: true, platform: "node", format: "cjs", target: "node20" });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return outfile;
}
