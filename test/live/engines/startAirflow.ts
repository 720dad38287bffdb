import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import * as v from "valibot";

import { freePort, plainEnv, textOf, WatchedServer } from "./watchedServer";

export interface Airflow {
  readonly url: string;
  readonly dags: string;
  readonly server: WatchedServer;
  readonly login: { readonly username: string; readonly password: string };
  readonly stop: () => Promise<void>;
}

/** A real Airflow with a database, DAGs and logs of its own. @param writeDags puts DAGs into the folder. */
export async function startAirflow(writeDags: (folder: string) => void): Promise<Airflow> {
  const venv = process.env["MLOPS_VENV_PIPELINES"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_PIPELINES is not set: run the live tests with "npm run test:live".');
  }
  const home = mkdtempSync(join(tmpdir(), "airflow-"));
  const dags = join(home, "dags");
  mkdirSync(dags);
  writeDags(dags);
  const port = await freePort();
  const logs = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = new WatchedServer({
    argv: [join(venv, "bin", "airflow"), "standalone"],
    folder: home,
    log: join(home, "standalone.log"),
    env: plainEnv({
      PATH: `${join(venv, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      AIRFLOW_HOME: home,
      AIRFLOW__CORE__DAGS_FOLDER: dags,
      AIRFLOW__CORE__LOAD_EXAMPLES: "False",
      AIRFLOW__CORE__PARALLELISM: "2",
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `${url}/execution/`,
      AIRFLOW__API__HOST: "127.0.0.1",
      AIRFLOW__API__PORT: String(port),
      AIRFLOW__API__WORKERS: "1",
      AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT: String(logs),
      AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT: String(await freePort()),
      AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    }),
    isReady: async () => isHealthy((await textOf(`${url}/api/v2/monitor/health`)) ?? ""),
  });
  const stop = async (): Promise<void> => {
    await server.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await server.start();
    const file = readFileSync(join(home, "simple_auth_manager_passwords.json.generated"), "utf8");
    const [user] = Object.entries(v.parse(v.record(v.string(), v.string()), JSON.parse(file)));
    if (user === undefined) {
      throw new Error("Airflow made no user.");
    }
    return { url, dags, server, login: { username: user[0], password: user[1] }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function isHealthy(text: string): boolean {
  return (
    text.replaceAll(" ", "").includes('"scheduler":{"status":"healthy"') &&
    text.replaceAll(" ", "").includes('"dag_processor":{"status":"healthy"')
  );
}
