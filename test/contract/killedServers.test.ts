import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { buildSync } from "esbuild";
import { afterAll, expect, it } from "vitest";

import { freePort } from "../../src/adapters/mlflowServe/ports";
import { toUserText } from "../../src/core/base/appError";
import { seededMoments } from "../builders/seededMoments";
import { FOREIGN_SERVERS, SERVER_SECRET } from "../fakes/foreignServers";

const KILLS = 10;
const scratch = mkdtempSync(join(tmpdir(), "mlops-killed-servers-"));
let child: ChildProcess | undefined;

afterAll(() => {
  child?.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

async function isUp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

it(`servers that are killed ${KILLS} times while they answer leave an answer or a sentence each time, and are asked again by the same clients`, async () => {
  const program = join(scratch, "servers.cjs");
  buildSync({ entryPoints: ["test/contract/foreignServerHost.ts"], outfile: program, bundle: true, platform: "node", format: "cjs" });
  const ports: number[] = [];
  while (ports.length < FOREIGN_SERVERS.length) {
    const port = await freePort("127.0.0.1");
    ports.push(...(ports.includes(port) ? [] : [port]));
  }
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [program, ports.join()], { stdio: "ignore" });
    while (!(await Promise.all(ports.map(isUp))).every(Boolean)) {
      await pause(20);
    }
  };
  const clients = FOREIGN_SERVERS.flatMap(({ name, calls }, index) =>
    Object.entries(calls(`http://127.0.0.1:${ports[index] ?? 0}`, 10_000)).map(([call, work]) => ({ name: `${name} ${call}`, work })),
  );
  const askAll = (): Promise<readonly { readonly name: string; readonly error: unknown }[]> =>
    Promise.all(
      clients.map(async ({ name, work }) => {
        try {
          await work();
          return { name, error: null };
        } catch (error) {
          return { name, error };
        }
      }),
    );
  const moment = seededMoments(41);
  let cut = 0;
  await start();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const asked = askAll();
    await pause(moment(60));
    // Until it is really gone it would still be found at its ports, and the next one would find them taken.
    const gone = child === undefined ? Promise.resolve() : once(child, "exit");
    child?.kill("SIGKILL");
    await gone;
    for (const { name, error } of await asked) {
      if (error !== null) {
        cut += 1;
        expect((error as Error).name, name).toMatch(/^(AppError|GithubError)$/);
        expect(toUserText(error)).toMatch(/^\S.*\.$/s);
        expect(toUserText(error)).not.toMatch(new RegExp(`undefined|${SERVER_SECRET}`));
      }
    }
    await start();
    for (const { name, error } of await askAll()) {
      expect(error, `${name} after kill ${kill}`).toBeNull();
    }
  }
  expect(cut).toBeGreaterThan(KILLS);
}, 120_000);
