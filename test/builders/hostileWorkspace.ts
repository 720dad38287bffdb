import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { idOf } from "./mlrunsFolder";

/** Stands in files outside of the workspace; whoever shows it has left the workspace. */
export const OUTSIDE_SECRET = "outside-secret-7f3a";
/** What a page would run. */
export const HOSTILE_HTML = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
/** Colours, a link and a title of a terminal; a turned direction; signs without width. */
const HOSTILE_SIGNS = "\u001b[31mred\u001b]8;;http://evil.example\u0007link\u001b]0;title\u0007\u202egnp.exe\u200b\u2066x\u2069\ufeff";
/** What must stand in no label and on no terminal: signs that it obeys, that turn a line around, or that nobody sees. */
export const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

const MARK = "was-executed";
const RUN = idOf("e");

export interface HostileWorkspace {
  /** Real path of what is opened. */
  readonly root: string;
  /** Files that something executed has left; none is as it should be. */
  readonly executed: () => readonly string[];
  /** Whether what lies beside the workspace is as it was. */
  readonly isOutsideUntouched: () => boolean;
  readonly dispose: () => void;
}

/** @param server an address that notes each request. */
export function hostileWorkspace(server: string): HostileWorkspace {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "mlops-hostile-")));
  const [root, outside] = [join(place, "workspace"), join(place, "outside")];
  const write = (path: string, text: string, isProgram = false): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, isProgram ? 0o755 : 0o644);
  };
  const link = (to: string, path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(to, join(root, path));
  };
  const mark = join(place, MARK);
  const touch = (name: string): string => `touch ${join(mark, name)}`;
  mkdirSync(mark);
  write(join(outside, "secret.csv"), `secret\n${OUTSIDE_SECRET}\n`);
  write(join(outside, "secret.json"), JSON.stringify({ metrics: { f1: 0.9 }, secret: OUTSIDE_SECRET }));
  write(join(outside, "secret.yaml"), `owner: ${OUTSIDE_SECRET}@example.org\nname: ${OUTSIDE_SECRET}\n`);
  write(join(outside, "policy.yaml"), `version: 1\nroles: [${OUTSIDE_SECRET}]\n`);
  write(join(outside, "dvc.yaml"), `stages: {${OUTSIDE_SECRET}: {cmd: x}}\n`);
  // Programs by the names that tools are looked for.
  for (const name of [
    "python",
    "python3",
    "dvc",
    "git",
    "mlflow",
    "uv",
    "nvidia-smi",
    "node",
    ".venv/bin/python",
    ".venv/bin/dvc",
    "venv/bin/python",
  ]) {
    write(join(root, name), `#!/bin/sh\n${touch(name.replaceAll("/", "-"))}\n`, true);
  }
  write(join(root, "mlops.yaml"), product(server, touch));
  write(join(root, "second.mlops.yaml"), `$include: ../outside/secret.yaml\nversion: 1\npurpose: {$include: /etc/passwd}\n`);
  link("../outside/secret.yaml", "third.mlops.yaml");
  write(join(root, ".mlops/policy.yaml"), "version: 1\nextends: [../../outside/policy.yaml, /etc/passwd]\n");
  write(join(root, ".env"), `MLFLOW_TRACKING_URI=${server}\nMLFLOW_TRACKING_TOKEN=x\nPATH=${root}\nLD_PRELOAD=${root}/x.so\n`);
  write(
    join(root, "dvc.yaml"),
    `stages:\n  train:\n    cmd: ${touch("dvc-stage")}\n    deps: [../outside/secret.csv]\n    outs: [../../etc]\n`,
  );
  write(join(root, "MLproject"), `entry_points:\n  main:\n    command: "${touch("mlproject")}"\n`);
  write(join(root, "conf/base/catalog.yml"), `x:\n  type: !!python/object/apply:os.system ["${touch("catalog")}"]\n`);
  write(join(root, "train.py"), `import os\nos.system("${touch("train-py")}")\n`);
  write(
    join(root, ".github/workflows/train.yml"),
    `name: "${HOSTILE_HTML.replaceAll('"', "'")}"\non: {workflow_dispatch: {}}\njobs: {a: {runs-on: x, steps: [{run: "${touch("workflow")}"}]}}\n`,
  );
  write(join(root, "CODEOWNERS"), `* ${"@a".repeat(5000)} ${HOSTILE_HTML}\n`);
  link("../outside/secret.csv", "data/link.csv");
  link("../outside", "data/folder");
  link("../../workspace", "data/loop");
  store(root, write, link, server);
  records(root, write);
  hooks(root, touch);
  const before = outsideState(outside);
  return {
    root,
    executed: () => readdirSync(mark),
    isOutsideUntouched: () => outsideState(outside) === before && !existsSync(join(place, "escaped")),
    dispose: () => rmSync(place, { recursive: true, force: true }),
  };
}

