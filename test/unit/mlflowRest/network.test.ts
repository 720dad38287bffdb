import * as net from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { toUserText } from "../../../src/core/base/appError";
import { retryAfterMs } from "../../../src/adapters/mlflowRest/retry";
import { openRestStore } from "../../../src/adapters/mlflowRest/openRestStore";
import { failureOf, html, json, never, open, plain, refusal, route, startServer, type Answer } from "./scriptedServer";

/** A TCP server that treats each connection as the test says. */
async function startRaw(onConnection: (socket: net.Socket) => void): Promise<string> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

const silent: Answer = () => undefined;
const stalling: Answer = (_request, response) =>
  void response.writeHead(200, { "Content-Type": "application/json" }).write('{"experiments":[');

test("nothing listens", async () => {
  const url = await startRaw(() => undefined);
  const port = Number(new URL(url).port);
  const closed = `http://127.0.0.1:${port === 65535 ? port - 1 : port + 1}`;
  const error = await failureOf(open(closed));
  expect(error.code).toBe("store/unreachable");
  expect(toUserText(error)).toMatch(/nothing listens at this address/);
});

test("an unknown host", async () => {
  const error = await failureOf(open("http://no-such-host.invalid:5000"));
  expect(error.code).toBe("store/unreachable");
  expect(error.message).toMatch(/host name/);
});

test("a server that accepts and never answers", async () => {
  const server = await startServer(silent);
  const error = await failureOf(open(server.url, { timeoutMs: 200 }));
  expect(error.code).toBe("store/timeout");
  expect(server.seen).toHaveLength(1);
});

test("a server that stalls in the middle of a body", async () => {
  const server = await startServer(stalling);
  expect((await failureOf(open(server.url, { timeoutMs: 200 }))).code).toBe("store/timeout");
});

test("a server that speaks something else", async () => {
  const url = await startRaw((socket) => socket.end("220 mail.example ESMTP\r\n"));
  expect((await failureOf(open(url))).message).toMatch(/does not speak HTTP/);
});

