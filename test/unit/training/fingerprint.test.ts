import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openContentHashes } from "../../../src/adapters/node/contentHashes";
import { openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { Product } from "../../../src/core/config/product";
import { readConfig } from "../../../src/core/config/readConfig";
import { canonicalJson } from "../../../src/core/base/canonicalJson";
import { compareFingerprints } from "../../../src/core/training/compareFingerprints";
import type { Fingerprint } from "../../../src/core/training/fingerprint";
import { makeFingerprint } from "../../../src/core/training/makeFingerprint";
import { readParts, shortParts, trainingTags } from "../../../src/core/training/trainingTags";
import type { ParamValue, TrainSpec } from "../../../src/core/training/trainSpec";
import { trainSpec } from "../../builders/retrainPlan";

const CONFIG = `version: 1
name: churn
train: {engine: local, command: [python, train.py, --lr, "{lr}"], params: {lr: 0.1}, code: [train.py, "src/**"], environment: requirements.lock}
data: [{path: data/train.csv, use: train}, {path: data/live.csv, use: live}, {path: data/parts, use: test}]
`;

let root = "";
let cache = "";
const later = (): number => Date.now() + 60_000;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-fingerprint-"));
  cache = mkdtempSync(join(tmpdir(), "mlops-hashes-"));
  write("model/mlops.yaml", CONFIG);
  write("model/train.py", "print(1)\n");
  write("model/src/deep/part.py", "x = 1\n");
  write("model/requirements.lock", "numpy==2.3.1\n");
  write("model/data/train.csv", "a,b\n1,2\n");
  write("model/data/live.csv", "a,b\n1,2\n");
  write("model/data/parts/1.csv", "a\n1\n");
  write("model/data/parts/2.csv", "a\n2\n");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  rmSync(cache, { recursive: true, force: true });
});

const spec = (over: Partial<TrainSpec> = {}): TrainSpec =>
  trainSpec({
    ...{
      config: "model/mlops.yaml",
      root,
      folder: join(root, "model"),
      command: ["python", "train.py", "--lr", "{lr}"],
      params: { lr: 0.1 },
    },
    ...over,
  });

async function fingerprint(
  over: { params?: Record<string, ParamValue>; text?: string; spec?: Partial<TrainSpec> } = {},
): Promise<Fingerprint> {
  const product: Product = readConfig(over.text ?? CONFIG).value;
  const wish = {
    ...{ spec: spec(over.spec), product, params: over.params ?? { lr: 0.1 } },
    files: openWorkspaceFiles(root, () => Promise.resolve(null)),
    hashes: openContentHashes(cache, later),
    toAbsolute: (path: string) => join(root, path),
    sha256: (text: string) => createHash("sha256").update(text).digest("hex"),
  };
  return makeFingerprint(wish, () => undefined, NEVER_CANCELLED);
}

describe("a fingerprint", () => {
  it("covers what a model is made of, and not what only watches it", async () => {
    const { value, parts, unknown } = await fingerprint();
    expect(unknown).toEqual([]);
    expect(value).toMatch(/^[0-9a-f]{64}$/);
    expect(parts.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "data data/parts",
      "data data/train.csv",
      "code src/deep/part.py",
      "code train.py",
      "param lr",
      "command command",
      "environment requirements.lock",
    ]);
  });

  it("is the same as long as nothing changes, whatever the times of files and the order of parameters", async () => {
    const before = await fingerprint({ params: { a: 1, b: "x" } });
    utimesSync(join(root, "model/data/train.csv"), new Date(1e12), new Date(1e12));
    expect((await fingerprint({ params: { b: "x", a: 1.0 } })).value).toBe(before.value);
  });

  it.each([
    ["one byte of data", () => appendFileSync(join(root, "model/data/train.csv"), "3"), "data/train.csv: content changed"],
    ["a file more in a folder of data", () => write("model/data/parts/3.csv", "a\n"), "data/parts: content changed"],
    ["a line of code", () => appendFileSync(join(root, "model/train.py"), "print(2)\n"), "code train.py: content changed"],
    ["a new file of code", () => write("model/src/new.py", ""), "code src/new.py was added"],
    ["a file of code gone", () => rmSync(join(root, "model/src/deep/part.py")), "code src/deep/part.py was removed"],
    ["a package", () => write("model/requirements.lock", "numpy==2.3.2\n"), "environment requirements.lock: content changed"],
  ])("tells of %s, and of nothing else", async (_, change, text) => {
    // A second file keeps the pattern alive where the first one goes.
    write("model/src/kept.py", "");
    const before = await fingerprint();
    change();
    const now = await fingerprint();
    expect(now.value).not.toBe(before.value);
    const changes = compareFingerprints(shortParts(before), now, { before: { lr: "0.1" }, now: { lr: 0.1 } });
    expect(changes.map((one) => one.text)).toEqual([expect.stringContaining(text)]);
  });

  it("names a changed parameter with both values, and a changed command", async () => {
    const before = await fingerprint();
    const values = { before: { lr: "0.1" }, now: { lr: 0.2 } };
    const param = compareFingerprints(shortParts(before), await fingerprint({ params: { lr: 0.2 } }), values);
    expect(param.map(({ text }) => text)).toEqual(["lr: 0.1 → 0.2"]);
    const command = compareFingerprints(shortParts(before), await fingerprint({ spec: { command: ["python", "other.py"] } }), values);
    expect(command.map(({ text }) => text)).toEqual(["the command changed"]);
  });

  it("cannot be told where data or code is missing", async () => {
    rmSync(join(root, "model/data/train.csv"));
    expect(await fingerprint()).toMatchObject({ value: null, unknown: ["The data data/train.csv is not there."] });
    expect((await fingerprint({ text: CONFIG.replace(/data: .*/, "") })).unknown).toContain(
      "The file names no data that the model learns from, so nobody can tell whether they changed.",
    );
    const text = CONFIG.replace("src/**", "lib/**");
    expect((await fingerprint({ text })).unknown).toContain("No file is named like the code lib/** in train.code.");
  });

  it("takes all code below the product where nothing says which files are code", async () => {
    const { parts } = await fingerprint({ text: CONFIG.replace(', code: [train.py, "src/**"]', "") });
    expect(parts.filter(({ kind }) => kind === "code").map(({ name }) => name)).toEqual(["src/deep/part.py", "train.py"]);
  });
});

