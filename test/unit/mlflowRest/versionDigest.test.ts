import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { versionDigest } from "../../../src/adapters/node/versionDigest";
import type { HashProgress } from "../../../src/core/deployment/hashProgress";
import { modelDigest } from "../../../src/core/deployment/modelDigest";
import { version } from "../../builders/gateFacts";
import { type Answer, json, never, open, plain, route, type ScriptedServer, startServer } from "./scriptedServer";

const MB = 1024 * 1024;
const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

/** A registry whose version has one file, handed out as the test says. */
function registry(file: Answer | readonly Answer[], size: number): Promise<ScriptedServer> {
  const found = { name: "churn", version: "14", source: "mlflow-artifacts:/1/models/m", creation_timestamp: 1, status: "READY" };
  return startServer(
    route({
      "/model-versions/get": json({ model_version: found }),
      "/model-versions/get-download-uri": json({ artifact_uri: "mlflow-artifacts:/1/models/m" }),
      "/mlflow-artifacts/artifacts": json({ files: [{ path: "model.bin", is_dir: false, file_size: size }] }),
      "/model-versions/get-artifact": file,
    }),
  );
}

async function digestOf(server: ScriptedServer, more: { timeoutMs?: number; signal?: AbortSignal; onRead?: (at: HashProgress) => void }) {
  const { timeoutMs, signal, onRead } = more;
  const store = await open(server.url, timeoutMs === undefined ? {} : { timeoutMs });
  const wanted = version({ modelName: "churn", version: "14", runId: null });
  return versionDigest(store, { kind: "rest", url: server.url }, wanted, signal ?? never, onRead);
}

const digestOfFile = (hash: string): string | null => modelDigest([{ path: "model.bin", sha256: hash }], sha256);

/** Writes a piece again and again, no faster than it is read. */
function generate(piece: Uint8Array, count: number): Answer {
  return (_, response) => {
    response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": String(piece.byteLength * count) });
    let left = count;
    const write = (): void => {
      for (; left > 0; left--) {
        if (!response.write(piece)) {
          left--;
          response.once("drain", write);
          return;
        }
      }
      response.end();
    };
    write();
  };
}

/** Cuts the connection after some bytes of an answer. */
function cut(text: string, headers: Readonly<Record<string, string>>): Answer {
  return (_, response) => {
    response.writeHead(200, headers).write(text);
    setTimeout(() => response.socket?.end(), 20);
  };
}

/** A byte at a time, each within the limit. */
function drip(bytes: number, everyMs: number): Answer {
  return (_, response: ServerResponse) => {
    response.writeHead(200, { "Content-Length": String(bytes) });
    let left = bytes;
    const timer = setInterval(() => {
      response.write("x");
      left--;
      if (left === 0) {
        clearInterval(timer);
        response.end();
      }
    }, everyMs);
  };
}

describe("the digest of a version behind a server", () => {
  it("is known of a model of more than 512 MB, which is never held in memory, and tells how far it is", async () => {
    const piece = new Uint8Array(MB).map((_, index) => index % 251);
    const count = 560;
    const expected = createHash("sha256");
    for (let index = 0; index < count; index++) {
      expected.update(piece);
    }
    const server = await registry(generate(piece, count), count * MB);
    const held = (): number => process.memoryUsage().external + process.memoryUsage().heapUsed;
    const before = held();
    let most = 0;
    const told: HashProgress[] = [];
    const onRead = (at: HashProgress): void => {
      if (at.bytes - (told.at(-1)?.bytes ?? 0) >= 8 * MB || at.bytes === at.total) {
        most = Math.max(most, held() - before);
        told.push(at);
      }
    };
    expect(await digestOf(server, { onRead })).toBe(digestOfFile(expected.digest("hex")));
    expect(most).toBeLessThan(160 * MB);
    expect(told.length).toBeGreaterThan(10);
    expect(told.at(-1)).toEqual({ bytes: count * MB, total: count * MB });
  }, 60_000);

  it("may take as long as it likes while bytes arrive, and no longer than the limit without one", async () => {
    // 60 bytes take more than twenty limits together, after which any other answer is given up.
    const slow = await registry(drip(60, 40), 60);
    expect(await digestOf(slow, { timeoutMs: 100 })).toBe(digestOfFile(sha256("x".repeat(60))));
    const stalling = await registry((_, response) => void response.writeHead(200, { "Content-Length": "9" }).write("part"), 9);
    await expect(digestOf(stalling, { timeoutMs: 200 })).rejects.toMatchObject({ code: "store/timeout" });
  });

  it("ends with the signal's reason in the middle of a file", async () => {
    const server = await registry((_, response) => void response.writeHead(200, { "Content-Length": "9" }).write("part"), 9);
    const controller = new AbortController();
    const onRead = (): void => controller.abort(new Error("changed my mind"));
    await expect(digestOf(server, { signal: controller.signal, onRead })).rejects.toThrow("changed my mind");
  });

  it("is of the whole file after a download that was cut off", async () => {
    const text = "the whole of the weights";
    const server = await registry([cut("the wh", { "Content-Length": String(text.length) }), plain(200, text)], text.length);
    expect(await digestOf(server, {})).toBe(digestOfFile(sha256(text)));
  });

  it("is of what a packed answer holds", async () => {
    const text = "weights ".repeat(1000);
    const packed: Answer = (_, response) => void response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(text));
    expect(await digestOf(await registry(packed, text.length), {})).toBe(digestOfFile(sha256(text)));
  });

  it("is not known where the answer is not as long as the list says, or the server refuses", async () => {
    const short = await registry(cut("the wh", { Connection: "close" }), 24);
    await expect(digestOf(short, {})).rejects.toThrow(/cut off|cannot be reached|sent 6 bytes/);
    const other = await registry(plain(200, "longer than it was"), 6);
    await expect(digestOf(other, {})).rejects.toThrow("sent 18 bytes of model.bin, which has 6");
    const refused = await registry(plain(403, "no"), 6);
    await expect(digestOf(refused, {})).rejects.toMatchObject({ name: "AppError" });
  });
});
