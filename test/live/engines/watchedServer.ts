import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import * as http from "node:http";
import * as net from "node:net";

/** Ends the whole process group when the server ends, and when the pipe from the tests closes, however they ended. */
const WATCHED = '("$@"; kill -KILL 0) & cat >/dev/null; kill -KILL 0';

export interface Watched {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly log: string;
  readonly env: Readonly<Record<string, string>>;
  readonly isReady: () => Promise<boolean>;
}

/** A server of many processes, which can be killed as one and started again. */
export class WatchedServer {
  private child: ChildProcess | undefined;

  constructor(private readonly options: Watched) {}

  /** Resolves once the server answers. @param more of its environment, for this start only. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { argv, folder, log, isReady } = this.options;
    const env = { ...this.options.env, ...more };
    const file = openSync(log, "a");
    const child = spawn("sh", ["-c", WATCHED, "sh", ...argv], { cwd: folder, env, stdio: ["pipe", file, file], detached: true });
    closeSync(file);
    this.child = child;
    const end = Date.now() + 150_000;
    while (!(await isReady())) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
        await this.kill();
        throw new Error(`The server did not start:\n${readFileSync(log, "utf8").slice(-4000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** Without a chance to tidy up. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") {
    throw new Error("There is no free port.");
  }
  return address.port;
}

/** The text of an answer with status 200; null for any other, and where nobody answers. */
export function textOf(url: string): Promise<string | null> {
  return new Promise((resolve) => {
    const request = http.get(url, { timeout: 5000 }, (reply) => {
      let text = "";
      reply.setEncoding("utf8");
      reply.on("data", (part: string) => (text += part));
      reply.on("end", () => resolve(reply.statusCode === 200 ? text : null));
      reply.on("error", () => resolve(null));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(null));
  });
}

/** The environment without settings of the caller's own tools. */
export function plainEnv(more: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || /^(MLFLOW|PYTHON|RAY|AIRFLOW)/.test(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(own), PYTHONUNBUFFERED: "1", ...more };
}
