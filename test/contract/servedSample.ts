import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as http from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";

import type { TargetSpec } from "../../src/core/deployment/targetSpec";

/**
 * Stands for a Python with MLflow: what it serves knows its version, takes a moment to load, and tells of requests as uvicorn does. Version 13 does
 * not load; version 14 never answers; 15 ends when it is asked; 16 refuses what it is asked.
 */
const PYTHON = `
const args = process.argv.slice(2);
const after = (name) => args[args.lastIndexOf(name) + 1];
if (args[0] === "-c") {
  console.log("True");
} else if (args[0] === "-m" && args[1] === "mlflow") {
  const version = args[5].split("/").at(-1);
  require("node:fs").appendFileSync("served.jsonl", JSON.stringify({ args, pid: process.pid, env: process.env, cwd: process.cwd() }) + "\\n");
  if (version === "13") {
    console.error("Traceback (most recent call last):\\n  File \\"model.py\\"\\nValueError: the model at https://ana:hunter2@host/x is damaged");
    console.error("Exception: Command '['bash', '-c', 'exec uvicorn']' returned non zero return code. Return code = 1");
    process.exit(1);
  }
  const server = require("node:http").createServer((request, response) => {
    console.log(\`INFO:     127.0.0.1:1 - "\${request.method} \${request.url} HTTP/1.1" 200 OK\`);
    request.resume().on("end", () => {
      if (request.url === "/ping") {
        response.end("\\n");
      } else if (version === "15") {
        process.exit(139);
      } else {
        response.writeHead(version === "16" ? 400 : 200).end(JSON.stringify(version === "16" ? { message: "no such column" } : { predictions: [version] }));
      }
    });
  });
  if (version === "14") {
    setInterval(() => undefined, 1000);
  } else {
    setTimeout(() => server.listen(Number(after("-p")), after("-h")), 200);
  }
}
`;

export function standInPython(folder: string): string {
  const path = join(folder, "python");
  writeFileSync(path, `#!${process.execPath}\n${PYTHON}`);
  chmodSync(path, 0o755);
  return path;
}

/** One start of the stand-in. */
export interface Start {
  readonly args: readonly string[];
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What the stand-in was started with, one after the other. */
export function startsIn(folder: string): readonly Start[] {
  const file = join(folder, "served.jsonl");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line) as Start);
}

/** Those that live. */
export function livingIn(folder: string): readonly Start[] {
  return startsIn(folder).filter(({ pid }) => {
    try {
      // A process that has ended and was not asked for its exit code has no command line.
      return readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
    } catch {
      return false;
    }
  });
}

/** A product of its own, whose target is served at a port that nobody else uses. */
export async function servedSpec(parent: string, more: Partial<TargetSpec> = {}): Promise<TargetSpec> {
  const folder = mkdtempSync(join(parent, "product-"));
  return {
    type: "mlflow_serve",
    name: "production",
    config: "mlops.yaml",
    folder,
    model: "churn",
    store: { kind: "sqlite", path: join(folder, "mlflow.db") },
    alias: null,
    stage: null,
    address: `http://127.0.0.1:${await unusedPort()}`,
    application: null,
    importPath: null,
    routePrefix: null,
    runtimeEnv: null,
    replicas: null,
    command: null,
    shell: false,
    rollbackCommand: null,
    health: null,
    score: null,
    python: standInPython(folder),
    timeoutMs: 20_000,
    ...more,
  };
}

export async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") {
    throw new Error("There is no free port.");
  }
  return address.port;
}

/** The version that answers at an address; null where nobody does. */
export function versionAt(address: string | null, input: unknown = { inputs: [[1]] }, path = "/invocations"): Promise<string | null> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json" };
    const request = http.request(`${address ?? ""}${path}`, { method: "POST", headers, agent: false, timeout: 20_000 }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (part: string) => (text += part));
      reply.on("end", () => {
        const parsed =
          reply.statusCode === 200 ? (JSON.parse(text) as { predictions: (string | number | null)[] }) : { predictions: [null] };
        const [version] = parsed.predictions;
        resolve(version == null ? null : String(version));
      });
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(null));
    request.end(JSON.stringify(input));
  });
}
