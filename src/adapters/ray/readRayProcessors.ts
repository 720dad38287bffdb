import * as v from "valibot";

import type { CancelSignal } from "../../core/base/cancel";
import type { ProcessorSample } from "../../core/compute/processor";
import type { EngineSecrets } from "../../core/training/trainingEngine";
import { serverAddress } from "../node/httpJson";
import { RayHttp } from "./rayHttp";

const NUMBER = v.nullish(v.number());
const GPU = v.object({
  index: v.number(),
  name: v.nullish(v.string()),
  uuid: v.nullish(v.string()),
  utilizationGpu: NUMBER,
  memoryUsed: NUMBER,
  memoryTotal: NUMBER,
  powerMw: NUMBER,
});
const NODE = v.object({
  hostname: v.optional(v.string(), ""),
  ip: v.optional(v.string(), ""),
  gpus: v.nullish(v.array(GPU)),
  raylet: v.optional(v.object({ state: v.optional(v.string(), "ALIVE"), nodeId: v.optional(v.string(), "") }), {}),
});
const NODES = v.object({ data: v.object({ summary: v.array(NODE) }) });
const TIMEOUT_MS = 15_000;

/**
 * The processors of the nodes that live, as the cluster's dashboard tells. Ray writes -1 for a use that it cannot read, as for slices (MIG).
 * Source: `GpuUtilizationInfo` in ray/dashboard/modules/reporter/reporter_models.py of Ray 2.5x.
 * @param timeoutMs for the whole call. @throws AppError
 */
export async function readRayProcessors(
  address: string,
  secrets: Pick<EngineSecrets, "token" | "login">,
  signal: CancelSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<readonly ProcessorSample[]> {
  const server = serverAddress(address, "The address of a source in mlops.compute.sources");
  const { data } = await new RayHttp(server, secrets, timeoutMs).get("/nodes?view=summary", NODES, signal);
  return data.summary
    .filter(({ raylet }) => raylet.state === "ALIVE")
    .flatMap(({ hostname, ip, gpus, raylet }) =>
      (gpus ?? []).map(({ index, name, uuid, utilizationGpu: use, memoryUsed, memoryTotal, powerMw }): ProcessorSample => {
        const node = hostname !== "" ? hostname : ip;
        return {
          id: `${raylet.nodeId === "" ? node : raylet.nodeId} ${uuid ?? index}`,
          node,
          index: String(index),
          name: name ?? null,
          use: use === null || use === undefined || use < 0 || use > 100 ? null : use,
          memoryUsed: atLeastZero(memoryUsed),
          memoryTotal: atLeastZero(memoryTotal),
          power: atLeastZero(powerMw) === null ? null : (powerMw ?? 0) / 1000,
        };
      }),
    );
}

function atLeastZero(value: number | null | undefined): number | null {
  return value === null || value === undefined || value < 0 ? null : value;
}
