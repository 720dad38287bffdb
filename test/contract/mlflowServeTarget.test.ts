import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";

import { createMlflowServeTarget, type MlflowServeOptions } from "../../src/adapters/mlflowServe/mlflowServeTarget";
import { servedFolder } from "../../src/adapters/mlflowServe/servedFolder";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { TargetSpec } from "../../src/core/deployment/targetSpec";
import { deployTargetSuite } from "./deployTargetSuite";
import { buildJobRunner } from "./jobRunnerBundle";
import { servedSpec, versionAt } from "./servedSample";

const scratch = mkdtempSync(join(tmpdir(), "mlops-serve-"));
const SECRET = "hunter2-of-the-registry";
const options: MlflowServeOptions = {
  runner: buildJobRunner(),
  execPath: process.execPath,
  env: process.env,
  secrets: () => Promise.resolve({ MLFLOW_TRACKING_PASSWORD: SECRET }),
};
const specs: TargetSpec[] = [];

afterEach(async () => {
  for (const spec of specs.splice(0)) {
    await createMlflowServeTarget(options).stop?.(spec, NEVER_CANCELLED);
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

deployTargetSuite("mlflow_serve (stand-in for MLflow)", {
  target: () => createMlflowServeTarget(options),
  place: async () => {
    const spec = await servedSpec(scratch);
    specs.push(spec);
    const current = (): { readonly process: string } =>
      JSON.parse(readFileSync(join(servedFolder(spec), "current.json"), "utf8")) as { process: string };
    return {
      spec,
      versions: [
        { version: "1", source: null },
        { version: "2", source: null },
      ],
      broken: { version: "13", source: null },
      input: { inputs: [[1]] },
      holds: () => versionAt(spec.address),
      moveElsewhere: null,
      takeAway: () => {
        const file = join(servedFolder(spec), current().process, "process.json");
        process.kill(-(JSON.parse(readFileSync(file, "utf8")) as { child: { pid: number } }).child.pid, "SIGKILL");
        return Promise.resolve();
      },
    };
  },
  secret: SECRET,
  canTell: true,
});
