import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { fixturePath } from "../builders/recordedRuns";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const database = fixturePath("v3-sqlite/mlflow.db");

beforeAll(async () => {
  if (!existsSync(cli)) {
    await build({
      entryPoints: [fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url))],
      outfile: cli,
      bundle: true,
      platform: "node",
      format: "cjs",
      banner: { js: "#!/usr/bin/env node" },
      define: { __VERSION__: '"0.0.0"' },
    });
  }
});

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", maxBuffer: 1e8 });
  return { status, stdout, stderr };
}

describe("the built command line", () => {
  it("writes JSON and nothing else to standard output, and no warning of Node's to standard error", () => {
    const { status, stdout, stderr } = run("runs", "--store", database, "--json", "--quiet");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect((JSON.parse(stdout) as { runs: unknown[] }).runs.length).toBeGreaterThan(50);
  });

  it("ends with 2 and a sentence without a stack", () => {
    const { status, stdout, stderr } = run("runs", "--store", "/nowhere/mlflow.db");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")).toHaveLength(2);
    expect(stderr).not.toMatch(/ at .*:\d+/);
  });

  it("is quiet when a pipe's reader leaves", async () => {
    const child = spawn(process.execPath, [cli, "runs", "--store", database, "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("ends with 130 on an interrupt, without a word", async () => {
    // A server that accepts and stays silent keeps the command waiting.
    const { createServer } = await import("node:net");
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      sockets.add(socket);
      child.kill("SIGINT");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const child = spawn(process.execPath, [cli, "runs", "--store", `http://127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
  });
});
