import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { postWebhook, webhookUrl } from "../../../src/adapters/node/postWebhook";
import { toUserText } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";

const SECRET = "T012-B345-topsecret";
const LIMITS = { timeoutMs: 2000, pauseMs: 1 };

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A real server that answers its calls one after the other, the last way for all further ones. */
async function listen(
  ...answers: readonly ((request: IncomingMessage, response: ServerResponse) => void)[]
): Promise<{ readonly url: URL; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const own = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      bodies.push(body);
      (answers[bodies.length - 1] ?? answers.at(-1))?.(request, response);
    });
  });
  server = own;
  await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
  const { port } = own.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/services/${SECRET}`), bodies };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(code, headers).end("no");
  };
const cut = (request: IncomingMessage): void => {
  request.socket.destroy();
};

/** The sentence of a failure. */
async function failure(url: URL, limits = LIMITS): Promise<string> {
  try {
    await postWebhook(url, { text: "churn fails" }, NEVER_CANCELLED, limits);
  } catch (error) {
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SECRET);
    return toUserText(error);
  }
  return "";
}

describe("postWebhook", () => {
  it("posts JSON once where it is taken", async () => {
    const { url, bodies } = await listen((request, response) => {
      expect([request.method, request.url, request.headers["content-type"]]).toEqual([
        "POST",
        `/services/${SECRET}`,
        "application/json; charset=utf-8",
      ]);
      response.end("ok");
    });
    await postWebhook(url, { text: "Größe – 漢字" }, NEVER_CANCELLED, LIMITS);
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{ text: "Größe – 漢字" }]);
  });

  it.each([
    ["a server that fails at first", status(503)],
    ["one that has too much to do", status(429)],
    ["one that dies midway", cut],
  ])("tries once more with %s", async (_, first) => {
    const { url, bodies } = await listen(first, status(200));
    await postWebhook(url, {}, NEVER_CANCELLED, LIMITS);
    expect(bodies).toHaveLength(2);
  });

  it.each([
    ["that fails each time", status(500), 2, "it answers with status 500"],
    ["that refuses", status(404), 1, "it answers with status 404"],
    [
      "that sends elsewhere",
      status(307, { location: "http://127.0.0.1:9/elsewhere" }),
      1,
      "it answers with a redirect (307), which is not followed",
    ],
    ["that dies each time", cut, 2, "the connection was cut"],
  ])("gives up on a server %s, and names its host only", async (_, answer, tries, why) => {
    const { url, bodies } = await listen(answer);
    expect(await failure(url)).toBe(`The alert was not sent to ${url.host}: ${why}. The result of the check stands all the same.`);
    expect(bodies).toHaveLength(tries);
  });

  it("does not wait for a server that says nothing", async () => {
    const { url } = await listen(() => undefined);
    expect(await failure(url, { timeoutMs: 50, pauseMs: 1 })).toContain("no answer came within 0.05 seconds");
  });

  it("does not read an answer without end", async () => {
    const { url } = await listen((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) {
          response.write("x".repeat(65_536));
          setImmediate(more);
        }
      };
      response.on("close", () => response.destroy());
      more();
    });
    await postWebhook(url, {}, NEVER_CANCELLED, LIMITS);
  });

  it("says that nobody listens", async () => {
    const { url } = await listen(status(200));
    await new Promise((resolve) => server?.close(resolve));
    expect(await failure(url)).toContain("nothing listens there");
  });

  it("stops at once where somebody cancels", async () => {
    const { url } = await listen(() => undefined);
    const controller = new AbortController();
    const posting = postWebhook(url, {}, controller.signal, LIMITS);
    setImmediate(() => controller.abort());
    await expect(posting).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("webhookUrl", () => {
  it.each([
    "https://hooks.example.org/services/x",
    "http://127.0.0.1:8080/x",
    "http://localhost/x",
    "http://[::1]:9/x",
    " https://example.org/x\n",
  ])("takes %j", (text) => expect(webhookUrl(text).href).toBe(new URL(text.trim()).href));

  it.each([
    [`http://hooks.example.org/services/${SECRET}`, "not encrypted"],
    [`http://127.0.0.1.example.org/${SECRET}`, "not encrypted"],
    [`http://localhost@example.org/${SECRET}`, "holds a login"],
    [`https://user:${SECRET}@example.org/x`, "holds a login"],
    [`ftp://example.org/${SECRET}`, "none that a message can be sent to"],
    [`file:///etc/${SECRET}`, "none that a message can be sent to"],
    [SECRET, "none that a message can be sent to"],
  ])("refuses %j and does not repeat its secret", (text, why) => {
    expect(() => webhookUrl(text)).toThrow(why);
    expect(() => webhookUrl(text)).not.toThrow(SECRET);
  });
});
