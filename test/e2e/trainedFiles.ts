import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Workbench } from "../harness/workbench.mjs";

/** Trains for as long as it is told, and as there is a file `hold` beside it, and leaves a run behind as MLflow's folders have it. */
const TRAIN = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
const options = Object.fromEntries(process.argv.slice(2).map((one) => one.replace(/^--/, "").split("=")));
appendFileSync("started.txt", JSON.stringify(process.argv.slice(2)) + "\\n");
const id = [...Array(32)].map(() => Math.floor(Math.random() * 16).toString(16)).join("");
const start = Date.now();
for (let epoch = 1; epoch <= 10; epoch++) {
  console.log("epoch " + epoch + "/10");
  await new Promise((resolve) => setTimeout(resolve, Number(options.seconds) * 100));
}
while (existsSync("hold")) await new Promise((resolve) => setTimeout(resolve, 100));
const run = "mlruns/1/" + id;
for (const name of ["metrics", "params", "tags", "artifacts"]) mkdirSync(run + "/" + name, { recursive: true });
writeFileSync(run + "/meta.yaml", [
  "artifact_uri: mlruns/1/" + id + "/artifacts", "end_time: " + Date.now(), "entry_point_name: ''", "experiment_id: '1'", "lifecycle_stage: active",
  "run_id: " + id, "run_name: by-hand", "run_uuid: " + id, "source_name: ''", "source_type: 4", "source_version: ''",
  "start_time: " + start, "status: 3", "tags: []", "user_id: somebody", "",
].join("\\n"));
writeFileSync(run + "/metrics/f1", Date.now() + " 0.91 0\\n");
writeFileSync(run + "/params/lr", options.lr);
for (const [name, value] of Object.entries(JSON.parse(process.env.MLFLOW_RUN_CONTEXT ?? "{}"))) writeFileSync(run + "/tags/" + name, value);
`;

/** What a product of the tests says of its training. */
interface Trained {
  /** How long its training takes. */
  readonly seconds: number;
  /** Behind the path of its data, such as `, expect: {…}`. */
  readonly data?: string;
  /** Further fields of `train`, such as `, trigger: {…}`. */
  readonly train?: string;
}

/** The lines of an mlops.yaml that say how a model is trained. */
export function trainBlock({ seconds, train = "" }: Trained): string {
  const command = `[${JSON.stringify(process.execPath)}, train.mjs, "--lr={lr}", "--seconds={seconds}"]`;
  return `train: {engine: local, command: ${command}, params: {lr: 0.1, seconds: ${seconds}}, code: [train.mjs]${train}}\n`;
}

/** The script and the store that `trainBlock` needs. */
export function writeTraining(place: string, name: string): void {
  mkdirSync(join(place, "mlruns", "1"), { recursive: true });
  const time = 1_790_000_000_000;
  writeFileSync(
    join(place, "mlruns", "1", "meta.yaml"),
    `artifact_location: mlruns/1\ncreation_time: ${time}\nexperiment_id: '1'\nlast_update_time: ${time}\nlifecycle_stage: active\nname: ${name}\n`,
  );
  writeFileSync(join(place, "train.mjs"), TRAIN);
}

/** A product in a folder of its name that can be trained. */
export function writeTrained(folder: string, name: string, about: Trained): void {
  const place = join(folder, name);
  writeTraining(place, name);
  writeFileSync(join(place, "data.csv"), "id,amount\n1,10\n2,20\n");
  writeFileSync(
    join(place, "mlops.yaml"),
    `version: 1
name: ${name}
purpose: Try a training from the palette to its end, for whoever tests it.
owner: ana.ruiz@example.org
tracking: {uri: mlruns, experiment: ${name}}
${trainBlock(about)}data: [{path: data.csv, use: train${about.data ?? ""}}]
kpis: [{name: f1, target: ">= 0.80"}]
`,
  );
}

/** Asks for a training of a product from the palette, and gives its page. */
export async function plan(workbench: Workbench, product: string): Promise<ReturnType<Workbench["webview"]>> {
  await workbench.runCommand("MLOps: Retrain…");
  await workbench.quickInput().fill(product);
  await workbench.quickPick(product).waitFor();
  await workbench.page.keyboard.press("Enter");
  const page = workbench.webview();
  await page.getByRole("heading", { name: `Retrain ${product}` }).waitFor();
  return page;
}

/** Arguments of each start of a product's training. */
export function started(workspace: string, product: string): readonly (readonly string[])[] {
  const file = join(workspace, product, "started.txt");
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as readonly string[])
    : [];
}
