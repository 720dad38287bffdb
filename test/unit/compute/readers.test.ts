import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parseSmiCsv } from "../../../src/adapters/nvidiaSmi/parseSmiCsv";
import { readNvidiaSmi } from "../../../src/adapters/nvidiaSmi/readNvidiaSmi";
import { parseExposition } from "../../../src/adapters/prometheus/parseExposition";
import { readDcgm } from "../../../src/adapters/prometheus/readDcgm";
import { toProcessors } from "../../../src/adapters/prometheus/toProcessors";
import { readRayProcessors } from "../../../src/adapters/ray/readRayProcessors";
import { answerServer } from "../../fakes/answerServer";

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "compute-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * In the form that the driver's help (`nvidia-smi --help-query-gpu`) describes: the second is cut into slices, so that the driver does not tell its
 * use; the third failed.
 */
const SMI = `0, GPU-5a2e6c1f-0f0e-4f53-9b7f-1f6f2f6b7a01, NVIDIA A10G, 87, 18034, 23028, 201.35
1, GPU-9c1d2e3f-1111-4f53-9b7f-1f6f2f6b7a02, NVIDIA A100-SXM4-40GB, [N/A], 0, 40960, 56.10
2, GPU-0b1c2d3e-2222-4f53-9b7f-1f6f2f6b7a03, Tesla T4, [Unknown Error], [Not Supported], 15360, [N/A]
`;

/** In the form of the exporter's own page. Source: https://github.com/NVIDIA/dcgm-exporter (README); labels of slices as its documentation has them. */
const DCGM = `# HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %).
# TYPE DCGM_FI_DEV_GPU_UTIL gauge
DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-604ac76c",device="nvidia0",modelName="Tesla T4",Hostname="node-1"} 3
DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-604ac76c",device="nvidia0",modelName="Tesla T4",Hostname="node-1"} 11000
DCGM_FI_DEV_FB_FREE{gpu="0",UUID="GPU-604ac76c",device="nvidia0",modelName="Tesla T4",Hostname="node-1"} 4360
DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-604ac76c",device="nvidia0",modelName="Tesla T4",Hostname="node-1"} 25.5 1795492601000
DCGM_FI_DEV_FB_USED{gpu="1",UUID="GPU-7",GPU_I_ID="1",GPU_I_PROFILE="1g.5gb",modelName="A100",Hostname="node-1"} 5
DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="1",UUID="GPU-7",GPU_I_ID="2",GPU_I_PROFILE="1g.5gb",modelName="A100",Hostname="node-1"} 0.25
DCGM_FI_DEV_GPU_UTIL{gpu="2",UUID="GPU-8",modelName="A\\"1\\\\0",Hostname="node-2"} 9223372036854775794
DCGM_FI_DEV_GPU_UTIL{gpu="3",UUID="GPU-9",Hostname="node-2"} NaN
other_metric 4
`;

describe("nvidia-smi", () => {
  it("tells use, memory and power, and null for what the driver does not tell", () => {
    const read = parseSmiCsv(SMI, "here");
    expect(read.map(({ index, name, use, memoryUsed, memoryTotal, power }) => [index, name, use, memoryUsed, memoryTotal, power])).toEqual([
      ["0", "NVIDIA A10G", 87, 18034, 23028, 201.35],
      ["1", "NVIDIA A100-SXM4-40GB", null, 0, 40960, 56.1],
      ["2", "Tesla T4", null, null, 15360, null],
    ]);
    expect(new Set(read.map(({ id }) => id)).size).toBe(3);
  });

  it("takes no other text for a processor, and never a use that is none", () => {
    expect(parseSmiCsv("No devices were found\n", "here")).toEqual([]);
    fc.assert(
      fc.property(fc.string(), fc.string(), (line, field) => {
        for (const { use } of parseSmiCsv(`${line}\n0, GPU-1, a, ${field}, 1, 2, 3\n`, "here")) {
          expect(use === null || (use >= 0 && use <= 100)).toBe(true);
        }
      }),
    );
  });

  it("is started without a shell and with a list of arguments", async () => {
    const program = join(folder, "smi; echo broken");
    writeFileSync(program, `#!/bin/sh\n[ $# -eq 2 ] || exit 9\ncat <<'END'\n${SMI}END\n`);
    chmodSync(program, 0o755);
    expect(await readNvidiaSmi(never, program)).toHaveLength(3);
  });

  it("that is not there is told apart from one that fails, and says why", async () => {
    expect(await readNvidiaSmi(never, join(folder, "none"))).toBeNull();
    const program = join(folder, "failing");
    writeFileSync(program, "#!/bin/sh\necho 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'\nexit 9\n");
    chmodSync(program, 0o755);
    await expect(readNvidiaSmi(never, program)).rejects.toThrow(/could not communicate with the NVIDIA driver/);
  });

  it("ends when cancelled", async () => {
    const program = join(folder, "slow");
    writeFileSync(program, "#!/bin/sh\nexec sleep 30\n");
    chmodSync(program, 0o755);
    const controller = new AbortController();
    const work = readNvidiaSmi(controller.signal, program);
    controller.abort();
    await expect(work).rejects.toThrow(/cancel/i);
  });
});

