import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type Answer = { readonly status: number; readonly text: string; readonly headers?: Record<string, string> } | "cut" | "silent";

/** A server on this machine that answers each request as told. */
export async function answerServer(answer: (request: { method: string; url: string; authorization: string }) => Answer): Promise<string> {
  const server = http.createServer((request, response) => {
    request.resume();
    const { method = "", url = "" } = request;
    const told = answer({ method, url, authorization: request.headers.authorization ?? "" });
    if (told === "silent") {
      return;
    }
    if (told === "cut") {
      response.destroy();
      return;
    }
    response.writeHead(told.status, told.headers).end(told.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
