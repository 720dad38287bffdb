import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { listLocalArtifacts, readLocalArtifact, resolveLocalArtifact } from "../../../src/adapters/node/localArtifacts";

const signal = new AbortController().signal;
let base: string;
let root: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "artifacts-")));
  root = join(base, "artifacts");
  mkdirSync(join(root, "model"), { recursive: true });
  mkdirSync(join(base, "artifacts-secret"));
  writeFileSync(join(base, "secret.txt"), "secret");
  writeFileSync(join(base, "artifacts-secret", "secret.txt"), "secret");
  writeFileSync(join(root, "model", "MLmodel"), "flavors: {}\n");
  writeFileSync(join(root, "a.txt"), "hello");
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const list = (path: string): Promise<readonly string[]> =>
  listLocalArtifacts(root, path, signal).then((entries) => entries.map((entry) => entry.path));
const read = async (path: string, maxBytes = 1000): Promise<string> =>
  new TextDecoder().decode(await readLocalArtifact(root, path, { maxBytes }, signal));

describe("listing", () => {
  it("names folders first, then files by name, with sizes and times", async () => {
    writeFileSync(join(root, "Z.txt"), "");
    const entries = await listLocalArtifacts(root, "", signal);
    expect(entries.map(({ path, isDirectory, size }) => ({ path, isDirectory, size }))).toEqual([
      { path: "model", isDirectory: true, size: null },
      { path: "Z.txt", isDirectory: false, size: 0 },
      { path: "a.txt", isDirectory: false, size: 5 },
    ]);
    expect(entries.every((entry) => (entry.modifiedTime ?? 0) > 1_700_000_000_000)).toBe(true);
  });

  it("gives paths relative to the root at any depth, however the path is written", async () => {
    expect(await list("model")).toEqual(["model/MLmodel"]);
    expect(await list("./model/")).toEqual(["model/MLmodel"]);
  });

  it("answers nothing for a root that was never made, but fails for a folder that is not there", async () => {
    expect(await listLocalArtifacts(join(base, "none"), "", signal)).toEqual([]);
    await expect(list("none")).rejects.toMatchObject({ code: "artifact/not-found" });
    await expect(list("a.txt")).rejects.toMatchObject({ code: "artifact/not-found" });
  });

  it("shows a link that leaves the root as a file of unknown size, and follows one that stays", async () => {
    symlinkSync(base, join(root, "out"));
    symlinkSync(join(root, "model"), join(root, "alias"));
    symlinkSync(join(root, "gone"), join(root, "broken"));
    const entries = await listLocalArtifacts(root, "", signal);
    expect(entries.map(({ path, isDirectory, size }) => [path, isDirectory, size])).toEqual([
      ["alias", true, null],
      ["model", true, null],
      ["a.txt", false, 5],
      ["broken", false, null],
      ["out", false, null],
    ]);
  });

  it("lists a folder of thousands of files and stops when it is cancelled", async () => {
    for (let i = 0; i < 3000; i++) {
      writeFileSync(join(root, `f${i}`), "");
    }
    expect(await list("")).toHaveLength(3002);
    const abort = new AbortController();
    const listing = listLocalArtifacts(root, "", abort.signal);
    abort.abort();
    await expect(listing).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("staying inside", () => {
  const leaving = [
    "..",
    "../secret.txt",
    "model/../../secret.txt",
    "model\\..\\..\\secret.txt",
    "/etc/passwd",
    "\\\\host\\share\\x",
    "//host/share",
    "C:\\Windows\\win.ini",
    "c:/Windows/win.ini",
    "a.txt\0.png",
    "../artifacts-secret/secret.txt",
  ];

  it.each(leaving)("refuses %j", async (path) => {
    await expect(list(path)).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(read(path)).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it.each(["..%2fsecret.txt", "%2e%2e/secret.txt", "...", "~", "$HOME"])("takes %j for a plain name", async (path) => {
    await expect(read(path)).rejects.toMatchObject({ code: "artifact/not-found" });
  });

  it("refuses links that leave the root, even to a folder whose name starts like the root's", async () => {
    symlinkSync(join(base, "artifacts-secret"), join(root, "near"));
    symlinkSync("/", join(root, "top"));
    symlinkSync(join(base, "secret.txt"), join(root, "file"));
    await expect(list("near")).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(read("near/secret.txt")).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(read("top/etc/passwd")).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(read("file")).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(resolveLocalArtifact(root, "near")).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it("reads through a root that is itself a link", async () => {
    symlinkSync(root, join(base, "mounted"));
    expect(new TextDecoder().decode(await readLocalArtifact(join(base, "mounted"), "a.txt", { maxBytes: 10 }, signal))).toBe("hello");
  });

  it("ends on links that lead to each other", async () => {
    symlinkSync(join(root, "two"), join(root, "one"));
    symlinkSync(join(root, "one"), join(root, "two"));
    await expect(read("one")).rejects.toMatchObject({ code: "artifact/not-found" });
    expect(await list("")).toEqual(["model", "a.txt", "one", "two"]);
  });
});

describe("reading", () => {
  it("reads a file up to the limit and refuses a larger one with both sizes", async () => {
    expect(await read("a.txt", 5)).toBe("hello");
    writeFileSync(join(root, "big"), Buffer.alloc(3 * 1024 * 1024));
    await expect(read("big", 1024 * 1024)).rejects.toMatchObject({
      code: "artifact/too-large",
      message: 'The artifact "big" has 3.0 MB, more than the limit of 1.0 MB.',
    });
    expect((await readLocalArtifact(root, "big", { maxBytes: 3 * 1024 * 1024 }, signal)).byteLength).toBe(3 * 1024 * 1024);
  });

  it("reads an empty file and names of any script", async () => {
    writeFileSync(join(root, "größe 🚀 #1 100%.txt"), "x");
    writeFileSync(join(root, "empty"), "");
    expect(await read("größe 🚀 #1 100%.txt")).toBe("x");
    expect(await read("empty")).toBe("");
  });

  it("tells a folder, the root and a name that no file can have", async () => {
    await expect(read("model")).rejects.toMatchObject({ code: "artifact/not-found", message: '"model" is not a file.' });
    await expect(read("")).rejects.toMatchObject({ code: "artifact/not-found" });
    const error: unknown = await read("n".repeat(10_000)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "artifact/not-found" });
    expect((error as Error).message.length).toBeLessThan(300);
  });

  it("does not wait for the writer of a named pipe", async () => {
    execFileSync("mkfifo", [join(root, "pipe")]);
    await expect(read("pipe")).rejects.toMatchObject({ code: "artifact/not-found" });
  });
});
