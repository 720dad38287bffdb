import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { toUserText } from "../../../src/core/base/appError";
import { failureOf, never, open, plain, route, startServer } from "./scriptedServer";

const file = (name: string): string => join(import.meta.dirname, "tls", name);
const pem = (name: string): string => readFileSync(file(name), "utf8");
const identity = (name: string) => ({ cert: pem(name), key: pem(name) });

test("an authority that the machine does not know", async () => {
  const server = await startServer(route({}), identity("server.pem"));
  const error = await failureOf(open(server.url));
  expect(error.code).toBe("store/unreachable");
  expect(toUserText(error)).toMatch(/cannot be trusted.*authority.*PEM file/);
});

test("the same authority, once its file is given", async () => {
  const server = await startServer(route({}), identity("server.pem"));
  const store = await open(server.url, { caFile: file("ca.pem") });
  expect((await store.describe(never)).notes).toEqual([]);
});

test("an expired certificate", async () => {
  const server = await startServer(route({}), identity("expired.pem"));
  expect((await failureOf(open(server.url, { caFile: file("ca.pem") }))).message).toMatch(/has expired/);
});

test("a certificate for another host", async () => {
  const server = await startServer(route({}), identity("elsewhere.pem"));
  expect((await failureOf(open(server.url, { caFile: file("ca.pem") }))).message).toMatch(/another host name/);
});

test("an unchecked certificate is used only where asked for, and told", async () => {
  const server = await startServer(route({}), identity("server.pem"));
  const store = await open(server.url, { insecureTls: true });
  expect((await store.describe(never)).notes).toEqual(["The server's certificate is not checked."]);
});

test("the client's certificate is shown to the server that asks for it", async () => {
  const server = await startServer(route({}), {
    ...identity("server.pem"),
    ca: pem("ca.pem"),
    requestCert: true,
    rejectUnauthorized: true,
  });
  expect((await failureOf(open(server.url, { caFile: file("ca.pem") }))).code).toBe("store/unreachable");
  await open(server.url, { caFile: file("ca.pem"), clientCertFile: file("client.pem") });
  expect(server.seen.length).toBeGreaterThan(0);
});

test("https:// to a server without a certificate", async () => {
  const server = await startServer(plain(200, ""));
  const error = await failureOf(open(server.url.replace("http:", "https:")));
  expect(toUserText(error)).toMatch(/write http:\/\//);
});

test("a certificate file that is missing or is no PEM file", async () => {
  expect((await failureOf(open("https://127.0.0.1:1", { caFile: "/no/such/ca.pem" }))).message).toMatch(
    /\/no\/such\/ca\.pem cannot be read/,
  );
  const folder = mkdtempSync(join(tmpdir(), "tls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "ca.der"), Buffer.from([0x30, 0x82]));
  expect((await failureOf(open("https://127.0.0.1:1", { caFile: join(folder, "ca.der") }))).message).toMatch(/not a PEM file/);
});
