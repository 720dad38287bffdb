import type { MessagePort, Worker } from "node:worker_threads";

import type { RpcChannel } from "../../protocol/rpc";

/** The two ends of a worker thread as an RPC channel. */
export function workerChannel(port: Worker | MessagePort): RpcChannel {
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on("message", listener);
      return () => port.off("message", listener);
    },
  };
}
