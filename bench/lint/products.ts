import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A product's file as a team has it after a year: all blocks, written out line by line. @param lines how many lines at least. */
export function productText(name: string, lines: number): string {
  const head = `version: 1
name: ${name}
purpose: Predict which customers may leave, so that support can call them first.
stage: staging
pipeline: dvc.yaml
train:
  engine: dvc
  environment: requirements.lock
  params: {seed: 7}
  trigger: {on_drift: fail}
  resources: {gpus: 1, timeout: 2h}
roles:
  owner: {name: Ana Ruiz, email: ana@example.org, deputy: leo@example.org}
  operator: {team: ml-ops, email: ml-ops@example.org}
  requirements: {name: Mia Berg, email: mia@example.org}
  data_steward: {name: Sam Oduya, email: sam@example.org}
  compliance: {name: Ines Roth, email: ines@example.org}
  dpo: {name: Paul Weiss, email: dpo@example.org}
evaluation: {report: reports/eval.json, commit: 3f2c1ab, date: 2026-11-10, signed_by: mia@example.org}
monitoring:
  reference: data/train.csv
  live: logs/scored.csv
  drift: {method: auto, psi_warn: 0.1, psi_fail: 0.25}
  checks: {every: 7 days}
  alert: [{to: ml-ops@example.org, when: fail}]
cost: {budget: 900 EUR/month, owner: ana@example.org}
risk: minimal
personal_data: no
review: {every: 6 months, last: 2026-11-10}
kpis:
  - {name: f1, target: ">= 0.80", data: data/test.csv}
data:
  - {path: data/test.csv, use: test, license: internal}
`;
  const parts = [head];
  for (let count = head.split("\n").length - 1, index = 0; count < lines; index++, count += 7) {
    parts.push(`  - path: data/part-${index}.csv # from the warehouse
    use: train
    version: {dvc: true}
    origin: CRM export ${2000 + (index % 25)}
    license: internal
    refresh: monthly
    steps: [deduplicated, names removed]
`);
  }
  return parts.join("");
}

/** Writes as many products as asked for, each in a folder of its own with the files that it names. */
export function writeProducts(root: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const folder = join(root, `team-${index % 20}`, `model-${index}`);
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write("mlops.yaml", productText(`model-${index}`, 60));
    write("dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py, data/part-0.csv]\n    outs: [model.pkl]\n");
    write("train.py", "print('train')\n");
    write("requirements.lock", "scikit-learn==1.7.2\n");
    write("data/part-0.csv", `id,plan,usage\n${index},a,1\n`);
    write("data/test.csv", `id,plan,usage\n${index + 100_000},b,2\n`);
  }
}

/** Makes the folder a repository with a history of changes to its products by twenty people. */
export function writeHistory(root: string, commits: number, products: number): void {
  const lines: string[] = [];
  const start = Date.UTC(2025, 0, 1) / 1000;
  const blob = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;
  for (let index = 0; index < commits; index++) {
    const person = `person${index % 20} <person${index % 20}@example.org> ${start + index * 5000} +0000`;
    const product = (index * 7) % products;
    const file = `team-${product % 20}/model-${product}/${index % 3 === 0 ? "mlops.yaml" : "train.py"}`;
    lines.push(
      `commit refs/heads/main\nauthor ${person}\ncommitter ${person}\n${blob(`Change ${index}`)}\nM 100644 inline ${file}\n${blob(`# ${index}\n`)}\n`,
    );
  }
  const git = (args: readonly string[], input?: string): void => {
    const { status, stderr } = spawnSync("git", ["-C", root, ...args], { input, encoding: "utf8" });
    if (status !== 0) {
      throw new Error(`git ${args[0] ?? ""} failed: ${stderr}`);
    }
  };
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["fast-import", "--quiet", "--force"], lines.join(""));
}