test("a connection cut before the end of the body is tried again", async () => {
  let count = 0;
  const url = await startRaw((socket) => {
    socket.once("data", () => {
      const isFirst = count++ === 0;
      socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${isFirst ? 99 : 2}\r\n\r\n{}`);
    });
  });
  await open(url);
  expect(count).toBeGreaterThan(1);
});

test.each([408, 429, 500, 502, 503, 504])("HTTP %i is tried again, also for a search", async (status) => {
  const server = await startServer(route({ "/experiments/search": [plain(status, "later"), json({})] }));
  await open(server.url);
  expect(server.seen.filter(({ path }) => path.endsWith("/experiments/search"))).toHaveLength(2);
});

test.each([400, 401, 403, 404])("HTTP %i is not tried again", async (status) => {
  const server = await startServer(plain(status, "no"));
  await failureOf(open(server.url));
  expect(server.seen).toHaveLength(1);
});

test("a server that stays broken is called four times, no more", async () => {
  const server = await startServer(refusal(500, "INTERNAL_ERROR", "division by zero"));
  const error = await failureOf(open(server.url));
  expect(server.seen).toHaveLength(4);
  expect(error.code).toBe("store/bad-reply");
  expect(error.message).toMatch(/HTTP 500.*division by zero/);
});

test("a server that is down behind its proxy is unreachable, not a wrong address", async () => {
  const server = await startServer(html(503));
  const error = await failureOf(open(server.url, { timeoutMs: 100 }));
  expect(error.code).toBe("store/unreachable");
});

test("a wait that the server asks for beyond the time limit is not waited", async () => {
  const server = await startServer(plain(429, "slow down", { "Retry-After": "3600" }));
  const error = await failureOf(open(server.url));
  expect(server.seen).toHaveLength(1);
  expect(error.message).toMatch(/less often.*slow down/);
});

test("the wait that a server asks for is read as seconds or as a date", () => {
  expect(retryAfterMs("2")).toBe(2000);
  expect(retryAfterMs(new Date(Date.now() + 3_600_000).toUTCString())).toBeGreaterThan(3_500_000);
  expect([undefined, "", "soon", "-5", "Thu, 01 Jan 1970 00:00:00 GMT"].map(retryAfterMs)).toEqual([0, 0, 0, 0, 0]);
});

test.each<[string, Answer]>([
  ["before the answer", silent],
  ["within the body", stalling],
  ["between two tries", plain(503, "", { "Retry-After": "5" })],
])("aborting %s ends the call with the signal's reason", async (_when, answer) => {
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  const server = await startServer((request, response) => {
    answer(request, response);
    setTimeout(() => controller.abort(reason), 50);
  });
  const opening = openRestStore(
    { url: server.url, credentials: () => Promise.resolve({ kind: "none" }), timeoutMs: 60_000 },
    controller.signal,
  );
  await expect(opening).rejects.toBe(reason);
  expect(server.seen).toHaveLength(1);
});

test("a redirect to another server is not followed and gets no credentials", async () => {
  const foreign = await startServer(json({}));
  const server = await startServer((_request, response) => void response.writeHead(302, { Location: `${foreign.url}/login?next=x` }).end());
  const error = await failureOf(open(server.url, { credentials: () => Promise.resolve({ kind: "bearer", token: "secret-token" }) }));
  expect(foreign.seen).toHaveLength(0);
  expect(error.code).toBe("store/bad-reply");
  expect(error.message).toContain(foreign.url);
});

test("a redirect within the server keeps a search a search", async () => {
  const server = await startServer((request, response) => {
    if (request.path.startsWith("/moved/")) {
      route({})({ ...request, path: request.path.slice("/moved".length) }, response);
    } else {
      response.writeHead(308, { Location: `/moved${request.path}` }).end();
    }
  });
  await open(server.url);
  expect(server.seen[1]).toMatchObject({ method: "POST", path: "/moved/api/2.0/mlflow/experiments/search", body: { max_results: 1 } });
});

test("a redirect in circles ends", async () => {
  const server = await startServer((request, response) => void response.writeHead(307, { Location: request.path }).end());
  expect((await failureOf(open(server.url))).message).toMatch(/in circles/);
});

test("compressed answers are read", async () => {
  const body = gzipSync(JSON.stringify({ experiments: [{ experiment_id: "1", name: "größe" }] }));
  const gzip: Answer = (request, response) => {
    expect(request.headers["accept-encoding"]).toBe("gzip");
    response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" }).end(body);
  };
  const store = await open((await startServer(route({ "/experiments/search": gzip }))).url);
  expect((await store.searchExperiments({ lifecycle: "all", pageSize: 5 }, never)).items[0]?.name).toBe("größe");
});

test("a file above the limit is not read to its end, compressed or not", async () => {
  const big = Buffer.alloc(1_000_000);
  const server = await startServer(
    route({
      "/get-artifact": [
        (_request, response) => void response.writeHead(200, { "Content-Length": big.length }).end(big),
        (_request, response) => void response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(big)),
        (_request, response) => void response.writeHead(200).end("abc"),
        refusal(404, "RESOURCE_DOES_NOT_EXIST", `No such file: ${"x".repeat(5_000_000)}`),
      ],
    }),
  );
  const store = await open(server.url);
  const read = () => store.readArtifact({ kind: "run", runId: "r" }, "big.bin", { maxBytes: 1000 }, never);
  expect((await failureOf(read())).code).toBe("artifact/too-large");
  expect((await failureOf(read())).code).toBe("artifact/too-large");
  expect(Buffer.from(await read()).toString()).toBe("abc");
  // A long refusal is still a refusal.
  expect((await failureOf(read())).code).toBe("artifact/not-found");
});

test("a base path, own headers, the workspace and the login are sent; the connection is kept", async () => {
  const server = await startServer(route({}));
  await open(`${server.url}/team/mlflow/`, {
    headers: { "X-Gateway": "blue" },
    workspace: "team-a",
    credentials: () => Promise.resolve({ kind: "basic", username: "ä", password: "b:c" }),
  });
  expect(server.seen.map(({ target }) => target)).toEqual(["/team/mlflow/api/2.0/mlflow/experiments/search", "/team/mlflow/version"]);
  for (const { headers } of server.seen) {
    expect(headers["x-gateway"]).toBe("blue");
    expect(headers["x-mlflow-workspace"]).toBe("team-a");
    expect(headers.authorization).toBe(`Basic ${Buffer.from("ä:b:c", "utf8").toString("base64")}`);
    expect(headers).not.toHaveProperty("origin");
    expect(headers).not.toHaveProperty("sec-fetch-mode");
  }
  expect(server.connections()).toBe(1);
});

test("a changed secret takes effect at once", async () => {
  let token = "first-token";
  const server = await startServer(route({}));
  const store = await open(server.url, { credentials: () => Promise.resolve({ kind: "bearer", token }) });
  token = "second-token";
  await store.searchExperiments({ lifecycle: "all", pageSize: 5 }, never);
  expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer second-token");
});
