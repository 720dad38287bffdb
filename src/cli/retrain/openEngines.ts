import { createAirflowEngine } from "../../adapters/airflow/airflowEngine";
import { readOrigin } from "../../adapters/git/readOrigin";
import { createGithubActionsEngine } from "../../adapters/githubActions/githubActionsEngine";
import { tokenFromEnvironment } from "../../adapters/githubActions/tokenFromEnvironment";
import { createDvcEngine } from "../../adapters/dvc/dvcEngine";
import { createLocalEngine } from "../../adapters/localProcess/localEngine";
import { createRayEngine } from "../../adapters/ray/rayEngine";
import type { TrainingEngine } from "../../core/training/trainingEngine";
import type { CliHost } from "../cliHost";
import { runnerOf } from "../runnerOf";
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
