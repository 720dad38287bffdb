import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import { isAppError } from "../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { idOf } from "../builders/mlrunsFolder";
import { HOSTILE_HTML, type HostileWorkspace, hostileWorkspace, OUTSIDE_SECRET, UNSEEN } from "../builders/hostileWorkspace";
import { mlops } from "../builders/memoryHost";

let workspace: HostileWorkspace;
let server: Server;
let seen: { readonly url: string; readonly headers: string }[];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? "", headers: JSON.stringify(request.headers) });
    response.end(HOSTILE_HTML);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  workspace = hostileWorkspace(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  workspace.dispose();
});

/** All that reads; nothing of it is asked to train, release or write. */
const COMMANDS: readonly (readonly string[])[] = [
  ["lint"],
  ["lint", "--format", "sarif"],
  ["lint", "--format", "markdown"],
  ["status"],
  ["status", "--json"],
  ["status", "--format", "html"],
  ["cost", "--store", "mlruns"],
  ["monitor", "--no-write"],
  ["check-data"],
  ["verify"],
  ["gate", "--no-log"],
  ["report", "--format", "markdown"],
  ["report", "--format", "html"],
  ["experiments", "--store", "mlruns"],
  ["runs", "--store", "mlruns", "--experiment", "1"],
  ["show", idOf("e"), "--store", "mlruns"],
  ["compare", "--run", idOf("e"), "--run", idOf("e"), "--store", "mlruns"],
  ["retrain", "--plan-only"],
  ["deploy", "--plan-only", "--version", "1"],
];

describe("A workspace that means harm", () => {
  it.each(COMMANDS.map((args) => [args.join(" "), args] as const))(
    "executes nothing, stays inside and shows signs as text: mlops %s",
    async (_, args) => {
      // A login in the environment is for the server that the environment names, and goes nowhere else.
      const env = { PATH: process.env["PATH"], MLFLOW_TRACKING_URI: "http://127.0.0.1:9", MLFLOW_TRACKING_TOKEN: "login-of-a-person" };
      const { code, stdout, stderr } = await mlops(args, { cwd: workspace.root, env });
      expect(workspace.executed()).toEqual([]);
      expect(workspace.isOutsideUntouched()).toBe(true);
      const all = stdout + stderr;
      expect(code, all.slice(0, 2000)).toBeLessThan(5);
      expect(all).not.toContain(OUTSIDE_SECRET);
      expect(all).not.toContain("root:x:0");
      expect(all).not.toMatch(/TypeError|RangeError|Cannot read properties|undefined|\bNaN\b/);
      if (args.includes("--json") || args.includes("sarif")) {
        // Programs read it, and get each text as it is.
        expect(() => JSON.parse(stdout) as unknown).not.toThrow();
        expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
      } else {
        expect(UNSEEN.exec(all)?.[0] ?? "", excerpt(all)).toBe("");
      }
      if (args.includes("html") || args.includes("markdown")) {
        expect(stdout).not.toMatch(/<img src=x|<script>alert/);
      }
      expect(seen.filter(({ headers }) => headers.includes("login-of-a-person"))).toEqual([]);
    },
  );

  it("does not get the person's login by a server that its .env names", async () => {
    const env = { PATH: process.env["PATH"], MLFLOW_TRACKING_TOKEN: "login-of-a-person" };
    await mlops(["experiments"], { cwd: workspace.root, env });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ headers }) => headers.includes("login-of-a-person"))).toEqual([]);
  });

  it("hands out no file of an artifact folder that leads outside", async () => {
    const store = await openFileStore(`${workspace.root}/mlruns`, NEVER_CANCELLED);
    const owner = { kind: "run", runId: idOf("e") } as const;
    for (const path of [
      "link.csv",
      "../../../../../outside/secret.csv",
      "/etc/passwd",
      "secret.csv",
      "..\\secret.csv",
      "a/../../secret.csv",
    ]) {
      const read: unknown = await store.readArtifact(owner, path, { maxBytes: 1000 }, NEVER_CANCELLED).then(
        (bytes) => Buffer.from(bytes).toString("utf8"),
        (error: unknown) => error,
      );
      expect(isAppError(read), `${path}: ${JSON.stringify(read)}`).toBe(true);
    }
    store.dispose();
  });
});

function excerpt(text: string): string {
  const at = text.search(UNSEEN);
  return JSON.stringify(text.slice(Math.max(0, at - 120), at + 60));
}
