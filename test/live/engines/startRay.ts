import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort, plainEnv, textOf, WatchedServer } from "./watchedServer";

export interface RayHead {
  readonly url: string;
  readonly folder: string;
  readonly server: WatchedServer;
  readonly stop: () => Promise<void>;
}

/** A real Ray cluster of one node with two CPUs and no GPU. Ray opens some ports on all interfaces, whatever it is told. */
export async function startRay(): Promise<RayHead> {
  const venv = process.env["MLOPS_VENV_RAY"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_RAY is not set: run the live tests with "npm run test:live".');
  }
  // Ray puts sockets there, whose paths may have a hundred characters.
  const folder = mkdtempSync(join(tmpdir(), "ray-"));
  const dashboard = await freePort();
  const options = {
    "--port": await freePort(),
    "--dashboard-port": dashboard,
    "--dashboard-agent-listen-port": await freePort(),
    "--ray-client-server-port": await freePort(),
    "--num-cpus": 2,
    "--num-gpus": 0,
    "--min-worker-port": 0,
    "--max-worker-port": 0,
    "--object-store-memory": 100_000_000,
    "--node-ip-address": "127.0.0.1",
    "--dashboard-host": "127.0.0.1",
    "--temp-dir": folder,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [name, String(value)]);
  const url = `http://127.0.0.1:${dashboard}`;
  const server = new WatchedServer({
    argv: [join(venv, "bin", "ray"), "start", "--head", "--block", "--disable-usage-stats", ...args],
    folder,
    log: join(folder, "head.log"),
    env: plainEnv({ RAY_USAGE_STATS_ENABLED: "0" }),
    isReady: async () =>
      (await textOf(`${url}/api/version`)) !== null && /"state": ?"ALIVE"/.test((await textOf(`${url}/nodes?view=summary`)) ?? ""),
  });
  const stop = async (): Promise<void> => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await server.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, folder, server, stop };
}
