import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { createDvcEngine } from "../../../src/adapters/dvc/dvcEngine";
import { openContentHashes } from "../../../src/adapters/node/contentHashes";
import { dvcStatus } from "../../../src/adapters/dvc/dvcStatus";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { TrainSpec } from "../../../src/core/training/trainSpec";
import { buildJobRunner } from "../../contract/jobRunnerBundle";
import { SECRET, specOf, startsOf } from "../../contract/localProject";
import { draftOf, type SampleKind, trainingEngineSuite, untilOver, wholeLog } from "../../contract/trainingEngineSuite";

const venv = resolve(process.env["MLOPS_VENV_PIPELINES"] ?? ".venvs/pipelines");
const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
const dvcProgram = join(venv, process.platform === "win32" ? "Scripts/dvc.exe" : "bin/dvc");
const scratch = mkdtempSync(join(tmpdir(), "mlops-dvc-"));
const runner = buildJobRunner();

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const START = `open("starts.txt", "a").write("x")\n`;
const SCRIPTS: Readonly<Record<SampleKind, string>> = {
  succeed: `import time\nprint("begin", flush=True)\ntime.sleep(0.2)\nprint("done")\n`,
  fail: `print("begin")\nraise SystemExit(3)\n`,
  long: `import time\nprint("begin", flush=True)\ntime.sleep(600)\n`,
  echo: `import json, pathlib\nfrom ruamel.yaml import YAML\nprint(json.dumps(YAML(typ="safe").load(pathlib.Path("params.yaml"))["text"], ensure_ascii=False))\n`,
};

const engine = () =>
  createDvcEngine({
    runner,
    execPath: process.execPath,
    env: { ...process.env, PYTHONUTF8: "1" },
    pythonHint: () => Promise.resolve(python),
    secrets: () => Promise.resolve({ env: { MLFLOW_TRACKING_PASSWORD: SECRET }, token: null, login: null }),
  });

function project(kind: SampleKind): TrainSpec {
  const root = mkdtempSync(join(scratch, "project-"));
  const folder = join(root, "product");
  mkdirSync(folder);
  writeFileSync(join(folder, "train.py"), START + SCRIPTS[kind]);
  writeFileSync(join(folder, "params.yaml"), "text: before\n");
  writeFileSync(join(folder, "dvc.yaml"), "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py]\n    params: [text]\n");
  writeFileSync(join(root, ".gitignore"), "starts.txt\n.mlops\n");
  const run = (program: string, ...args: string[]): unknown =>
    execFileSync(program, args, { cwd: root, stdio: "ignore", env: { ...process.env, DVC_NO_ANALYTICS: "1" } });
  run("git", "init", "-q");
  run(python, "-m", "dvc", "init", "-q");
  run("git", "add", "-A");
  run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Begin");
  return { ...specOf(root, []), engine: "dvc", pipeline: "product/dvc.yaml", paramsFile: "product/params.yaml" };
}

trainingEngineSuite("dvc", {
  engine,
  project: (kind) => Promise.resolve(project(kind)),
  starts: (spec) => Promise.resolve(startsOf(spec)),
  secret: SECRET,
  patienceMs: 60_000,
});

describe("A pipeline of DVC", () => {
  it("hands any text and list over unchanged, in a file of another folder than the product's", async () => {
    const root = project("succeed").root;
    const folder = join(root, "product");
    mkdirSync(join(root, "conf"));
    writeFileSync(join(root, "conf", "values.yaml"), "text: before\nmodel:\n  layers: [1, 2]\n");
    const read = `import json\nfrom ruamel.yaml import YAML\nprint("SEEN " + json.dumps(YAML(typ="safe").load(open("../conf/values.yaml"))))\n`;
    writeFileSync(join(folder, "train.py"), read);
    const params = "    params:\n      - ../conf/values.yaml:\n          - text\n          - model.layers\n";
    writeFileSync(join(folder, "dvc.yaml"), `stages:\n  train:\n    cmd: python train.py\n${params}`);
    execFileSync("git", ["add", "-A"], { cwd: root });
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Params"], { cwd: root });
    const spec: TrainSpec = { ...specOf(root, []), engine: "dvc", pipeline: "product/dvc.yaml", paramsFile: "conf/values.yaml" };
    const dvc = engine();
    const text = 'a\\b \\"c\\" ${d} \\${e}\nnew line\'s end\\';
    const layers = [text, 64, -0.5, true, null, [{ q: "x, y" }]];
    const draft = { ...draftOf(spec, { text, "model.layers": JSON.stringify(layers) }), lists: ["model.layers"] };
    const handle = await dvc.submit(draft, dvc.action(draft, await dvc.inspect(spec, NEVER_CANCELLED)), NEVER_CANCELLED);
    expect(await untilOver(dvc, handle, 60_000)).toMatchObject({ state: "succeeded" });
    const seen = /^SEEN (.+)$/m.exec(await wholeLog(dvc, handle, 60_000))?.[1] ?? "";
    expect(JSON.parse(seen)).toEqual({ text, model: { layers } });
  });

  it("knows a folder by the hash that DVC gives it, while it is as DVC saw it", async () => {
    const { root } = project("succeed");
    const images = join(root, "product", "images");
    mkdirSync(join(images, "deep"), { recursive: true });
    writeFileSync(join(images, "deep", "ü 😀.txt"), "one");
    writeFileSync(join(images, "ﬀ.txt"), "two");
    execFileSync(python, ["-m", "dvc", "add", "-q", images], { cwd: root, env: { ...process.env, DVC_NO_ANALYTICS: "1" } });
    const hash = () => openContentHashes(null, Date.now).hash(images, () => undefined, NEVER_CANCELLED);
    expect(await hash()).toMatchObject({ from: "dvc", size: 6 });
    writeFileSync(join(images, "new.txt"), "");
    expect(await hash()).toMatchObject({ from: "read", size: 6 });
  });

  it("tells its stages, and that nothing has changed after a training", async () => {
    const spec = project("succeed");
    const place = { dvc: { path: dvcProgram }, folder: spec.folder, env: process.env };
    const status = () => dvcStatus(place, [join(spec.root, "product", "dvc.yaml")], true, NEVER_CANCELLED);
    expect(await status()).toMatchObject({ kind: "changed" });
    const draft = draftOf(spec, {});
    const dvc = engine();
    const handle = await dvc.submit(draft, dvc.action(draft, await dvc.inspect(spec, NEVER_CANCELLED)), NEVER_CANCELLED);
    expect((await untilOver(dvc, handle, 60_000)).tasks).toEqual([{ name: "train", state: "succeeded" }]);
    expect(await status()).toEqual({ kind: "up_to_date" });
    writeFileSync(join(spec.folder, "params.yaml"), "text: after\n");
    expect(await status()).toEqual({
      kind: "changed",
      hasRun: true,
      changes: [{ stage: "train", kind: "param", name: "text", change: "changed", text: "train: text in params.yaml modified" }],
    });
    expect(await dvcStatus({ ...place, folder: scratch }, [], true, NEVER_CANCELLED)).toMatchObject({ kind: "unknown" });
  });
});
