import { connect, createServer } from "node:net";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { pause } from "../node/pause";

const CONNECT_MS = 1000;
/** A server that has just ended may hold its port a little longer. */
const PATIENCE_MS = 3000;

/** A port of a host that nobody listens on at the moment. @throws AppError `usage` where the host is not this machine's. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      reject(
        new AppError("usage", `This machine cannot listen on ${host}.`, { remedy: "Correct the address of the target.", cause: error }),
      );
    });
    server.listen(0, bare(host), () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Whether somebody answers at an address. @param url as `ServeAddress.url`. */
export function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: bare(hostname), port: Number(port), timeout: CONNECT_MS });
    const end = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}

/** Comes back once nobody answers at an address. @throws AppError `usage` where somebody still does. */
export async function untilFree(url: string, signal: CancelSignal): Promise<void> {
  const begin = performance.now();
  while (await isListening(url)) {
    if (performance.now() - begin > PATIENCE_MS) {
      throw portTaken(url);
    }
    await pause(50, signal);
  }
}

export function portTaken(url: string): AppError {
  return new AppError("usage", `Another program answers at ${url}, so that no model can be served there.`, {
    remedy: "End it, or give the target another port.",
  });
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}
