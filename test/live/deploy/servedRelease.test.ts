import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { DEPLOY_CONFIG, writeProduct } from "../../builders/deployWorld";
import { buildJobRunner } from "../../contract/jobRunnerBundle";
import { unusedPort, versionAt } from "../../contract/servedSample";
import { pythonEnv, venvOf } from "../mlflowServer";
import { buildServingHost, ServedReleases } from "./interruptedServing";

const MODEL = "churn";
const INPUT = { dataframe_split: { columns: ["amount", "country"], data: [[1.5, "de"]] } };
// A release starts MLflow twice, which takes ten seconds and more.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const scratch = mkdtempSync(join(tmpdir(), "mlops-served-release-"));
const kept = { ...process.env };

describe("releases that MLflow really serves", () => {
  let releases: ServedReleases;
  let address = "";

  beforeAll(async () => {
    // Whoever starts a release has an environment without logins of a tracker.
    Object.assign(process.env, pythonEnv(3), { PATH: process.env["PATH"] });
    const database = join(scratch, "mlflow.db");
    const python = join(venvOf(3), "bin", "python");
    execFileSync(python, [join(import.meta.dirname, "releasedModels.py"), `sqlite:///${database}`, MODEL], {
      ...{ cwd: scratch, env: pythonEnv(3), stdio: "ignore" },
    });
    address = `http://127.0.0.1:${await unusedPort()}`;
    const root = mkdtempSync(join(scratch, "product-"));
    writeProduct(
      root,
      `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
owner: ana@example.org
model: {name: ${MODEL}}
deploy: {targets: {staging: {type: mlflow_serve, address: "${address}", timeout: 90s}}}
`,
    );
    releases = new ServedReleases(
      {
        root,
        serving: { kind: "mlflow_serve", runner: buildJobRunner(), database, python },
        held: () => versionAt(address, INPUT),
      },
      buildServingHost(scratch),
    );
  });

  afterAll(async () => {
    await releases.opened.controls.run(DEPLOY_CONFIG, "staging", { kind: "stop" }, NEVER_CANCELLED);
    expect(await versionAt(address, INPUT)).toBeNull();
    Object.assign(process.env, kept);
    rmSync(scratch, { recursive: true, force: true });
  });

  it("go back by themselves where a version loads and fails when it is asked, and say what the model said", async () => {
    expect((await releases.inOwnProcess("1", "")).isEnded).toBe(true);
    expect(await versionAt(address, INPUT)).toBe("1");
    const failed = await releases.release("3");
    expect(failed).toMatchObject({ state: "rolled_back", serves: "1", scoring: { ok: false } });
    expect(failed.scoring?.message).toContain("the scaler was trained on other columns");
    expect(await versionAt(address, INPUT)).toBe("1");
    expect(await releases.status()).toMatchObject({ version: "1", health: { state: "healthy" } });
    await releases.expectTrueState();
  });

  it("show what answers, whenever the process that releases is killed, and go on from there", async () => {
    // Nothing answers right after the old version was stopped; the new one does right after it was started.
    await releases.killedAt("after stop", "2");
    expect(await versionAt(address, INPUT)).toBeNull();
    await releases.killedAt("after start", "2");
    expect(await versionAt(address, INPUT)).toBe("2");
    expect(await releases.release("1")).toMatchObject({ state: "succeeded", serves: "1", scoring: { ok: true } });
    await releases.expectTrueState();
  });
});