describe("a memory of hashes that cannot be written", () => {
  const fromOf = ({ parts }: Fingerprint): unknown => parts.find(({ name }) => name === "data/train.csv")?.from;

  it("is said of a full disk, beside a whole fingerprint, until there is room again", async () => {
    const whole = await fingerprint();
    expect(whole.notKept).toBeUndefined();
    rmSync(join(cache, "hashes.json"));
    const isMounted = mountTiny(cache);
    const filler = join(cache, isMounted ? "filler" : "hashes.json");
    if (isMounted) {
      expect(() => writeFileSync(filler, Buffer.alloc(100_000))).toThrow("ENOSPC");
    } else {
      mkdirSync(filler); // Where nothing can be mounted, a folder stands where the file is needed.
    }
    try {
      const { notKept, ...rest } = await fingerprint();
      expect(rest).toEqual(whole);
      expect(notKept).toMatch(isMounted ? /hashes\.json was not written: the disk is full\.$/ : /was not written/);
      rmSync(filler, { recursive: true });
      expect((await fingerprint()).notKept).toBeUndefined();
      expect(fromOf(await fingerprint())).toBe("remembered");
    } finally {
      if (isMounted) {
        execFileSync("umount", [cache]);
      }
    }
  });

  it("is written by the same process as soon as there is room", async () => {
    const opened = openContentHashes(join(cache, "below"), later);
    writeFileSync(join(cache, "below"), "A file stands where the folder is needed.");
    await opened.hash(join(root, "model/data/train.csv"), () => undefined, NEVER_CANCELLED);
    expect(await opened.keep()).toMatch(/was not written/);
    rmSync(join(cache, "below"));
    expect(await opened.keep()).toBeNull();
    const known = openContentHashes(join(cache, "below"), later);
    expect(await known.hash(join(root, "model/data/train.csv"), () => undefined, NEVER_CANCELLED)).toMatchObject({ from: "remembered" });
  });
});

