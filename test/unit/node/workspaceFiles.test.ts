import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { readColumnNames } from "../../../src/adapters/tabular/readColumnNames";

const never = new AbortController().signal;
let base: string;
let root: string;

function write(path: string, content: string | Uint8Array = "x"): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "workspace-files-")));
  root = join(base, "work space");
  for (const path of [
    "mlops.yaml",
    ".mlops/policy.yaml",
    ".github/CODEOWNERS",
    ".git/HEAD",
    "a/node_modules/x/mlops.yaml",
    "a/__pycache__/b.pyc",
    "my-env/pyvenv.cfg",
    "my-env/lib/mlops.yaml",
    ".dvc/config",
    ".dvc/cache/files/ab",
    ".dvc/tmp/lock",
    "mlruns/0/meta.yaml",
    "runs/.trash/x",
    "runs/0/meta.yaml",
    "build/dvc.yaml",
    "data/Größe 名.csv",
  ]) {
    write(path);
  }
  writeFileSync(join(base, "secret.txt"), "secret");
  mkdirSync(join(base, "outside"));
  writeFileSync(join(base, "outside", "b.txt"), "b");
  symlinkSync(join(base, "secret.txt"), join(root, "leak.txt"));
  symlinkSync(join(base, "outside"), join(root, "out"));
  symlinkSync(root, join(root, "a", "loop"));
  symlinkSync("mlops.yaml", join(root, "alias.yaml"));
  symlinkSync("circle", join(root, "circle"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("openWorkspaceFiles", () => {
  const open = (): ReturnType<typeof openWorkspaceFiles> => openWorkspaceFiles(root, readColumnNames);

  it("lists what people wrote, in one order, and neither the files of tools nor those of linked folders", async () => {
    const files = open();
    expect(await files.list(never)).toEqual([
      ".dvc/config",
      ".github/CODEOWNERS",
      ".mlops/policy.yaml",
      "alias.yaml",
      "build/dvc.yaml",
      "data/Größe 名.csv",
      "mlops.yaml",
    ]);
    expect(files.problems).toEqual([]);
  });

  it("takes what lies outside for missing, by a link as by dots", async () => {
    for (const path of [
      "leak.txt",
      "out",
      "out/b.txt",
      "../secret.txt",
      "a/../../secret.txt",
      "circle",
      "gone/x",
      "mlops.yaml/x",
      "nul\0",
    ]) {
      expect(await open().look(path, never), path).toEqual({ kind: "missing", size: null });
      expect(await open().readText(path, never), path).toBeNull();
      expect(await open().sha256(path, never), path).toBeNull();
    }
  });

  it("looks at files, folders and what a link inside leads to", async () => {
    expect(await open().look("", never)).toEqual({ kind: "folder", size: null });
    expect(await open().look("data", never)).toEqual({ kind: "folder", size: null });
    expect(await open().look("data/Größe 名.csv", never)).toEqual({ kind: "file", size: 1 });
    expect(await open().look("alias.yaml", never)).toEqual({ kind: "file", size: 1 });
    expect(await open().look("a/loop/mlops.yaml", never)).toEqual({ kind: "file", size: 1 });
    expect(await open().look("mlruns/0/meta.yaml", never)).toEqual({ kind: "file", size: 1 });
  });

  it("sees a folder that came after it looked", async () => {
    const files = open();
    expect((await files.look("late/file.txt", never)).kind).toBe("missing");
    write("late/file.txt");
    expect((await files.look("late/file.txt", never)).kind).toBe("file");
    rmSync(join(root, "late"), { recursive: true });
    expect((await files.look("late/file.txt", never)).kind).toBe("missing");
  });

  it("reads texts without their byte order mark", async () => {
    write("text/utf8.yaml", "\ufeffname: é\r\n");
    write("text/utf16.yaml", Buffer.from("\ufeffname: é", "utf16le"));
    write("text/utf16be.yaml", Buffer.from("\ufeffname: é", "utf16le").swap16());
    expect(await open().readText("text/utf8.yaml", never)).toBe("name: é\r\n");
    expect(await open().readText("text/utf16.yaml", never)).toBe("name: é");
    expect(await open().readText("text/utf16be.yaml", never)).toBe("name: é");
    expect(await open().readText("text", never)).toBeNull();
  });

  it("says that a text is too large to be one", async () => {
    write("large/large.yaml");
    truncateSync(join(root, "large", "large.yaml"), 5 * 1024 * 1024 + 1);
    await expect(open().readText("large/large.yaml", never)).rejects.toMatchObject({
      code: "file/unreadable",
      message: "The file large/large.yaml cannot be read: it is larger than 5 MB.",
    });
  });

  it("hashes small and large files, anew when they change, and none that is too large", async () => {
    const files = open();
    write("hash/small.csv", "abc");
    expect(await files.sha256("hash/small.csv", never)).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    write("hash/small.csv", "abd");
    utimesSync(join(root, "hash", "small.csv"), 1, 1);
    expect(await files.sha256("hash/small.csv", never)).toBe("a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9");
    write("hash/large.bin", new Uint8Array(3 * 1024 * 1024));
    const whole = createHash("sha256")
      .update(new Uint8Array(3 * 1024 * 1024))
      .digest("hex");
    expect(await files.sha256("hash/large.bin", never)).toBe(whole);
    truncateSync(join(root, "hash", "large.bin"), 256 * 1024 * 1024 + 1);
    expect(await files.sha256("hash/large.bin", never)).toBeNull();
    expect(await files.sha256("hash", never)).toBeNull();
  });

  it("reads the columns of tables", async () => {
    write("tables/a.csv", "id,email\n");
    expect(await open().columnNames("tables/a.csv", never)).toEqual(["id", "email"]);
    expect(await open().columnNames("mlops.yaml", never)).toBeNull();
    expect(await open().columnNames("tables/gone.csv", never)).toBeNull();
  });

  it("stops when cancelled", async () => {
    await expect(open().list(AbortSignal.abort())).rejects.toThrow(/abort/i);
    await expect(open().readText("mlops.yaml", AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
