import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { GitObjects } from "../../../src/adapters/git/gitObjects";
import { GitFailure } from "../../../src/adapters/git/runGit";
import { scratchFolder } from "../../builders/sqliteDatabase";

const never = new AbortController().signal;

function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = scratchFolder();
  const git = (...args: readonly string[]): void =>
    void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", ...args], { cwd: root });
  git("init", "-q");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  git("add", "-A");
  git("commit", "-q", "-m", "x");
  return root;
}

const long = new Uint8Array(3_000_000).map((_, index) => (index * 7) % 256);

describe("files of commits", () => {
  it("are read byte for byte by one git, each answer to its own question, whatever is asked at once", async () => {
    const texts = Array.from(
      { length: 300 },
      (_, index) => [`dir ${index}/ü.txt`, index % 7 === 0 ? "" : `${index}\n`.repeat(index)] as const,
    );
    const objects = new GitObjects(repository({ ...Object.fromEntries(texts), "long.bin": long, "line\nend.txt": "found" }));
    const asked = [
      ...texts.map(([path]) => path),
      "none.txt",
      "long.bin",
      "dir 1",
      ...texts.map(([path]) => path).reverse(),
      "line\nend.txt",
    ];
    const answers = await Promise.allSettled(asked.map((path) => objects.read(`HEAD:${path}`, never)));
    for (const [index, path] of asked.entries()) {
      const answer = answers[index];
      const expected = path === "long.bin" ? long : path === "line\nend.txt" ? "found" : new Map<string, string>(texts).get(path);
      if (expected === undefined) {
        expect(answer).toMatchObject({ status: "rejected", reason: expect.any(GitFailure) as unknown });
      } else {
        const bytes = answer?.status === "fulfilled" ? answer.value : null;
        expect(Buffer.from(bytes ?? [255]).equals(Buffer.from(expected as string)), path).toBe(true);
      }
    }
  });

  it("are read again after the git that was started has ended, and once the repository is gone that is told", async () => {
    const root = repository({ a: "1" });
    const objects = new GitObjects(root);
    expect(Buffer.from(await objects.read("HEAD:a", never)).toString()).toBe("1");
    // Longer than a git without a question stays.
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(Buffer.from(await objects.read("HEAD:a", never)).toString()).toBe("1");
    await new Promise((resolve) => setTimeout(resolve, 400));
    rmSync(root, { recursive: true });
    await expect(objects.read("HEAD:a", never)).rejects.toMatchObject({ code: "git/unavailable" });
  });

  it("that do not exist, or no git repository, are git's failure", async () => {
    const objects = new GitObjects(repository({ a: "1" }));
    await expect(objects.read(`${"0".repeat(40)}:a`, never)).rejects.toBeInstanceOf(GitFailure);
    await expect(objects.read("no-such-branch:a", never)).rejects.toBeInstanceOf(GitFailure);
    await expect(new GitObjects(scratchFolder()).read("HEAD:a", never)).rejects.toThrow(/not a git repository/);
    const aborted = AbortSignal.abort(new Error("enough"));
    expect(() => objects.read("HEAD:a", aborted)).toThrow("enough");
  });
});
