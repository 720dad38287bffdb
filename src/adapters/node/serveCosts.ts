import type { CostReader } from "../../core/cost/costReader";
import type { RpcHandlers } from "../../protocol/rpc";
import type { CostWorkerMethods } from "./storeProtocol";

/** The worker's side of what `WorkerStoreOpener` is asked of money. */
export function serveCosts(reader: CostReader): RpcHandlers<CostWorkerMethods> {
  return {
    costReport: ({ question }, signal) => reader.report(question, signal),
    costedRuns: ({ location, gpuBelow }, signal) => reader.runs(location, gpuBelow, signal),
  };
}
