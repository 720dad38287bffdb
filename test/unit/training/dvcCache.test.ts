import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openContentHashes } from "../../../src/adapters/node/contentHashes";
import { listingMd5 } from "../../../src/adapters/node/dvcListing";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";

const CONTENT = "a,b\n1,2\n";
const later = (): number => Date.now() + 60_000;
const of = (kind: "md5" | "sha256", text: string): string => createHash(kind).update(text).digest("hex");

let root = "";
let memory = "";

const place = (path: string): string => join(root, path);
function write(path: string, text: string): string {
  mkdirSync(dirname(place(path)), { recursive: true });
  writeFileSync(place(path), text);
  return place(path);
}

/** As DVC 3 keeps it, without the right to write. */
function cached(text: string, name = of("md5", text), cache = ".dvc/cache"): string {
  const path = write(`${cache}/files/md5/${name.slice(0, 2)}/${name.slice(2)}`, text);
  chmodSync(path, 0o444);
  return path;
}

function track(path: string, text: string): void {
  write(`${path}.dvc`, `outs:\n- md5: ${of("md5", text)}\n  size: ${text.length}\n  hash: md5\n  path: ${path.split("/").at(-1) ?? ""}\n`);
}

/** @returns what a file was read to be, and how many bytes were read for it; each call is another process. */
async function hash(
  path: string,
): Promise<{ readonly hash: string | undefined; readonly from: string | undefined; readonly read: number }> {
  const hashes = openContentHashes(memory, later);
  let read = 0;
  const found = await hashes.hash(place(path), (done) => (read = done), NEVER_CANCELLED);
  expect(await hashes.keep()).toBeNull();
  return { hash: found?.hash, from: found?.from, read };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-dvc-cache-"));
  memory = mkdtempSync(join(tmpdir(), "mlops-dvc-memory-"));
  write(".dvc/config", "");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  rmSync(memory, { recursive: true, force: true });
});

const known = { hash: `sha256:${of("sha256", CONTENT)}`, from: "dvc" };

describe.each([
  ["a hard link", linkSync],
  ["a symbolic link", symlinkSync],
])("%s into DVC's cache", (_, link) => {
  const put = (path: string, from = cachedPath()): void => {
    mkdirSync(dirname(place(path)), { recursive: true });
    link(from, place(path));
    track(path, CONTENT);
  };
  const cachedPath = (): string => place(`.dvc/cache/files/md5/${of("md5", CONTENT).slice(0, 2)}/${of("md5", CONTENT).slice(2)}`);

  it("is read once, and not again where DVC links it anew or elsewhere", async () => {
    cached(CONTENT);
    put("data/a.csv");
    expect(await hash("data/a.csv")).toEqual({ ...known, read: CONTENT.length });
    put("other/b.csv");
    expect(await hash("other/b.csv")).toEqual({ ...known, read: 0 });
    unlinkSync(place("data/a.csv"));
    put("data/c.csv");
    unlinkSync(place("data/c.csv"));
    put("data/a.csv");
    expect(await hash("data/a.csv")).toEqual({ ...known, read: 0 });
  });

  it("is read again where somebody may write it, or has written it", async () => {
    const file = cached(CONTENT);
    put("data/a.csv");
    await hash("data/a.csv");
    chmodSync(file, 0o644);
    put("data/b.csv");
    expect(await hash("data/b.csv")).toEqual({ ...known, read: CONTENT.length });
    writeFileSync(file, CONTENT.replace("2", "3"));
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    chmodSync(file, 0o444);
    put("data/c.csv");
    expect(await hash("data/c.csv")).toEqual({
      hash: `sha256:${of("sha256", CONTENT.replace("2", "3"))}`,
      from: "read",
      read: CONTENT.length,
    });
  });

  it("proves nothing where the cache holds something else under that name", async () => {
    const file = cached("x,y\n3,4\n", of("md5", CONTENT));
    put("data/a.csv", file);
    put("data/b.csv", file);
    for (const path of ["data/a.csv", "data/b.csv"]) {
      expect(await hash(path)).toEqual({ hash: `sha256:${of("sha256", "x,y\n3,4\n")}`, from: "read", read: 8 });
    }
  });

  it("is found in the cache that the repository's settings name", async () => {
    write(
      ".dvc/config",
      "[core]\n    autostage = true\n['remote \"s\"']\n    url = x\n[cache]\n    type = hardlink\n    dir = ../shared\n",
    );
    const file = cached(CONTENT, of("md5", CONTENT), "shared");
    put("data/a.csv", file);
    put("data/b.csv", file);
    await hash("data/a.csv");
    expect(await hash("data/b.csv")).toEqual({ ...known, read: 0 });
  });

  it("is known within a folder by DVC's list of it", async () => {
    const texts = ["one\n", "three\n"];
    const files = texts.map((text, index) => ({ relpath: `${index}.txt`, md5: of("md5", text) }));
    const list = JSON.stringify(files);
    const md5 = listingMd5(files);
    write(`.dvc/cache/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}.dir`, list);
    const folder = (name: string): void => {
      mkdirSync(place(name));
      texts.forEach((text, index) =>
        link(place(`.dvc/cache/files/md5/${of("md5", text).slice(0, 2)}/${of("md5", text).slice(2)}`), place(`${name}/${index}.txt`)),
      );
      write(`${name}.dvc`, `outs:\n- md5: ${md5}.dir\n  hash: md5\n  path: ${name}\n`);
    };
    texts.forEach((text) => cached(text));
    folder("images");
    const first = await hash("images");
    expect(first).toMatchObject({ from: "dvc", read: 10 });
    folder("again");
    expect(await hash("again")).toEqual({ ...first, read: 0 });
    unlinkSync(place("again/1.txt"));
    write("again/1.txt", "three\n");
    expect(await hash("again")).toEqual({ ...first, read: 10 });
  });
});

describe("a file of its own", () => {
  it("is read, however much it looks like DVC's: a copy can be written", async () => {
    const file = cached(CONTENT);
    mkdirSync(place("data"));
    for (const name of ["a", "b"]) {
      copyFileSync(file, place(`data/${name}.csv`));
      chmodSync(place(`data/${name}.csv`), 0o444);
      track(`data/${name}.csv`, CONTENT);
      expect(await hash(`data/${name}.csv`)).toEqual({ ...known, read: CONTENT.length });
    }
    expect(statSync(place("data/a.csv")).ino).not.toBe(statSync(file).ino);
  });

  it("is remembered by its path where there is no repository of DVC", async () => {
    rmSync(place(".dvc"), { recursive: true });
    write("a.csv", CONTENT);
    track("a.csv", CONTENT);
    expect(await hash("a.csv")).toEqual({ ...known, read: CONTENT.length });
    expect(await hash("a.csv")).toEqual({ ...known, read: 0 });
  });
});
