import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { createAirflowEngine } from "../../adapters/airflow/airflowEngine";
import { readOrigin } from "../../adapters/git/readOrigin";
import { createGithubActionsEngine } from "../../adapters/githubActions/githubActionsEngine";
import { tokenFromEnvironment } from "../../adapters/githubActions/tokenFromEnvironment";
import { createDvcEngine } from "../../adapters/dvc/dvcEngine";
import { createLocalEngine } from "../../adapters/localProcess/localEngine";
import { createRayEngine } from "../../adapters/ray/rayEngine";
import type { TrainingEngine } from "../../core/training/trainingEngine";
import type { CliHost } from "../cliHost";
import { RUN_JOB } from "../runJob";
import { serverSecrets } from "./serverSecrets";

/** All that trains, for the command line. */
export function openEngines({ env, program }: CliHost): readonly TrainingEngine[] {
  const here = {
    ...runnerOf(program, env),
    execPath: process.execPath,
    pythonHint: () => Promise.resolve(null),
    // Logins of the tracker are in the environment already, which the training inherits.
    secrets: () => Promise.resolve(null),
  };
  return [
    createLocalEngine(here),
    createDvcEngine(here),
    createRayEngine({ secrets: (address) => Promise.resolve(serverSecrets(env, "RAY", address)) }),
    createAirflowEngine({ secrets: (address) => Promise.resolve(serverSecrets(env, "AIRFLOW", address)) }),
    createGithubActionsEngine({
      origin: readOrigin,
      token: (host) => Promise.resolve(tokenFromEnvironment(env, host)),
    }),
  ];
}

/** The supervisor beside this program; where all is one file, that file, which is told so by a variable. */
function runnerOf(program: string | undefined, env: CliHost["env"]): { readonly runner: string; readonly env: CliHost["env"] } {
  const beside = join(dirname(program ?? ""), "jobRunner.cjs");
  return program === undefined || existsSync(beside) ? { runner: beside, env } : { runner: program, env: { ...env, [RUN_JOB]: "1" } };
}
