import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { findRepositoryHead, readGitActivity, type RepositoryActivity } from "../../../src/adapters/git/readGitActivity";

const never = new AbortController().signal;
let base: string;
let repository: string;

function git(folder: string, ...args: string[]): void {
  execFileSync("git", ["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", ...args], { cwd: folder, stdio: "pipe" });
}

function commitAs(name: string, email: string, date: string): void {
  git(repository, "add", "-A");
  git(repository, "-c", `user.name=${name}`, "-c", `user.email=${email}`, "commit", "-q", "--allow-empty", "-m", "x", `--date=${date}`);
}

async function read(folder: string): Promise<RepositoryActivity> {
  const found = await findRepositoryHead(folder, never);
  if (found === null) {
    throw new Error("No repository.");
  }
  return readGitActivity(found.root, found.head, never);
}

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "git-activity-")));
  repository = join(base, "repo");
  mkdirSync(join(repository, "churn"), { recursive: true });
  git(repository, "init", "-q");
  writeFileSync(join(repository, "churn", "train.py"), "a = 1\nb = 2\nc = 3\nd = 4\n");
  writeFileSync(join(repository, "\u001ename\u001f名前\n.txt"), "odd");
  commitAs("Ana", "ana@old.example", "2026-01-02T00:00:00Z");
  git(repository, "mv", "churn/train.py", "churn/fit.py");
  commitAs("Leo", "leo@example.org", "2026-02-03T00:00:00Z");
  writeFileSync(join(repository, ".mailmap"), "Ana Ruiz <ana@example.org> <ana@old.example>\n");
  commitAs("Leo", "leo@example.org", "2026-03-04T00:00:00Z");
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("readGitActivity", () => {
  it("reads authors by .mailmap, and files through renames", async () => {
    const { root, activity } = await read(join(repository, "churn"));
    expect(root).toBe(repository);
    expect(activity.isComplete).toBe(true);
    expect(activity.author("ana@example.org")).toEqual({
      email: "ana@example.org",
      name: "Ana Ruiz",
      commits: 1,
      lastCommit: Date.UTC(2026, 0, 2),
    });
    expect(activity.author("ana@old.example")).toBeUndefined();
    expect(activity.authorsOf("churn/fit.py").map(({ email }) => email)).toEqual(["leo@example.org", "ana@example.org"]);
    expect(activity.authorsOf("\u001ename\u001f名前\n.txt").map(({ email }) => email)).toEqual(["ana@example.org"]);
  });

  it("finds nothing outside of a repository", async () => {
    expect(await findRepositoryHead(base, never)).toBeNull();
  });

  it("reads a repository without a commit", async () => {
    const empty = join(base, "empty");
    mkdirSync(empty);
    git(empty, "init", "-q");
    const { head, activity } = await read(empty);
    expect(head).toBe("");
    expect(activity.author("ana@example.org")).toBeUndefined();
  });

  it("knows that a shallow clone does not tell everything", async () => {
    const shallow = join(base, "shallow");
    git(base, "clone", "-q", "--depth", "1", pathToFileURL(repository).href, shallow);
    const { activity } = await read(shallow);
    expect(activity.isComplete).toBe(false);
    expect(activity.author("leo@example.org")?.commits).toBe(1);
  });

  it("reads a submodule as its own repository", async () => {
    const outer = join(base, "outer");
    mkdirSync(outer);
    git(outer, "init", "-q");
    git(outer, "submodule", "--quiet", "add", pathToFileURL(repository).href, "inner");
    const { root, activity } = await read(join(outer, "inner"));
    expect(root).toBe(join(outer, "inner"));
    expect(activity.author("leo@example.org")?.commits).toBe(2);
  });

  it("stops when cancelled", async () => {
    await expect(readGitActivity(repository, "HEAD", AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
