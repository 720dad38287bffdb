import { mkdtempSync, rmSync } from "node:fs";
import * as http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { writeProduct } from "../../builders/deployWorld";
import { versionAt } from "../../contract/servedSample";
import { type RayHead, startRay } from "../engines/startRay";
import { freePort } from "../engines/watchedServer";
import { buildServingHost, ServedReleases } from "./interruptedServing";

const INPUT = { inputs: [[1], [2]] };
// A release takes ten seconds and more.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const scratch = mkdtempSync(join(tmpdir(), "mlops-ray-release-"));

describe("releases that Ray really serves", () => {
  let head: RayHead;
  let releases: ServedReleases;
  let served: () => Promise<string | null>;

  beforeAll(async () => {
    head = await startRay();
    const port = await freePort();
    await serveAt(head.url, port);
    served = () => versionAt(`http://127.0.0.1:${port}/churn`, INPUT, "");
    const root = mkdtempSync(join(scratch, "product-"));
    const env = JSON.stringify({ env_vars: { PYTHONPATH: import.meta.dirname } });
    writeProduct(
      root,
      `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
owner: ana@example.org
model: {name: churn}
deploy:
  targets:
    staging: {type: ray_serve, address: "${head.url}", application: churn, import_path: "servedApp:build", runtime_env: ${env}, timeout: 90s}
`,
    );
    releases = new ServedReleases({ root, serving: { kind: "ray_serve" }, held: served }, buildServingHost(scratch));
  });

  afterAll(async () => {
    await head.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("go back by themselves where a version runs and fails when it is asked", async () => {
    expect((await releases.inOwnProcess("1", "")).isEnded).toBe(true);
    expect(await served()).toBe("1");
    const failed = await releases.release("15");
    expect(failed).toMatchObject({ state: "rolled_back", serves: "1", scoring: { ok: false } });
    expect(await served()).toBe("1");
    expect(await releases.status()).toMatchObject({ version: "1", health: { state: "healthy" } });
    await releases.expectTrueState();
  });

  it("show what answers, whenever the process that releases is killed, and go on from there", async () => {
    const [step = ""] = (await releases.plan("2")).steps.map(({ id }) => id);
    await releases.killedAt(`before ${step}`, "2");
    expect(await served()).toBe("1");
    await releases.killedAt(`after ${step}`, "2");
    expect(await served()).toBe("2");
    await releases.killedAt("append", "1");
    expect(await served()).toBe("1");
    expect(await releases.release("2")).toMatchObject({ state: "succeeded", serves: "2", scoring: { ok: true } });
    await releases.expectTrueState();
  });
});

/** Where the cluster answers is chosen before its first application. */
function serveAt(url: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${url}/api/serve/applications/`,
      { method: "PUT", headers: { "content-type": "application/json" }, agent: false },
      (reply) => {
        reply.resume().on("end", () => (reply.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${reply.statusCode ?? 0}`))));
      },
    );
    request.on("error", reject);
    request.end(JSON.stringify({ http_options: { host: "127.0.0.1", port }, applications: [] }));
  });
}
