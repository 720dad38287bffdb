import { MessageChannel } from "node:worker_threads";

import { afterEach, describe, expect, it } from "vitest";

import { workerChannel } from "../../../src/adapters/node/workerChannel";
import { AppError, fromErrorRecord, isAppError, toErrorRecord } from "../../../src/core/base/appError";
import { isCancelled } from "../../../src/core/base/cancel";
import { RpcPeer, type RpcHandlers } from "../../../src/protocol/rpc";

interface Methods {
  add(params: { a: number; b: number }): number;
  fail(params: { code: "store/locked" | "plain" }): never;
  wait(params: { id: string }): string;
  told(params: { text: string }): void;
}

const aborted: string[] = [];
const told: string[] = [];
const handlers: RpcHandlers<Methods> = {
  add: ({ a, b }) => a + b,
  fail: ({ code }) => {
    throw code === "plain" ? new Error("plain") : new AppError(code, "It is locked.", { remedy: "Wait." });
  },
  wait: ({ id }, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(`${aborted.push(id)}`))),
  told: ({ text }) => void told.push(text),
};

const ends: (() => void)[] = [];
function connect(): { client: RpcPeer<object, Methods>; raw: (message: unknown) => void } {
  const { port1, port2 } = new MessageChannel();
  const options = { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 };
  const server = new RpcPeer<Methods, object>(workerChannel(port1), handlers, options);
  const client = new RpcPeer<object, Methods>(workerChannel(port2), {}, options);
  ends.push(() => {
    server.close(new Error("end"));
    port1.close();
  });
  return { client, raw: (message) => port2.postMessage(message) };
}
afterEach(() => ends.splice(0).forEach((end) => end()));

describe("RpcPeer", () => {
  it("answers calls, in whatever order they end", async () => {
    const { client } = connect();
    expect(await Promise.all([client.call("add", { a: 1, b: 2 }), client.call("add", { a: 3, b: 4 })])).toEqual([3, 7]);
  });

  it("carries an AppError over with code and remedy, and any other error with its message", async () => {
    const { client } = connect();
    const error = await client.call("fail", { code: "store/locked" }).catch((e: unknown) => e);
    expect(isAppError(error, "store/locked") && error.remedy).toBe("Wait.");
    await expect(client.call("fail", { code: "plain" })).rejects.toThrow("plain");
  });

  it("tells the other side to stop when a call is aborted", async () => {
    const { client } = connect();
    const controller = new AbortController();
    const call = client.call("wait", { id: "w1" }, { signal: controller.signal }).catch((e: unknown) => e);
    await client.call("add", { a: 0, b: 0 });
    controller.abort();
    expect(isCancelled(await call)).toBe(true);
    await client.call("add", { a: 0, b: 0 });
    expect(aborted).toContain("w1");
    expect(isCancelled(await client.call("add", { a: 1, b: 1 }, { signal: controller.signal }).catch((e: unknown) => e))).toBe(true);
  });

  it("fails a call that gets no answer in time", async () => {
    const { client } = connect();
    await expect(client.call("wait", { id: "w2" }, { timeoutMs: 20 })).rejects.toThrow(/No answer to "wait"/);
  });

  it("delivers events in order with calls", async () => {
    const { client } = connect();
    client.notify("told", { text: "one" });
    client.notify("told", { text: "two" });
    await client.call("add", { a: 0, b: 0 });
    expect(told).toEqual(["one", "two"]);
  });

  it("refuses unknown and inherited methods and ignores what is no message", async () => {
    const { client, raw } = connect();
    raw({ rpc: 1, kind: "request", method: "add" });
    raw("text");
    raw(null);
    raw({ rpc: 1, kind: "reply", id: 999, result: 1 });
    for (const method of ["missing", "constructor", "__proto__"]) {
      await expect(client.call(method as "add", { a: 0, b: 0 })).rejects.toThrow(/Unknown method/);
    }
    expect(await client.call("add", { a: 1, b: 1 })).toBe(2);
  });

  it("ends calls under way and later ones when closed", async () => {
    const { client } = connect();
    const call = client.call("wait", { id: "w3" });
    client.close(new Error("closed"));
    await expect(call).rejects.toThrow("closed");
    await expect(client.call("add", { a: 0, b: 0 })).rejects.toThrow("closed");
  });
});
