import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

import { afterAll, describe, expect, it } from "vitest";

import { toUserText } from "../../src/core/base/appError";
import { type Answers, FOREIGN_SERVERS, type ForeignServer, SERVER_SECRET } from "../fakes/foreignServers";

/** Milliseconds that one request may take; whatever drips ends after twenty times that. */
const TIMEOUT_MS = 200;
/** Where it has to go well, also on a busy machine. */
const AMPLE_MS = 20_000;

/** Answers one request on a bare connection. @param good what a sound server would send. */
type Fault = (socket: Socket, good: string) => void;

const head = (length: number, more = ""): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;
const whole = (good: string): string => `${head(Buffer.byteLength(good))}${good}`;
const status = (line: string, body: string, more = ""): string =>
  `HTTP/1.1 ${line}\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`;

/** `answers` where the call has to go well all the same. */
const FAULTS: Readonly<Record<string, { readonly act: Fault; readonly answers?: true }>> = {
  "as it should be": { act: (socket, good) => socket.write(whole(good)), answers: true },
  "late, but in time": { act: (socket, good) => setTimeout(() => socket.write(whole(good)), TIMEOUT_MS / 8), answers: true },
  "in pieces": { act: (socket, good) => inPieces(socket, whole(good)), answers: true },
  "with nothing": { act: (socket) => socket.end() },
  "with silence": { act: () => undefined },
  "with a byte now and then": { act: (socket) => drip(socket, head(1_000_000), " ") },
  "with headers without end": { act: (socket) => drip(socket, "HTTP/1.1 200 OK\r\n", `x-more: ${"y".repeat(500)}\r\n`, 1) },
  "cut within its headers": { act: (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-le") },
  "cut within its body": { act: (socket, good) => socket.end(whole(good).slice(0, -Math.ceil(good.length / 2))) },
  "with half of its JSON": { act: (socket, good) => socket.write(whole(good.slice(0, Math.floor(good.length / 2)))) },
  "shorter than it says": { act: (socket, good) => socket.write(`${head(Buffer.byteLength(good) + 10)}${good}`) },
  "with ten gigabytes": { act: (socket) => socket.write(`${head(10_000_000_000)}{`) },
  "503 each time": { act: (socket) => socket.write(status("503 Service Unavailable", "<html>busy</html>")) },
  "500 with a stack": {
    act: (socket) => socket.write(status("500 Internal Server Error", `Traceback (most recent call last):\n  ${SERVER_SECRET}`)),
  },
  "429 for an hour": { act: (socket) => socket.write(status("429 Too Many Requests", "{}", "retry-after: 3600\r\n")) },
  "with a sign-in page": { act: (socket) => socket.write(whole("<!doctype html><title>Sign in</title>")) },
  "packed, which it is not": {
    act: (socket, good) => socket.write(`${head(Buffer.byteLength(good), "content-encoding: gzip\r\n")}${good}`),
  },
  "with itself as another address": { act: (socket) => socket.write(status("302 Found", "", "location: /elsewhere\r\n")) },
  "in the protocol of SSH": { act: (socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n") },
  "in TLS": { act: (socket) => socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 0x46])) },
  "with noise": { act: (socket) => socket.write(whole("\u0000\u0001\ufffd\u001b[31m")) },
  "with JSON of another kind": { act: (socket) => socket.write(whole('[null, {"a": 1e999}]')) },
};

const timers = new Set<NodeJS.Timeout>();
const servers: Server[] = [];
const sockets = new Set<Socket>();
let fault: Fault = () => undefined;

afterAll(() => {
  timers.forEach((timer) => clearInterval(timer));
  sockets.forEach((socket) => socket.destroy());
  servers.forEach((server) => server.close());
});

function drip(socket: Socket, first: string, piece: string, everyMs = 20): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), everyMs);
  timers.add(timer);
  socket.on("close", () => clearInterval(timer));
}

function inPieces(socket: Socket, text: string): void {
  const bytes = Buffer.from(text);
  socket.setNoDelay(true);
  for (let at = 0; at < bytes.length; at += 97) {
    socket.write(bytes.subarray(at, at + 97));
  }
}

/** A server that is as dead as the fault of the moment makes it. */
async function open(answers: Answers): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    let read = "";
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      read += bytes.toString("latin1");
      const [, path = "", length = "0"] = /^\w+ (\S+)[^]*?(?:\r\ncontent-length: (\d+)[^]*?)?\r\n\r\n/i.exec(read) ?? [];
      if (path !== "" && read.length >= read.indexOf("\r\n\r\n") + 4 + Number(length)) {
        read = "";
        const found = answers.find(([pattern]) => pattern.test(path.split("?")[0] ?? ""));
        fault(socket, JSON.stringify(found?.[1] ?? {}));
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Outcome {
  readonly call: string;
  readonly error: unknown;
  readonly value: unknown;
}

async function askAll({ name, calls }: ForeignServer, url: string, timeoutMs: number): Promise<readonly Outcome[]> {
  return Promise.all(
    Object.entries(calls(url, timeoutMs)).map(async ([call, work]): Promise<Outcome> => {
      try {
        return { call: `${name} ${call}`, error: null, value: await work() };
      } catch (error) {
        return { call: `${name} ${call}`, error, value: null };
      }
    }),
  );
}

describe("Servers that answer", () => {
  it.each(Object.entries(FAULTS))("%s: each call ends with an answer or a sentence", async (what, { act, answers }) => {
    fault = act;
    const outcomes = (
      await Promise.all(
        FOREIGN_SERVERS.map(async (server) => askAll(server, await open(server.answers), answers === true ? AMPLE_MS : TIMEOUT_MS)),
      )
    ).flat();
    expect(outcomes.length).toBeGreaterThan(25);
    for (const { call, error, value } of outcomes) {
      const text = error === null ? JSON.stringify(value ?? null) : toUserText(error);
      // Whoever scores is sent no login here, and is shown as it answers.
      expect(call.startsWith("scoring") ? "" : text, call).not.toContain(SERVER_SECRET);
      expect(text, call).not.toContain("\u001b");
      if (error !== null) {
        expect((error as Error).name, call).toMatch(/^(AppError|GithubError)$/);
        expect(text, call).toMatch(/^\S.*[.!…]$/s);
        expect(text, call).not.toMatch(/undefined|NaN|\[object|within 0 /);
      }
      if (answers === true) {
        expect(error, `${call} where it answers ${what}`).toBeNull();
      }
    }
  });

  it("badly for a while are asked again by the same clients, and answer", async () => {
    for (const server of FOREIGN_SERVERS) {
      const calls = server.calls(await open(server.answers), AMPLE_MS);
      for (const name of ["with nothing", "cut within its body", "503 each time", "with noise"]) {
        fault = FAULTS[name]?.act ?? fault;
        await Promise.all(Object.values(calls).map((call) => call().catch(() => null)));
      }
      fault = FAULTS["as it should be"]?.act ?? fault;
      for (const [name, call] of Object.entries(calls)) {
        const again: unknown = await call().then(
          () => null,
          (error: unknown) => error,
        );
        expect(again, `${server.name} ${name}`).toBeNull();
      }
    }
  });
});
