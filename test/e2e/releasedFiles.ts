import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

import type { Workbench } from "../harness/workbench.mjs";

/** A version whose scoring fails, as that of a model with a missing package does. */
export const BROKEN = "15";

/** Where models of the tests are released to: it serves what it was told last, and answers as a model does. */
export class ReleaseServer {
  readonly versions = new Map<string, string>();
  /** Requests of any kind. */
  asked = 0;
  private readonly server: Server = createServer((request, response) => {
    this.asked += 1;
    const [, name = "", what = "", version = ""] = (request.url ?? "").split("/");
    const served = this.versions.get(name);
    const send = (status: number, answer: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    };
    request.resume().on("end", () => {
      if (what === "release") {
        this.versions.set(name, version);
        send(200, {});
      } else if (served === undefined) {
        send(503, { message: "Nothing was released yet." });
      } else if (what === "health") {
        send(200, { model_version: served });
      } else if (served === BROKEN) {
        send(500, { message: "No module named 'lightgbm'" });
      } else {
        send(200, { predictions: [0, 1] });
      }
    });
  });

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  start(): Promise<void> {
    this.server.unref(); // It must not keep a run alive that chose other tests.
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Tells the server which version it serves from now on. */
export const RELEASE_SCRIPT = `
const [address, version] = process.argv.slice(2);
console.log("releasing version " + version);
const answer = await fetch(address + "/release/" + version, { method: "POST" });
process.exitCode = answer.ok ? 0 : 1;
`;

/** A target of the kind command that releases to the server. @param script the file with RELEASE_SCRIPT, from the product's folder. */
export function commandTarget(address: string, name: string, script: string): string {
  const place = `${address}/${name}`;
  const command = `[${JSON.stringify(process.execPath)}, ${script}, "${place}", "{version}"]`;
  return `{type: command, command: ${command}, address: "${place}/", health: health, score: invocations}`;
}

/** Puts versions of a model into a folder as MLflow lays out its registry; each has an input example and an F1 of its own. */
export function registerVersions(folder: string, model: string, versions: Readonly<Record<string, number>>): void {
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const time = 1_790_000_000_000;
  put("mlruns/1/meta.yaml", `artifact_location: ${folder}/mlruns/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: ${model}\n`);
  put(`mlruns/models/${model}/meta.yaml`, `name: ${model}\ncreation_timestamp: ${time}\nlast_updated_timestamp: ${time}\n`);
  for (const [version, f1] of Object.entries(versions)) {
    const id = version.padStart(32, "0");
    const run = `mlruns/1/${id}`;
    put(
      `${run}/meta.yaml`,
      `artifact_uri: ${folder}/${run}/artifacts\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: training-${version}\nstart_time: ${time}\nend_time: ${time + 60_000}\nstatus: 3\nuser_id: ana\n`,
    );
    put(`${run}/metrics/f1`, `${time} ${f1} 0\n`);
    put(`${run}/params/depth`, version);
    const example = "saved_input_example_info:\n  artifact_path: input_example.json\n  type: dataframe\n  pandas_orient: split\n";
    put(`${run}/artifacts/model/MLmodel`, `flavors:\n  python_function: {}\n${example}`);
    put(`${run}/artifacts/model/model.pkl`, `weights of ${version}`);
    put(`${run}/artifacts/model/input_example.json`, '{"columns": ["age", "plan"], "data": [[41, "a"], [23, "b"]]}');
    put(
      `${run}/artifacts/model/serving_input_example.json`,
      '{"dataframe_split": {"columns": ["age", "plan"], "data": [[41, "a"], [23, "b"]]}}',
    );
    put(
      `mlruns/models/${model}/version-${version}/meta.yaml`,
      `name: ${model}\nversion: '${version}'\ncurrent_stage: None\nstatus: READY\nrun_id: ${id}\nsource: ${folder}/${run}/artifacts/model\nstorage_location: ${folder}/${run}/artifacts/model\ncreation_timestamp: ${time}\nlast_updated_timestamp: ${time}\n`,
    );
  }
}

/** Asks for a deployment of a product from the palette, and gives its page. */
export async function openDeploy(workbench: Workbench, product: string): Promise<ReturnType<Workbench["webview"]>> {
  await workbench.runCommand("MLOps: Deploy…");
  await workbench.quickInput().fill(product);
  await workbench.quickPick(product).waitFor();
  await workbench.page.keyboard.press("Enter");
  const page = workbench.webview();
  await page.getByRole("heading", { level: 1, name: /^Deploy / }).waitFor();
  return page;
}