describe("DCGM", () => {
  it("is read from its text, with slices by what their engine did, and null for what is not told", () => {
    const read = toProcessors(parseExposition(DCGM), "fallback");
    expect(
      read.map(({ node, index, name, use, memoryUsed, memoryTotal, power }) => [node, index, name, use, memoryUsed, memoryTotal, power]),
    ).toEqual([
      ["node-1", "0", "Tesla T4", 3, 11000, 15360, 25.5],
      ["node-1", "1/1", "A100", null, 5, null, null],
      ["node-1", "1/2", "A100", 25, null, null, null],
      ["node-2", "2", 'A"1\\0', null, null, null, null],
    ]);
  });

  it("reads any text without failing", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...DCGM.split("\n")))), (lines) => {
        for (const { use } of toProcessors(parseExposition(lines.join("\n")), "x")) {
          expect(use === null || (use >= 0 && use <= 100)).toBe(true);
        }
      }),
    );
  });

  it("is asked at the exporter's page, and at Prometheus by a query", async () => {
    const result = parseExposition(DCGM).map(({ name, labels, value }) => ({
      metric: { __name__: name, ...labels },
      value: [1, String(value)],
    }));
    const asked: string[] = [];
    const server = await answerServer(({ url, authorization }) => {
      asked.push(`${url.split("?")[0] ?? ""} ${authorization}`);
      const text = url === "/metrics" ? DCGM : JSON.stringify({ status: "success", data: { resultType: "vector", result } });
      return { status: 200, text };
    });
    const page = await readDcgm(`${server}/metrics`, {}, never);
    const found = await readDcgm(server, { authorization: "Bearer x" }, never);
    expect(page).toHaveLength(4);
    expect(found).toEqual(page);
    expect(asked).toEqual(["/metrics ", "/api/v1/query Bearer x"]);
  });

  it.each([
    [{ status: 401, text: "" }, /does not accept the login/],
    [{ status: 404, text: "not found" }, /HTTP 404/],
    [{ status: 200, text: "<html>sign in</html>" }, /a web page/],
    [{ status: 200, text: '{"status":"error","error":"bad"}' }, /cannot be understood/],
  ] as const)("says what is wrong with %j", async (answer, message) => {
    await expect(readDcgm(await answerServer(() => answer), {}, never)).rejects.toThrow(message);
  });
});

describe("Ray", () => {
  it("tells the processors of the nodes that live; -1 is no use", async () => {
    const gpu = { index: 0, name: "NVIDIA A10G", uuid: "GPU-1", utilizationGpu: 0, memoryUsed: 100, memoryTotal: 23028, powerMw: 15250 };
    const summary = [
      { hostname: "head", ip: "10.0.0.1", gpus: [], raylet: { state: "ALIVE", nodeId: "a" } },
      {
        hostname: "w1",
        ip: "10.0.0.2",
        gpus: [gpu, { ...gpu, index: 1, uuid: "GPU-2", utilizationGpu: -1, powerMw: null }],
        raylet: { state: "ALIVE", nodeId: "b" },
      },
      { hostname: "w2", ip: "10.0.0.3", gpus: [gpu], raylet: { state: "DEAD", nodeId: "c" } },
      { ip: "10.0.0.4", raylet: { nodeId: "d" }, gpus: [{ index: 0, utilizationGpu: null }] },
    ];
    const server = await answerServer(() => ({ status: 200, text: JSON.stringify({ result: true, msg: "", data: { summary } }) }));
    const read = await readRayProcessors(server, { token: null, login: null }, never);
    expect(read.map(({ node, index, use, power }) => [node, index, use, power])).toEqual([
      ["w1", "0", 0, 15.25],
      ["w1", "1", null, null],
      ["10.0.0.4", "0", null, null],
    ]);
  });
});
