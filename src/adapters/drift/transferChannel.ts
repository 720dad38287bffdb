import type { MessagePort, Worker } from "node:worker_threads";
import type { RpcChannel } from "../../protocol/rpc";

/** The two ends of a thread as an RPC channel that hands arrays of numbers over instead of copying them. The sender loses them. */
export function transferChannel(port: Worker | MessagePort): RpcChannel {
  return {
    post: (message) => port.postMessage(message, [...buffersIn(message, new Set())]),
    listen: (listener) => {
      port.on("message", listener);
      return () => port.off("message", listener);
    },
  };
}

/** Counts by category lie in maps and are copied: they are few. */
function buffersIn(value: unknown, found: Set<ArrayBuffer>): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) {
      found.add(value.buffer);
    }
  } else if (Array.isArray(value)) {
    // Lists of plain values, such as the edges of bins, hold none.
    if (typeof value[0] === "object") {
      value.forEach((item) => buffersIn(item, found));
    }
  } else if (typeof value === "object" && value !== null && !(value instanceof Map)) {
    Object.values(value).forEach((item) => buffersIn(item, found));
  }
  return found;
}
