import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import type { CliHost } from "./cliHost";
import { RUN_JOB } from "./runJob";

/** The supervisor beside this program; where all is one file, that file, which is told so by a variable. */
export function runnerOf(program: string | undefined, env: CliHost["env"]): { readonly runner: string; readonly env: CliHost["env"] } {
  const beside = join(dirname(program ?? ""), "jobRunner.cjs");
  return program === undefined || existsSync(beside) ? { runner: beside, env } : { runner: program, env: { ...env, [RUN_JOB]: "1" } };
}
