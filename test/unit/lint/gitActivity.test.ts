import { describe, expect, it } from "vitest";

import { GitActivity, type LoggedCommit } from "../../../src/core/lint/gitActivity";

function commit(email: string, time: number, ...files: (string | [from: string, to: string])[]): LoggedCommit {
  return {
    email,
    name: `${email} at ${time}`,
    time,
    files: files.map((file) => (typeof file === "string" ? { path: file, from: null } : { path: file[1], from: file[0] })),
  };
}

describe("GitActivity", () => {
  const activity = new GitActivity(
    [
      commit("ana@x.org", 50, "a/train.py", "other.md"),
      commit("Leo@x.org", 40, ["old/train.py", "a/train.py"]),
      commit("leo@x.org", 30, "old/train.py"),
      commit("mia@x.org", 20, "old/train.py", "a/data.csv"),
      commit("ana@x.org", 10, "ab/else.py"),
    ],
    null,
  );

  it("counts an author's commits whatever the letters of the address, under the name last used", () => {
    expect(activity.author("LEO@x.org")).toEqual({ email: "leo@x.org", name: "Leo@x.org at 40", commits: 2, lastCommit: 40 });
    expect(activity.author("nobody@x.org")).toBeUndefined();
  });

  it("follows a file through its renames", () => {
    expect(activity.authorsOf("a/train.py").map(({ email, commits }) => [email, commits])).toEqual([
      ["leo@x.org", 2],
      ["ana@x.org", 1],
      ["mia@x.org", 1],
    ]);
  });

  it("takes a folder for the files in it, and no folder that only begins alike", () => {
    expect(activity.authorsOf("a").map(({ email, commits }) => [email, commits])).toEqual([
      ["leo@x.org", 2],
      ["ana@x.org", 1],
      ["mia@x.org", 1],
    ]);
  });

  it("counts a commit once, however many files it changes", () => {
    const files = Array.from({ length: 50 }, (_, index) => `a/part-${index}.py`);
    const imported = new GitActivity(
      [commit("ana@x.org", 3, "a/train.py"), commit("ana@x.org", 2, "a/train.py"), commit("leo@x.org", 1, ...files)],
      null,
    );
    expect(imported.authorsOf("a").map(({ email, commits }) => [email, commits])).toEqual([
      ["ana@x.org", 2],
      ["leo@x.org", 1],
    ]);
    expect(imported.authorsSince(["a"], 0)).toEqual(["ana@x.org", "leo@x.org"]);
  });

  it("names who changed files since a day, and the newest change", () => {
    expect(activity.authorsSince(["a/train.py"], 30)).toEqual(["leo@x.org", "ana@x.org"]);
    expect(activity.lastChange(["a"])).toMatchObject({ email: "ana@x.org", time: 50 });
    expect(activity.lastChange(["gone"])).toBeNull();
  });

  it("does not mix a new file with an old one that once had its name", () => {
    const reused = new GitActivity(
      [commit("new@x.org", 3, "train.py"), commit("mover@x.org", 2, ["train.py", "moved.py"]), commit("old@x.org", 1, "train.py")],
      null,
    );
    expect(reused.authorsOf("train.py").map(({ email }) => email)).toEqual(["new@x.org"]);
    expect(reused.authorsOf("moved.py").map(({ email }) => email)).toEqual(["mover@x.org", "old@x.org"]);
  });
});