/** Mounts a file system of 64 KB where that is allowed. @returns whether it was. */
function mountTiny(place: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", place], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("content hashes", () => {
  const hashes = (now = later): ReturnType<typeof openContentHashes> => openContentHashes(cache, now);
  const hash = async (now = later): Promise<unknown> => {
    const opened = hashes(now);
    const content = await opened.hash(join(root, "model/data/train.csv"), () => undefined, NEVER_CANCELLED);
    await opened.keep();
    return content;
  };

  it("reads what has not changed once, also in another process", async () => {
    const content = { hash: `sha256:${createHash("sha256").update("a,b\n1,2\n").digest("hex")}`, size: 8 };
    expect(await hash()).toEqual({ ...content, from: "read" });
    expect(await hash()).toEqual({ ...content, from: "remembered" });
  });

  it("does not remember a file that could change once more without another time", async () => {
    await hash(Date.now);
    expect(await hash(Date.now)).toMatchObject({ from: "read" });
  });

  it("reads again where its memory is damaged", async () => {
    await hash();
    writeFileSync(join(cache, "hashes.json"), '[["');
    expect(await hash()).toMatchObject({ from: "read" });
    expect(await hash()).toMatchObject({ from: "remembered" });
  });

  it("says that DVC knows a content, and only while the file is as DVC saw it", async () => {
    const md5 = createHash("md5").update("a,b\n1,2\n").digest("hex");
    write(
      "model/dvc.lock",
      `schema: '2.0'\nstages:\n  train:\n    cmd: x\n    deps:\n    - {path: data/train.csv, hash: md5, md5: ${md5}, size: 8}\n`,
    );
    const sha256 = createHash("sha256").update("a,b\n1,2\n").digest("hex");
    expect(await hash()).toEqual({ hash: `sha256:${sha256}`, size: 8, from: "dvc" });
    write("model/data/train.csv", "a,b\n9,2\n");
    expect(await hash()).toMatchObject({ hash: expect.stringMatching(/^sha256:/) as string, from: "read" });
  });

  it("says the same of a folder, whose files DVC knows by their list only", async () => {
    const files = {
      ...{ "b/x.txt": "one", "b-c.txt": "two", 'a/ü "q" 😀.txt': "three\n", ".hidden": "" },
      ...{ "ﬀ.txt": "z", "😀.txt": "y" },
    };
    Object.entries(files).forEach(([name, text]) => write(`model/data/images/${name}`, text));
    const images = join(root, "model/data/images");
    const whole = () => hashes().hash(images, () => undefined, NEVER_CANCELLED);
    const untracked = await whole();
    expect(untracked).toMatchObject({ from: "read", size: 14 });
    // As DVC 3.67 wrote it for these files.
    const entry = "{md5: MD5.dir, size: 14, nfiles: 6, hash: md5, path: images}".replace("MD5", "fae4ac1e85b4074dcf3f4240de2546bc");
    write("model/data/images.dvc", `outs:\n- ${entry}\n`);
    expect(await whole()).toEqual({ ...untracked, from: "dvc" });
    rmSync(join(root, "model/data/images.dvc"));
    write("model/dvc.lock", `schema: '2.0'\nstages: {train: {cmd: x, deps: [${entry.replace("path: images", "path: data/images")}]}}\n`);
    expect(await whole()).toEqual({ ...untracked, from: "dvc" });
    write("model/data/images/b/x.txt", "One");
    expect(await whole()).toMatchObject({ from: "read" });
  });

  it("notices an edit that gives a file its size and time back", async () => {
    const file = join(root, "model/data/train.csv");
    utimesSync(file, 1e9, 1e9);
    const before = await hash();
    writeFileSync(file, "a,b\n7,2\n");
    utimesSync(file, 1e9, 1e9);
    expect(await hash()).not.toEqual(before);
    expect(await hash()).toMatchObject({ hash: `sha256:${createHash("sha256").update("a,b\n7,2\n").digest("hex")}` });
  });

  it("follows links in a folder of data, and ends where one leads back", async () => {
    const parts = join(root, "model/data/parts");
    const whole = (): Promise<unknown> => hashes().hash(parts, () => undefined, NEVER_CANCELLED);
    symlinkSync(join(root, "model/data/live.csv"), join(parts, "linked.csv"));
    symlinkSync(parts, join(parts, "loop"));
    const before = await whole();
    write("model/data/live.csv", "a,b\n1,3\n");
    expect(await whole()).not.toEqual(before);
  });

  it("is null for nothing, and ends when it is cancelled", async () => {
    expect(await hashes().hash(join(root, "nothing"), () => undefined, NEVER_CANCELLED)).toBeNull();
    await expect(hashes().hash(root, () => undefined, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe("tags of a training", () => {
  const facts = { jobId: "churn-1", reason: { kind: "manual", text: "By hand" } as const, againBecause: null };

  it("hold the parts for whoever compares later", async () => {
    const made = await fingerprint();
    const tags = trainingTags({ ...facts, fingerprint: made });
    expect(tags["mlops.fingerprint"]).toBe(made.value);
    expect(readParts(tags["mlops.parts"])).toEqual(shortParts(made));
    expect(readParts("[1]")).toBeNull();
    expect(readParts(undefined)).toBeNull();
  });

  it("leave parts out that a tag cannot hold", () => {
    const parts = Array.from({ length: 200 }, (_, index) => ({
      ...{ kind: "code" as const, name: `src/module-${index}.py`, hash: `sha256:${"0".repeat(64)}` },
      ...{ size: 1, from: "read" as const },
    }));
    expect(Object.keys(trainingTags({ ...facts, fingerprint: { value: "f", parts, unknown: [] } }))).not.toContain("mlops.parts");
  });
});

it("canonical JSON does not depend on the order of keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
    }),
  );
});
