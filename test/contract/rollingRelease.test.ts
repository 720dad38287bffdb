import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, describe, expect, it, onTestFinished } from "vitest";

import { createCommandTarget } from "../../src/adapters/command/commandTarget";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { Deployment } from "../../src/core/deployment/deployment";
import { openDeployments } from "../../src/core/deployment/openDeployments";
import { DEPLOY_CONFIG, DEPLOY_PRODUCT, deployWorld, writeProduct } from "../builders/deployWorld";

const scratch = mkdtempSync(join(tmpdir(), "mlops-rolling-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Says that a version is to come, as what starts a rolling release does; it is there only later. */
const SCRIPT = `
const { appendFileSync, writeFileSync } = require("node:fs");
writeFileSync("wanted.txt", process.argv.at(-1));
appendFileSync("commands.txt", process.argv.slice(2).join(" ") + "\\n");
`;

interface Rolled {
  readonly done: Deployment;
  readonly log: readonly string[];
  /** What the command was called with, in turn. */
  readonly commands: readonly string[];
}

/**
 * Releases version 2 where version 1 is, at a real service.
 * @param answers the version that the service names, from the one that is wanted and how often it was asked since that is wanted.
 */
async function roll(answers: (wanted: string, asked: number) => string, seconds: number): Promise<Rolled> {
  const root = mkdtempSync(join(scratch, "case-"));
  const [command, back] = ["{version}", "back to {version}"].map((word) =>
    JSON.stringify([process.execPath, "release.cjs", ...word.split(" ")]),
  );
  let [before, asked] = ["1", 0];
  const server = createServer((request, response) => {
    const path = join(folder, "wanted.txt");
    const wanted = existsSync(path) ? readFileSync(path, "utf8") : "1";
    asked = wanted === before ? asked + 1 : 1;
    before = wanted;
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ model_version: answers(wanted, asked) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = `{type: command, command: ${command}, rollback_command: ${back}, address: "${address}", health: /health, timeout: ${seconds}s}`;
  const folder = dirname(writeProduct(root, DEPLOY_PRODUCT.replace("{type: command, command: [release]}", target)));
  writeFileSync(join(folder, "release.cjs"), SCRIPT);
  const { planning, deployments } = openDeployments(deployWorld(root, createCommandTarget({ env: process.env })));
  const wish = { config: DEPLOY_CONFIG, target: "staging", version: "2", intent: "deploy", reason: null } as const;
  const plan = await planning.plan(wish, NEVER_CANCELLED);
  expect(plan).toMatchObject({ previous: "1", version: "2" });
  const log: string[] = [];
  const done = await deployments.run(
    plan,
    null,
    () => undefined,
    (line) => log.push(line),
    NEVER_CANCELLED,
  );
  return { done, log, commands: readFileSync(join(folder, "commands.txt"), "utf8").trim().split("\n") };
}

describe("a rolling release by a command", () => {
  it("is waited for while the version before still answers", async () => {
    const { done, log, commands } = await roll((wanted, asked) => (wanted === "2" && asked < 3 ? "1" : wanted), 30);
    expect(done).toMatchObject({ state: "succeeded", serves: "2" });
    expect(log).toContain("Version 1 answers still.");
    expect(commands).toEqual(["2"]);
  });

  it("is waited for also where two versions answer by turns for a while", async () => {
    const { done } = await roll((wanted, asked) => (wanted === "2" && asked < 6 && asked % 2 === 0 ? "1" : wanted), 30);
    expect(done).toMatchObject({ state: "succeeded", serves: "2" });
  });

  it("goes back where the version before still answers at the end of the time, because the new one may still come", async () => {
    const { done, commands } = await roll(() => "1", 3);
    expect(done).toMatchObject({ state: "rolled_back", serves: "1" });
    expect(done.message).toMatch(/was not done within .* Version 1 was put back by itself\.$/);
    expect(commands).toEqual(["2", "back to 1"]);
  });

  it("is not waited for where a third version answers, which stands", async () => {
    const { done, commands } = await roll((wanted) => (wanted === "2" ? "7" : wanted), 30);
    expect(done).toMatchObject({ state: "failed", serves: "7" });
    expect(done.message).toContain("Version 7 answers there, not 2. That stands");
    expect(commands).toEqual(["2"]);
  });
});
