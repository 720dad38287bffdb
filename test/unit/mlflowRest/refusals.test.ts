import { expect, test } from "vitest";
import { toUserText, type ErrorCode } from "../../../src/core/base/appError";
import { failureOf, html, json, never, open, plain, refusal, route, startServer, type Answer } from "./scriptedServer";

const search = { lifecycle: "active", pageSize: 10, experimentIds: ["1"] } as const;

test.each<[string, Answer, ErrorCode, RegExp]>([
  ["a login page of a proxy", html(200), "store/bad-reply", /web page instead of data/],
  ["another program's 404 page", html(404), "store/bad-reply", /web page instead of data \(HTTP 404\)/],
  ["a wrong verb", html(405), "store/bad-reply", /web page/],
  ["HTML under another content type", plain(200, "  <!DOCTYPE html><html></html>"), "store/bad-reply", /web page/],
  ["a missing login", plain(401, "You are not authenticated."), "store/unauthorized", /wants a login.*MLOps: Set Server Credentials/],
  ["a JSON 401", refusal(401, "UNAUTHENTICATED", "no"), "store/unauthorized", /wants a login/],
  ["no permission", plain(403, "Permission denied"), "store/forbidden", /no permission to read this/],
  ["no permission, in JSON", refusal(403, "PERMISSION_DENIED", "not yours"), "store/forbidden", /no permission.*not yours/],
  ["a foreign host name", plain(403, "Invalid Host header - possible DNS rebinding attack detected"), "store/forbidden", /--allowed-hosts/],
  ["a foreign origin", plain(403, "Cross-origin request blocked"), "store/forbidden", /Origin header/],
  ["a firewall's page", html(403), "store/forbidden", /may come from a proxy/],
  ["a proxy that wants a login", plain(407, ""), "store/unauthorized", /proxy on the way/],
  ["an unknown status", plain(418, "I am a teapot"), "store/bad-reply", /HTTP 418.*I am a teapot/],
  [
    "JSON that breaks off",
    (_, response) => void response.writeHead(200, { "Content-Type": "application/json" }).end('{"runs":[{"info"'),
    "store/bad-reply",
    /not complete JSON/,
  ],
  ["JSON of another service", json({ experiments: "none" }), "store/bad-reply", /not what an MLflow server sends \(at experiments\)/],
  ["a list in place of an object", json([1, 2]), "store/bad-reply", /not what an MLflow server sends/],
  ["an experiment without an id", json({ experiments: [{ name: "x" }] }), "store/bad-reply", /at experiments\.0\.experiment_id/],
])("opening tells of %s", async (_what, answer, code, sentence) => {
  const server = await startServer(answer);
  const error = await failureOf(open(server.url));
  expect(error.code).toBe(code);
  expect(toUserText(error)).toMatch(sentence);
  expect(toUserText(error)).toContain(new URL(server.url).host);
});

test("a server without a version page still opens", async () => {
  const server = await startServer(route({ "/version": html(404) }));
  const store = await open(server.url);
  expect((await store.describe(never)).label).toBe("MLflow server");
});

test("the version is told, but not a page's text in its place", async () => {
  const known = await open((await startServer(route({ "/version": plain(200, "2.22.5\n") }))).url);
  expect((await known.describe(never)).label).toBe("MLflow 2.22.5 server");
  const odd = await open((await startServer(route({ "/version": plain(200, "<script>alert(1)</script>") }))).url);
  expect((await odd.describe(never)).label).toBe("MLflow server");
});

test("a filter that the server refuses is the user's to correct", async () => {
  const server = await startServer(
    route({ "/runs/search": refusal(400, "INVALID_PARAMETER_VALUE", "Invalid clause(s) in filter string: '(('") }),
  );
  const store = await open(server.url);
  const error = await failureOf(store.searchRuns({ ...search, filter: "((" }, never));
  expect(error.code).toBe("filter/invalid");
  expect(error.message).toContain("Invalid clause(s) in filter string");
});

test("the same refusal without a filter is not blamed on one", async () => {
  const server = await startServer(route({ "/runs/search": refusal(400, "INVALID_PARAMETER_VALUE", "Invalid experiment ID 'zzz'.") }));
  const store = await open(server.url);
  expect((await failureOf(store.searchRuns(search, never))).code).toBe("store/bad-reply");
});

test("an unknown run and an unknown model have codes of their own", async () => {
  const missing = refusal(404, "RESOURCE_DOES_NOT_EXIST", "not found");
  const server = await startServer(route({ "/runs/get": missing, "/registered-models/get": missing, "/artifacts/list": missing }));
  const store = await open(server.url);
  expect((await failureOf(store.getRun("x", never))).code).toBe("run/not-found");
  expect((await failureOf(store.getRegisteredModel("x", never))).code).toBe("model/not-found");
  expect((await failureOf(store.listArtifacts({ kind: "run", runId: "x" }, "", never))).code).toBe("run/not-found");
});

test("a secret that the server echoes is not shown", async () => {
  const token = "s3cr3t-t0ken-value";
  const echo: Answer = (request, response) =>
    plain(400, `Bad header ${request.headers.authorization ?? ""} ${String(request.headers["x-key"])}`)(request, response);
  const server = await startServer(echo);
  const error = await failureOf(
    open(server.url, { credentials: () => Promise.resolve({ kind: "bearer", token }), headers: { "X-Key": "another-secret" } }),
  );
  expect(error.message).toContain("Bad header Bearer …");
  expect(toUserText(error)).not.toContain(token);
  expect(toUserText(error)).not.toContain("another-secret");
});

test("basic credentials are not shown in any form", async () => {
  const echo: Answer = (request, response) => plain(400, `${request.headers.authorization ?? ""} hunter2hunter2`)(request, response);
  const server = await startServer(echo);
  const error = await failureOf(
    open(server.url, { credentials: () => Promise.resolve({ kind: "basic", username: "alice", password: "hunter2hunter2" }) }),
  );
  expect(error.message).not.toContain("hunter2");
  expect(error.message).not.toContain(Buffer.from("alice:hunter2hunter2").toString("base64"));
});

test("a token with a line break is refused in words, without the token", async () => {
  const server = await startServer(json({}));
  const error = await failureOf(open(server.url, { credentials: () => Promise.resolve({ kind: "bearer", token: "abc\ndefgh" }) }));
  expect(error.code).toBe("usage");
  expect(toUserText(error)).not.toMatch(/abc|defgh/);
});

test("the server's words are put on one line and shortened", async () => {
  const server = await startServer(refusal(400, "BAD_REQUEST", `first\nsecond\u0000${"x".repeat(10_000)}`));
  const { message } = await failureOf(open(server.url));
  expect(message).toContain("first second xxx");
  expect(message.length).toBeLessThan(500);
});

test.each(["ftp://host", "not a url", "http://"])("%s is not an address", async (url) => {
  expect((await failureOf(open(url))).code).toBe("usage");
});