function outsideState(folder: string): string {
  return readdirSync(folder)
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`)
    .join();
}

function product(server: string, touch: (name: string) => string): string {
  const name = JSON.stringify(`churn ${HOSTILE_HTML} ${HOSTILE_SIGNS}`);
  return `version: 1
name: ${name}
owner: ${JSON.stringify(`ana@example.org${HOSTILE_SIGNS}`)}
purpose: ${JSON.stringify(`${HOSTILE_HTML} [a](command:workbench.action.terminal.new) ${HOSTILE_SIGNS}`)}
tracking: ${server}
pipeline: ../outside/dvc.yaml
train: {engine: local, command: ${JSON.stringify(touch("train"))}, shell: true, params_file: ../outside/secret.yaml}
data:
  - {path: ../outside/secret.csv, use: train}
  - {path: data/link.csv, use: test}
  - {path: "data/${"n".repeat(3000)}.csv", use: test}
  - {path: "data/folder/*.csv", use: test}
kpis:
  - {name: ${JSON.stringify(`f1 ${HOSTILE_HTML}`)}, target: ">= 0.9"}
evaluation: {report: ../outside/secret.json}
monitoring: {reference: ../outside/secret.csv, live: data/folder/secret.csv, schedule: daily}
deploy:
  targets:
    ${JSON.stringify(`prod ${HOSTILE_HTML}`)}: {type: command, command: [sh, -c, ${JSON.stringify(touch("deploy"))}], health: "${server}/health"}
${"unknown_".repeat(500)}: 1
`;
}

function store(root: string, write: (path: string, text: string) => void, link: (to: string, path: string) => void, server: string): void {
  const mlruns = join(root, "mlruns");
  write(
    join(mlruns, "1/meta.yaml"),
    `artifact_location: file:///etc\nexperiment_id: '1'\nlifecycle_stage: active\nname: ${JSON.stringify(`exp ${HOSTILE_HTML} ${HOSTILE_SIGNS}`)}\n`,
  );
  const meta = `artifact_uri: ../../../outside\nend_time: 1700000060000\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: ${RUN}\nrun_name: ${JSON.stringify(`run ${HOSTILE_HTML}`)}\nrun_uuid: ${RUN}\nstart_time: 1700000000000\nstatus: 3\nuser_id: ${JSON.stringify(HOSTILE_SIGNS)}\n`;
  write(join(mlruns, `1/${RUN}/meta.yaml`), meta);
  write(join(mlruns, `1/${RUN}/metrics/f1`), "1700000000000 0.5 1\n");
  write(join(mlruns, `1/${RUN}/params/lr`), `${HOSTILE_HTML}${HOSTILE_SIGNS}`);
  write(
    join(mlruns, `1/${RUN}/tags/mlflow.note.content`),
    `# x\n${HOSTILE_HTML}\n[run](command:workbench.action.quit)\n![](${server}/beacon.png)\n`,
  );
  write(join(mlruns, `1/${RUN}/tags/mlflow.source.git.repoURL`), "ext::sh -c touch% escaped");
  write(join(mlruns, `1/${RUN}/artifacts/page.html`), HOSTILE_HTML);
  link("../../../../../outside/secret.csv", `mlruns/1/${RUN}/artifacts/link.csv`);
  link("../outside", "mlruns/2");
}

function records(root: string, write: (path: string, text: string) => void): void {
  const id = "churn-20261130-120000-a1b2c3";
  const job = {
    ...{ schema: 1, id, product: HOSTILE_HTML, config: "../../outside/x", engine: "local", planHash: "1", fingerprint: null },
    ...{
      reason: { kind: "manual", text: HOSTILE_SIGNS },
      againBecause: null,
      phase: "submitted",
      outcome: null,
      createdAt: 1,
      by: HOSTILE_HTML,
    },
    handle: { engine: "local", jobId: id, externalId: "../../../outside", place: null, webUrl: "command:workbench.action.quit" },
    status: { state: "running", message: HOSTILE_SIGNS, startedAt: 1, endedAt: null, exitCode: null, progress: null, tasks: [] },
  };
  write(join(root, `.mlops/jobs/${id}/job.json`), JSON.stringify(job));
  write(join(root, `.mlops/jobs/${id}/process.json`), JSON.stringify({ pid: 1, supervisor: { pid: 1 } }));
  write(
    join(root, ".mlops/signoffs/a.yaml"),
    `subject: deployment\ndecision: approved\nwho: {name: ${JSON.stringify(HOSTILE_HTML)}, email: x@y}\nevidence: [{path: ../../outside/secret.csv, sha256: x}]\nstatement: ${JSON.stringify(HOSTILE_SIGNS)}\n`,
  );
  write(join(root, ".mlops/deployments.jsonl"), `${HOSTILE_HTML}\n`);
  write(join(root, ".mlops/gate-log.jsonl"), "[".repeat(20_000));
}

/** A repository whose own settings name programs for all that git does. */
function hooks(root: string, touch: (name: string) => string): void {
  const git = (...args: readonly string[]): void =>
    void execFileSync("git", ["-C", root, "-c", "core.hooksPath=/dev/null", ...args], { stdio: "ignore" });
  git("init", "-q");
  writeFileSync(join(root, ".gitattributes"), "*.yaml diff=evil filter=evil\n*.csv diff=evil\n");
  git("add", "mlops.yaml", "CODEOWNERS", "train.py");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", `${HOSTILE_HTML} ${HOSTILE_SIGNS}`);
  for (const [key, name] of [
    ["core.fsmonitor", "fsmonitor"],
    ["core.pager", "pager"],
    ["core.sshCommand", "ssh"],
    ["core.editor", "editor"],
    ["core.askPass", "askpass"],
    ["diff.external", "diff-external"],
    ["diff.evil.textconv", "textconv"],
    ["filter.evil.clean", "clean"],
    ["filter.evil.smudge", "smudge"],
    ["credential.helper", "credential"],
    ["gpg.program", "gpg"],
    ["uploadpack.packObjectsHook", "pack"],
  ] as const) {
    git("config", key, `!${touch(`git-${name}`)}; true`.replace(/^!/, key === "credential.helper" ? "!" : ""));
  }
  git("config", "log.showSignature", "true");
  for (const hook of ["post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"]) {
    const path = join(root, ".git/hooks", hook);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${touch(`hook-${hook}`)}\n`);
    chmodSync(path, 0o755);
  }
}
