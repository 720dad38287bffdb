import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import { delimiter, join } from "node:path";

export type MlflowMajor = 2 | 3;

export interface ServerOptions {
  readonly major: MlflowMajor;
  /** The server's working folder; its log goes there too. */
  readonly folder: string;
  /** Database or folder of the store; relative to `folder`. */
  readonly backend: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The virtual environment with the real MLflow, which `npm run test:live` prepares. */
export function venvOf(major: MlflowMajor): string {
  const folder = process.env[`MLOPS_VENV_${major}`];
  if (folder === undefined) {
    throw new Error(`MLOPS_VENV_${major} is not set: run the live tests with "npm run test:live".`);
  }
  return folder;
}

/** The environment for a Python of that MLflow: nothing of the caller's own MLflow settings, no telemetry. */
export function pythonEnv(major: MlflowMajor, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("MLFLOW_") && !name.startsWith("PYTHON"));
  return {
    ...Object.fromEntries(own),
    // The server starts gunicorn or uvicorn by name.
    PATH: `${join(venvOf(major), "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
    MLFLOW_DISABLE_TELEMETRY: "true",
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    MLFLOW_ALLOW_FILE_STORE: "true",
    PYTHONUNBUFFERED: "1",
    ...more,
  };
}

/**
 * Runs its arguments in a process group that ends as a whole: when the server ends, and when the pipe from the tests closes,
 * however they ended. A server's workers outlive their parent, so that ending the parent alone would leave them behind.
 */
const WATCHED = '("$@"; kill -KILL 0) & cat >/dev/null; kill -KILL 0';

/** A real MLflow server on this machine, which can be killed and started again at the same address. */
export class MlflowServer implements AsyncDisposable {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly options: ServerOptions,
    readonly port: number,
  ) {}

  /** Resolves once the server answers. */
  static async start(options: ServerOptions): Promise<MlflowServer> {
    const server = new MlflowServer(options, await freePort());
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get logFile(): string {
    return join(this.options.folder, "server.log");
  }

  async restart(): Promise<void> {
    await this.kill();
    const { major, folder, backend, args = [], env = {} } = this.options;
    const log = openSync(this.logFile, "a");
    const serve = ["server", "--host", "127.0.0.1", "--port", String(this.port), "--workers", "1", "--backend-store-uri", backend, ...args];
    const child = spawn("sh", ["-c", WATCHED, "sh", join(venvOf(major), "bin", "mlflow"), ...serve], {
      cwd: folder,
      env: pythonEnv(major, env),
      stdio: ["pipe", log, log],
      detached: true,
    });
    closeSync(log);
    this.child = child;
    const end = Date.now() + 120_000;
    while ((await statusOf(`${this.url}/health`)) !== 200) {
      if (child.exitCode !== null || Date.now() > end) {
        await this.kill();
        throw new Error(`MLflow ${major} did not start:\n${readFileSync(this.logFile, "utf8").slice(-4000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Ends the server at once, as a crash would. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child !== undefined) {
      const ended =
        child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once("exit", resolve)) : undefined;
      killGroup(child);
      await ended;
      while ((await statusOf(`${this.url}/health`)) !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) {
      process.kill(-child.pid, "SIGKILL");
    }
  } catch {
    // The group is gone already.
  }
}

/** The status of an answer, or undefined where nothing answers. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
