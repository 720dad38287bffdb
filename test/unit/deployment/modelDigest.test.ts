import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { versionDigest } from "../../../src/adapters/node/versionDigest";
import { AppError } from "../../../src/core/base/appError";
import { isCancelled } from "../../../src/core/base/cancel";
import type { HashProgress } from "../../../src/core/deployment/hashProgress";
import { modelDigest } from "../../../src/core/deployment/modelDigest";
import { aRun, MemoryStore } from "../../fakes/memoryStore";
import { version } from "../../builders/gateFacts";
import { scratchFolder } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;
const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

/** What anybody with a shell finds out. */
function bySha256sum(folder: string): string {
  const command = `find . -type f ! -path ./registered_model_meta -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`;
  return `sha256:${execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" }).slice(0, 64)}`;
}

const FILES: Readonly<Record<string, string>> = {
  MLmodel: "flavors: {}\n",
  "model.pkl": "\0weights",
  "data/z.txt": "z",
  "data.txt": "before the folder of the same name",
  "Ä/ü.txt": "umlauts",
  "\u{1F600}.bin": "beyond the basic plane",
  "\uFFFD.bin": "at its end",
  "with blank and 'quotes'": "",
  "back\\slash": "x",
  "line\nend": "y",
  registered_model_meta: "model_version: 14\n",
  "code/registered_model_meta": "of somebody's own",
};

function written(files: Readonly<Record<string, string>> = FILES): string {
  const folder = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A store whose files come through it alone, as a server's do. */
function served(files: Readonly<Record<string, string>>): MemoryStore {
  const store = new MemoryStore();
  const paths = Object.keys(files);
  store.listArtifacts = (_, folder) => {
    const begin = folder === "" ? "" : `${folder}/`;
    const names = new Map(
      paths
        .filter((path) => path.startsWith(begin))
        .map((path) => {
          const [name = "", ...rest] = path.slice(begin.length).split("/");
          return [`${begin}${name}`, rest.length > 0] as const;
        }),
    );
    return Promise.resolve(
      [...names].map(([path, isDirectory]) => ({
        path,
        isDirectory,
        size: isDirectory ? null : (files[path]?.length ?? 0),
        modifiedTime: null,
      })),
    );
  };
  store.readArtifact = (_, path) => Promise.resolve(new TextEncoder().encode(files[path] ?? ""));
  return store;
}

describe("the digest of a model", () => {
  it("is what sha256sum gives, for files of this machine and for those that come through a store", async () => {
    const folder = written();
    const expected = bySha256sum(folder);
    const at = { kind: "sqlite", path: join(dirname(folder), "mlflow.db") } as const;
    const local = version({ source: folder, storageLocation: null });
    expect(await versionDigest(new MemoryStore(), at, local, signal)).toBe(expected);
    expect(await versionDigest(served(FILES), { kind: "rest", url: "http://example.org" }, version(), signal)).toBe(expected);
  });

  it("tells how much was read of files of this machine, and stops in the middle of a large one", async () => {
    const folder = written({ MLmodel: "x", "a/part": "12345" });
    const large = join(folder, "weights.bin");
    writeFileSync(large, "");
    truncateSync(large, 40 * 1024 * 1024);
    const total = 40 * 1024 * 1024 + 6;
    const at = { kind: "sqlite", path: join(dirname(folder), "mlflow.db") } as const;
    const local = version({ source: folder, storageLocation: null });
    const seen: HashProgress[] = [];
    expect(await versionDigest(new MemoryStore(), at, local, signal, (progress) => seen.push(progress))).toBe(bySha256sum(folder));
    expect(new Set(seen.map((one) => one.total))).toEqual(new Set([total]));
    expect(seen.map(({ bytes }) => bytes)).toEqual([...seen.map(({ bytes }) => bytes)].sort((a, b) => a - b));
    expect(seen.at(-1)?.bytes).toBe(total);
    const work = new AbortController();
    let furthest = 0;
    const stopped = versionDigest(new MemoryStore(), at, local, work.signal, ({ bytes }) => {
      furthest = bytes;
      if (bytes > 10 * 1024 * 1024) {
        work.abort();
      }
    });
    await expect(stopped).rejects.toSatisfy(isCancelled);
    expect(furthest).toBeLessThan(20 * 1024 * 1024);
  });

  it("is found through the run of a version", async () => {
    const folder = written({ "model/MLmodel": "x" });
    const store = new MemoryStore();
    store.runs = [aRun("r14", { artifactUri: folder })];
    const at = { kind: "file", path: dirname(folder) } as const;
    expect(await versionDigest(store, at, version({ source: "runs:/r14/model" }), signal)).toBe(bySha256sum(join(folder, "model")));
  });

  it("is not known of a version without files, with a link in it, or too large for a server", async () => {
    const rest = { kind: "rest", url: "http://example.org" } as const;
    await expect(versionDigest(served({}), rest, version(), signal)).rejects.toThrow("has no files");
    await expect(versionDigest(served({ registered_model_meta: "x" }), rest, version(), signal)).rejects.toThrow("has no files");
    const folder = written({ MLmodel: "x" });
    symlinkSync("/etc/hostname", join(folder, "link"));
    const at = { kind: "file", path: dirname(folder) } as const;
    await expect(versionDigest(new MemoryStore(), at, version({ source: folder }), signal)).rejects.toThrow("link is a link or no file");
    const store = served({ a: "x" });
    store.listArtifacts = () => Promise.resolve([{ path: "a", isDirectory: false, size: 513 * 1024 * 1024, modifiedTime: null }]);
    await expect(versionDigest(store, rest, version(), signal)).rejects.toThrow("more than 512 MB");
    store.listArtifacts = () => Promise.reject(new AppError("store/unreachable", "The server does not answer."));
    await expect(versionDigest(store, rest, version(), signal)).rejects.toThrow("does not answer");
  });

  it("does not hang on the order of files, and does on every byte and name", () => {
    const file = fc.record({ path: fc.string({ unit: "binary", minLength: 1, maxLength: 8 }), sha256: fc.string().map(sha256) });
    const files = fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(files, (list) => {
        const digest = modelDigest(list, sha256);
        expect(modelDigest([...list].reverse(), sha256)).toBe(digest);
        const [first, ...rest] = list;
        if (first !== undefined && first.path !== "registered_model_meta") {
          expect(modelDigest([{ ...first, sha256: sha256(`${first.sha256}x`) }, ...rest], sha256)).not.toBe(digest);
          expect(modelDigest([{ ...first, path: `${first.path}\u{1F601}!` }, ...rest], sha256)).not.toBe(digest);
        }
      }),
    );
  });
});
