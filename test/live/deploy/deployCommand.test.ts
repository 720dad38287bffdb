import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import type { Deployment } from "../../../src/core/deployment/deployment";
import { readChainedLog } from "../../../src/adapters/node/chainedLog";
import { mlops } from "../../builders/memoryHost";
import { never, openLive } from "../liveStore";
import { MlflowServer, pythonEnv, venvOf } from "../mlflowServer";

const scratch = mkdtempSync(join(tmpdir(), "mlops-release-"));
const MODEL = "churn 1";

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Report {
  readonly plan: DeployPlan;
  readonly deployment: Deployment | null;
}

describe.each([2, 3] as const)("mlops deploy with a server of MLflow %i", (major) => {
  let server: MlflowServer;
  let root: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(scratch, "server-"));
    server = await MlflowServer.start({ major, folder, backend: "sqlite:///mlflow.db" });
    execFileSync(join(venvOf(major), "bin", "python"), [join(import.meta.dirname, "registeredVersions.py"), server.url, "churn", "1"], {
      cwd: folder,
      env: pythonEnv(major),
      stdio: "ignore",
    });
    root = mkdtempSync(join(scratch, "product-"));
    mkdirSync(join(root, "churn"));
    writeFileSync(
      join(root, "churn", "mlops.yaml"),
      `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
stage: development
owner: ana@example.org
risk: minimal
personal_data: no
tracking: {uri: "${server.url}"}
model: {name: ${MODEL}, version: "1"}
deploy:
  gate: warn
  targets:
    staging: {type: mlflow_alias, alias: challenger}
`,
    );
    const git = (...args: readonly string[]): void => void execFileSync("git", [...args], { cwd: root, stdio: "ignore" });
    git("init", "-q");
    git("add", "churn");
    git("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "-q", "-m", "Describe the model");
  });

  afterAll(() => server.kill());

  const run = async (...args: readonly string[]): Promise<Report & { readonly code: number; readonly stderr: string }> => {
    const { code, stdout, stderr } = await mlops([...args, "--json"], { cwd: root, env: pythonEnv(major) });
    return { ...(stdout === "" ? { plan: {} as DeployPlan, deployment: null } : (JSON.parse(stdout) as Report)), code, stderr };
  };
  const alias = async (): Promise<string | undefined> => {
    const store = await openLive(server.url);
    try {
      return (await store.getRegisteredModel(MODEL, never)).aliases.get("challenger");
    } finally {
      store.dispose();
    }
  };

  it("releases, releases the next, and goes back, with a log that verifies", async () => {
    expect(await run("deploy", "churn", "--yes")).toMatchObject({ code: 0, deployment: { state: "succeeded", serves: "1" } });
    const second = await run("deploy", "churn", "--version", "2", "--yes", "--reason", "Better");
    expect(second).toMatchObject({ code: 0, plan: { previous: "1" }, deployment: { state: "succeeded", serves: "2" } });
    expect(second.plan.gate.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await alias()).toBe("2");
    const back = await run("rollback", "churn", "--yes");
    // The gate only warned of the first release, so that going back to it is judged like one.
    expect(back).toMatchObject({
      code: 0,
      plan: { version: "1", gate: { mode: "warn", is_rollback: false } },
      deployment: { serves: "1" },
    });
    expect(back.plan.gate.checks.map(({ id }) => id)).toContain("rollback:log");
    expect(await alias()).toBe("1");
    const log = await readChainedLog(join(root, "churn", ".mlops", "deployments.jsonl"));
    expect(log).toMatchObject({ fault: null, unfinished: null });
    expect(log.lines).toHaveLength(3);
    expect(
      readFileSync(join(root, "churn", ".mlops", "gate-log.jsonl"), "utf8")
        .trim()
        .split("\n"),
    ).toHaveLength(3);
  });

  it("lets one of two releases at once win, and the loser change nothing", async () => {
    const ends = await Promise.all([run("deploy", "churn", "--version", "3", "--yes"), run("deploy", "churn", "--version", "4", "--yes")]);
    const won = ends.filter(({ deployment }) => deployment?.state === "succeeded");
    expect(won.length).toBeGreaterThan(0);
    const last = await alias();
    const log = await readChainedLog<{ serves: string; state: string }>(join(root, "churn", ".mlops", "deployments.jsonl"));
    expect(log.fault).toBeNull();
    expect(log.lines.at(-1)?.entry).toMatchObject({ state: "succeeded", serves: last });
    for (const { deployment, code } of ends.filter((one) => !won.includes(one))) {
      expect(deployment).toBeNull();
      expect(code).not.toBe(0);
    }
  });

  it("refuses a version that is not there, and says of a server that is gone that it is", async () => {
    const none = await run("deploy", "churn", "--version", "77", "--yes");
    expect(none).toMatchObject({ code: 2, deployment: null });
    expect(none.stderr).toContain(`The registry has no version 77 of ${MODEL}.`);
    await server.kill();
    const gone = await run("deploy", "churn", "--version", "2", "--yes");
    expect(gone.deployment).toBeNull();
    expect(gone.code).not.toBe(0);
    expect(gone.stderr).toContain("Nothing was changed: the plan is blocked.");
    await server.restart();
    expect(await run("deploy", "churn", "--version", "2", "--yes")).toMatchObject({ code: 0, deployment: { serves: "2" } });
  });
});
