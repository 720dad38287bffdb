import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { createCommandTarget } from "../../src/adapters/command/commandTarget";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { TargetSpec } from "../../src/core/deployment/targetSpec";
import { targetSpec } from "../builders/targetSpec";
import { deployDraft, deployTargetSuite, type TrialPlace } from "./deployTargetSuite";

const scratch = mkdtempSync(join(tmpdir(), "mlops-command-"));
const servers = new Set<Server>();
const SECRET = "hunter2-very-secret";

afterAll(() => {
  servers.forEach((server) => {
    server.closeAllConnections();
    server.close();
  });
  rmSync(scratch, { recursive: true, force: true });
});

/** Writes the version that it is told where the server below reads it, but for version 3, which it writes badly. */
const SCRIPT = `
const { writeFileSync } = require("node:fs");
console.log("releasing", process.env.MLOPS_MODEL, process.env.MLOPS_VERSION);
if (process.argv[2] === "fail") { console.error("it is broken"); process.exit(3); }
if (process.argv[2] === "long") { setTimeout(() => undefined, 600000); } else { writeFileSync("released.txt", process.argv[2]); }
`;

function project(): string {
  const folder = mkdtempSync(join(scratch, "project-"));
  writeFileSync(join(folder, "release.cjs"), SCRIPT);
  return folder;
}

function specIn(folder: string, changes: Partial<TargetSpec> = {}): TargetSpec {
  return targetSpec({ type: "command", folder, command: [process.execPath, "release.cjs", "{version}"], timeoutMs: 20_000, ...changes });
}

function held(folder: string): string | null {
  const path = join(folder, "released.txt");
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** A service of the team's own, which serves what the command released. */
async function service(folder: string): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const version = held(folder);
    request.resume();
    const isBroken = version === "3" && request.url === "/score";
    response.writeHead(isBroken ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(request.url === "/score" ? { predictions: [1] } : { status: "ok", model_version: version ?? undefined }));
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

const target = (): ReturnType<typeof createCommandTarget> => createCommandTarget({ env: { ...process.env, RELEASE_TOKEN: SECRET } });
const versions = [
  { version: "1", source: null },
  { version: "2", source: null },
] as const;

deployTargetSuite("command", {
  target,
  place: (): Promise<TrialPlace> => {
    const folder = project();
    const spec = specIn(folder);
    return Promise.resolve({
      ...{ spec, versions, broken: { version: "fail", source: null }, input: null },
      ...{ holds: () => Promise.resolve(held(folder)), moveElsewhere: null, takeAway: null },
    });
  },
  secret: SECRET,
  canTell: false,
  hasHealth: false,
});

deployTargetSuite("command with a service", {
  target,
  place: async (): Promise<TrialPlace> => {
    const folder = project();
    const { address, close } = await service(folder);
    return {
      spec: specIn(folder, { address, health: "/health", score: "score" }),
      versions,
      broken: { version: "3", source: null },
      input: { inputs: [[1]] },
      holds: () => Promise.resolve(held(folder)),
      moveElsewhere: ({ version }) => {
        writeFileSync(join(folder, "released.txt"), version);
        return Promise.resolve();
      },
      takeAway: close,
    };
  },
  secret: SECRET,
  // It does once something is released; before, its answer names no version.
  canTell: false,
});

describe("a command", () => {
  const release = async (spec: TargetSpec, version: string, log: string[] = [], signal = NEVER_CANCELLED): Promise<void> => {
    const draft = deployDraft(spec, { version, source: null });
    const facts = await target().inspect(spec, NEVER_CANCELLED);
    for (const step of target().steps(draft, facts)) {
      await target().apply(draft, step, (line) => log.push(line), signal);
    }
  };

  it("tells the version that its service names", async () => {
    const folder = project();
    const { address } = await service(folder);
    const spec = specIn(folder, { address, health: "/health" });
    await release(spec, "7");
    expect(await target().inspect(spec, NEVER_CANCELLED)).toMatchObject({ version: "7", canTell: true });
    expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({ state: "healthy", version: "7" });
  });

  it("hands words over unchanged, whatever they hold, and hands its words on", async () => {
    const folder = project();
    const nasty = `it's "2"; $(touch x) \`id\` %PATH% {version}`;
    const log: string[] = [];
    await release(specIn(folder), nasty, log);
    expect(held(folder)).toBe(nasty);
    expect(existsSync(join(folder, "x"))).toBe(false);
    expect(log).toContain(`releasing churn ${nasty}`);
  });

  it("refuses a word that a shell would read as more", async () => {
    const folder = project();
    const spec = specIn(folder, { command: ["echo {version}"], shell: true });
    await expect(release(spec, "2; touch x")).rejects.toMatchObject({ code: "usage" });
    expect(existsSync(join(folder, "x"))).toBe(false);
  });

  it("says how it ended, with its last words in the log", async () => {
    const log: string[] = [];
    await expect(release(specIn(project()), "fail", log)).rejects.toMatchObject({ message: "The command ended with exit code 3." });
    expect(log).toContain("it is broken");
  });

  it("goes back by the command that is named for it", async () => {
    const folder = project();
    const spec = specIn(folder, { rollbackCommand: [process.execPath, "release.cjs", "back to {version} from {previous}"] });
    const draft = deployDraft(spec, { version: "1", source: null }, { previous: "2", isRollback: true });
    const steps = target().steps(draft, await target().inspect(spec, NEVER_CANCELLED));
    for (const step of steps) {
      await target().apply(draft, step, () => undefined, NEVER_CANCELLED);
    }
    expect(held(folder)).toBe("back to 1 from 2");
  });

  it("says of a program that is not there that it is not", async () => {
    const spec = specIn(project(), { command: ["no-such-program-here"] });
    expect(await target().inspect(spec, NEVER_CANCELLED)).toMatchObject({ health: { ok: false } });
    await expect(target().health(spec, NEVER_CANCELLED)).resolves.toMatchObject({ state: "unknown" });
  });

  it("ends what it started when it is called off", async () => {
    const stop = new AbortController();
    const work = release(specIn(project()), "long", [], stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });

  it("keeps lines that hold a secret out of the log", async () => {
    const folder = project();
    const token = `ghp_${"a1B2".repeat(10)}`;
    writeFileSync(join(folder, "release.cjs"), `console.log("token " + ${JSON.stringify(token)});`);
    const log: string[] = [];
    await release(specIn(folder), "1", log);
    expect(log.join("\n")).toContain("a GitHub token");
    expect(log.join("\n")).not.toContain(token);
  });
});
