import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { showView, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-compute-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const line = (name: string, labels: string, value: number): string => `${name}{${labels}} ${value}\n`;
const NODE_1 = 'gpu="0",UUID="GPU-1",modelName="NVIDIA A10",Hostname="node-1"';
const NODE_2 = 'gpu="0",UUID="GPU-2",modelName="NVIDIA A10",Hostname="node-2"';
const SLICE = 'gpu="1",UUID="GPU-3",GPU_I_ID="1",modelName="NVIDIA A100",Hostname="node-2"';
/** As an exporter of DCGM writes it: one machine is idle, one works, and of a slice only memory is known. */
const METRICS = [
  line("DCGM_FI_DEV_GPU_UTIL", NODE_1, 1),
  line("DCGM_FI_DEV_FB_USED", NODE_1, 18_000),
  line("DCGM_FI_DEV_FB_FREE", NODE_1, 5028),
  line("DCGM_FI_DEV_GPU_UTIL", NODE_2, 87),
  line("DCGM_FI_DEV_FB_USED", SLICE, 500),
].join("");

const exporter = createServer((request, response) => {
  const isKnown = request.url === "/metrics";
  response.writeHead(isKnown ? 200 : 404).end(isKnown ? METRICS : "");
});
await new Promise<void>((resolve) => exporter.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${(exporter.address() as AddressInfo).port}`;
exporter.unref();

export const suite: E2eSuite = {
  workspace: folder,
  settings: {
    "mlops.compute.sources": [
      { type: "prometheus", address: `${address}/metrics`, instance: "gpu-a10" },
      { type: "ray", address: "http://127.0.0.1:9" },
    ],
  },
  before: () => {
    mkdirSync(join(folder, ".mlops"), { recursive: true });
    writeFileSync(
      join(folder, ".mlops", "policy.yaml"),
      "version: 1\nprices: {currency: EUR, instances: {gpu-a10: 3600}}\nidle: {gpu_below: 5, for: 5s}\n",
    );
    return Promise.resolve(() => {
      exporter.closeAllConnections();
      exporter.close();
      return Promise.resolve();
    });
  },
  tests: {
    "shows what is idle since when and at what price, and reminds of it; what is not measured is not idle": async ({ workbench }) => {
      await showView(workbench, "Compute");
      const view = workbench.view("Compute");
      const row = (text: string | RegExp): ReturnType<typeof view.locator> => view.locator(".monaco-list-row", { hasText: text });
      await row(/node-2.*0 of 2 idle.*the use of 1 is not measured/s).waitFor();
      await row(/GPU 0.*87 % in use/s).waitFor();
      await row(/GPU 1\/1.*use not measured/s).waitFor();
      await row(/Ray at http:\/\/127\.0\.0\.1:9.*cannot be reached/s).waitFor();
      await row(/node-1.*idle since .* EUR so far/s).waitFor();
      await workbench.toast("All graphics processors of node-1 have been idle for").waitFor();
      await workbench.screenshotInThemes("compute-view");
    },
  },
};
