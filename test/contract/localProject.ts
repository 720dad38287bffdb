import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { createLocalEngine } from "../../src/adapters/localProcess/localEngine";
import type { OwnEngineOptions } from "../../src/adapters/node/jobs/ownEngine";
import type { TrainingEngine } from "../../src/core/training/trainingEngine";
import type { TrainSpec } from "../../src/core/training/trainSpec";
import type { SampleKind } from "./trainingEngineSuite";
import { trainSpec } from "../builders/retrainPlan";

export const SECRET = "hunter2-very-secret";

const SCRIPTS: Readonly<Record<SampleKind, string>> = {
  succeed: `console.log("begin"); setTimeout(() => console.log("done ✓"), 150);`,
  fail: `console.log("begin"); process.exitCode = 3;`,
  long: `console.log("begin"); setTimeout(() => undefined, 600000);`,
  echo: `console.log(JSON.stringify(process.argv[2]));`,
};
const START = `require("node:fs").appendFileSync("starts.txt", "x");\n`;

export function localEngine(runner: string, more: Partial<OwnEngineOptions> = {}): TrainingEngine {
  return createLocalEngine({
    runner,
    execPath: process.execPath,
    env: process.env,
    pythonHint: () => Promise.resolve(null),
    secrets: () => Promise.resolve({ env: { MLFLOW_TRACKING_PASSWORD: SECRET }, token: null, login: null }),
    ...more,
  });
}

/** A folder with a script of Node as its training. */
export function localProject(parent: string, kind: SampleKind): TrainSpec {
  return scriptProject(parent, SCRIPTS[kind], kind === "echo" ? ["{text}"] : []);
}

export function scriptProject(parent: string, script: string, args: readonly string[] = []): TrainSpec {
  const root = mkdtempSync(join(parent, "project-"));
  mkdirSync(join(root, "product"));
  writeFileSync(join(root, "product", "train.cjs"), START + script);
  return specOf(root, [process.execPath, "train.cjs", ...args]);
}

export function specOf(root: string, command: readonly string[]): TrainSpec {
  return trainSpec({
    ...{ product: "Sample", config: "product/mlops.yaml", root, folder: join(root, "product"), command },
    tracking: { uri: "sqlite:///mlflow.db", experiment: "sample" },
  });
}

/** How often the script of a project has begun. */
export function startsOf({ folder }: TrainSpec): number {
  const file = join(folder, "starts.txt");
  return existsSync(file) ? readFileSync(file, "utf8").length : 0;
}
