import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { LocalGitHistory } from "../../../src/adapters/git/localGitHistory";

const never = new AbortController().signal;
const history = new LocalGitHistory();
let base: string;
let repository: string;
let first: string;
let second: string;

function git(folder: string, ...args: string[]): string {
  const identity = [
    "-c",
    "user.name=Ana Łuczak",
    "-c",
    "user.email=ana@example.com",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "protocol.file.allow=always",
  ];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "git-history-")));
  repository = join(base, "repo with space");
  mkdirSync(join(repository, "src"), { recursive: true });
  git(repository, "init", "-q");
  writeFileSync(join(repository, "src", "train.py"), "lr = 0.1\nepochs = 3\nseed = 1\n");
  writeFileSync(join(repository, "gone.txt"), "old");
  writeFileSync(join(repository, "moved.py"), "a = 1\nb = 2\nc = 3\nd = 4\n");
  git(repository, "add", ".");
  git(repository, "commit", "-q", "-m", "First");
  first = git(repository, "rev-parse", "HEAD");
  writeFileSync(join(repository, "src", "train.py"), "lr = 0.2\nepochs = 3\nseed = 1\n");
  writeFileSync(join(repository, "naïve 名前.md"), "# new");
  rmSync(join(repository, "gone.txt"));
  git(repository, "mv", "moved.py", "src/moved.py");
  git(repository, "add", "-A");
  git(repository, "commit", "-q", "-m", "Raise the learning rate; $(touch pwned)");
  second = git(repository, "rev-parse", "HEAD");
  writeFileSync(join(repository, "src", "train.py"), "lr = 0.3\nepochs = 3\nseed = 1\n");
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("LocalGitHistory", () => {
  it("finds the repository from a folder inside it, and none outside", async () => {
    expect(await history.findRepository(join(repository, "src"), never)).toBe(repository);
    expect(await history.findRepository(base, never)).toBeNull();
  });

  it("says that a folder is gone", async () => {
    await expect(history.findRepository(join(base, "nowhere"), never)).rejects.toMatchObject({ code: "git/unavailable" });
  });

  it("tells subject, author, time and parent, also from a short hash", async () => {
    const commit = await history.findCommit(repository, second.slice(0, 8), never);
    expect(commit).toMatchObject({ hash: second, parent: first, author: "Ana Łuczak", subject: "Raise the learning rate; $(touch pwned)" });
    expect(Math.abs((commit?.date ?? 0) - Date.now())).toBeLessThan(3_600_000);
    expect((await history.findCommit(repository, first, never))?.parent).toBeNull();
  });

  it("answers null for a commit of another repository", async () => {
    expect(await history.findCommit(repository, "0123456789abcdef0123456789abcdef01234567", never)).toBeNull();
  });

  it.each(["--output=x", "HEAD", "abc..def", "", "a; touch pwned", "main"])("refuses %j, which is no hash", async (commit) => {
    await expect(history.findCommit(repository, commit, never)).rejects.toMatchObject({ code: "git/unavailable" });
    await expect(history.fileAt(repository, commit, "gone.txt", never)).rejects.toMatchObject({ code: "git/unavailable" });
  });

  it("lists what a commit changed: modified, added, deleted, renamed", async () => {
    const files = await history.changedFiles(repository, second, "parent", never);
    expect(new Set(files)).toEqual(
      new Set([
        { before: "src/train.py", after: "src/train.py" },
        { before: null, after: "naïve 名前.md" },
        { before: "gone.txt", after: null },
        { before: "moved.py", after: "src/moved.py" },
      ]),
    );
  });

  it("lists every file as added for the first commit", async () => {
    const files = await history.changedFiles(repository, first, "parent", never);
    expect(files.map((file) => [file.before, file.after])).toEqual([
      [null, "gone.txt"],
      [null, "moved.py"],
      [null, "src/train.py"],
    ]);
  });

  it("compares with the working tree and with HEAD", async () => {
    expect(await history.changedFiles(repository, second, "workingTree", never)).toEqual([
      { before: "src/train.py", after: "src/train.py" },
    ]);
    expect(await history.changedFiles(repository, second, "head", never)).toEqual([]);
    expect(await history.changedFiles(repository, first, "head", never)).toHaveLength(4);
  });

  it("reads a file at a commit, and null where the commit has none", async () => {
    const text = new TextDecoder().decode((await history.fileAt(repository, first, "src/train.py", never)) ?? undefined);
    expect(text).toBe("lr = 0.1\nepochs = 3\nseed = 1\n");
    expect(await history.fileAt(repository, second, "gone.txt", never)).toBeNull();
    expect(await history.fileAt(repository, second, "src", never)).toBeNull();
  });

  it("says that a shallow clone lacks the commit or its parent", async () => {
    const clone = join(base, "shallow");
    git(base, "clone", "-q", "--depth", "1", `file://${repository}`, clone);
    await expect(history.findCommit(clone, first, never)).rejects.toMatchObject({
      code: "git/unavailable",
      message: expect.stringContaining("shallow") as unknown,
    });
    await expect(history.changedFiles(clone, second, "parent", never)).rejects.toMatchObject({
      code: "git/unavailable",
      message: expect.stringContaining("parent") as unknown,
    });
  });

  it("runs no external diff and no file system monitor that the repository names", async () => {
    const mark = join(base, "executed");
    git(repository, "config", "diff.external", `touch ${mark}`);
    git(repository, "config", "core.fsmonitor", `touch ${mark}; false`);
    await history.changedFiles(repository, second, "workingTree", never);
    await history.changedFiles(repository, second, "parent", never);
    expect(() => realpathSync(mark)).toThrow();
  });

  it("says that git is not installed", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = base;
    try {
      await expect(history.findRepository(repository, never)).rejects.toMatchObject({
        code: "git/unavailable",
        message: "The program git was not found.",
      });
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("stops when cancelled, without an AppError", async () => {
    const controller = new AbortController();
    const waiting = history.changedFiles(repository, first, "parent", controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});
