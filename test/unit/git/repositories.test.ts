import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openRepositories } from "../../../src/adapters/git/repositories";
import type { RepositoryFact } from "../../../src/core/lint/workspace/lintPorts";
import type { Fact } from "../../../src/core/lint/lintFacts";

const never = new AbortController().signal;
const CUT = { known: false, why: "the clone does not hold the whole history" };
let base: string;
let repository: string;
let first: string;

function git(folder: string, ...args: string[]): string {
  const options = ["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"];
  return execFileSync("git", [...options, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function commit(folder: string, email: string, date: string): string {
  git(folder, "add", "-A");
  const person = ["-c", `user.name=${email.split("@")[0] ?? ""}`, "-c", `user.email=${email}`];
  execFileSync("git", [...person, "-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", "x", `--date=${date}`], {
    cwd: folder,
    stdio: "pipe",
    env: { ...process.env, GIT_COMMITTER_DATE: date },
  });
  return git(folder, "rev-parse", "HEAD");
}

async function found(fact: Promise<Fact<RepositoryFact>>): Promise<RepositoryFact> {
  const result = await fact;
  if (!result.known) {
    throw new Error(result.why);
  }
  return result.value;
}

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "repositories-")));
  repository = join(base, "repo");
  mkdirSync(repository);
  git(repository, "init", "-q");
  write(repository, "models/churn/mlops.yaml", "kpis: [{name: f1, target: '>= 0.8'}]\n");
  write(repository, "docs/CODEOWNERS", "* @docs\n");
  first = commit(repository, "ana@example.org", "2026-01-02T00:00:00Z");
  renameSync(join(repository, "models/churn/mlops.yaml"), join(repository, "models/churn/churn.mlops.yaml"));
  commit(repository, "leo@example.org", "2026-02-03T00:00:00Z");
  write(repository, "CODEOWNERS", "* @root\n");
  write(repository, "models/churn/churn.mlops.yaml", "kpis: [{name: f1, target: '>= 0.7'}]\n");
  commit(repository, "mia@example.org", "2026-03-04T00:00:00Z");
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("openRepositories", () => {
  it("finds the repository around a workspace that is one of its folders, with CODEOWNERS by precedence", async () => {
    const { activity, codeowners, toRepository } = await found(openRepositories(join(repository, "models")).find("churn", never));
    expect(toRepository("churn/churn.mlops.yaml")).toBe("models/churn/churn.mlops.yaml");
    expect(activity.authorsOf("models/churn/churn.mlops.yaml").map(({ email }) => email)).toEqual([
      "mia@example.org",
      "leo@example.org",
      "ana@example.org",
    ]);
    expect(activity.writersOf("models/churn/churn.mlops.yaml")).toEqual(["ana@example.org", "mia@example.org"]);
    expect(codeowners?.ownersOf("models/churn/churn.mlops.yaml")).toEqual(["@root"]);
  });

  it("finds it for folders that are not there, and by one reading for all", async () => {
    const repositories = openRepositories(repository);
    const [one, other] = await Promise.all([found(repositories.find("models/churn", never)), found(repositories.find("gone/deep", never))]);
    expect(other).toBe(one);
  });

  it("sees a commit, a mailmap and owners once it is told to forget", async () => {
    const folder = join(base, "growing");
    mkdirSync(folder);
    git(folder, "init", "-q");
    const repositories = openRepositories(folder);
    const empty = await found(repositories.find("", never));
    expect(empty.activity.isComplete).toBe(true);
    expect(empty.codeowners).toBeNull();
    write(folder, "a.txt", "a");
    commit(folder, "old@example.org", "2026-01-02T00:00:00Z");
    expect((await found(repositories.find("", never))).activity.author("old@example.org")).toBeUndefined();
    repositories.forget();
    expect((await found(repositories.find("", never))).activity.author("old@example.org")?.commits).toBe(1);
    write(folder, ".mailmap", "New <new@example.org> <old@example.org>\n");
    write(folder, ".github/CODEOWNERS", "* @github\n");
    write(folder, "CODEOWNERS", "* @root\n");
    repositories.forget();
    const { activity, codeowners } = await found(repositories.find("", never));
    expect(activity.author("new@example.org")?.commits).toBe(1);
    expect(codeowners?.ownersOf("a.txt")).toEqual(["@github"]);
  });

  it("keeps the log of a commit when it is told to forget", async () => {
    const repositories = openRepositories(repository);
    const { activity } = await found(repositories.find("", never));
    repositories.forget();
    expect((await found(repositories.find("", never))).activity).toBe(activity);
  });

  it("reads a file at a commit, also under its name of that time", async () => {
    const repositories = openRepositories(join(repository, "models"));
    const text = "kpis: [{name: f1, target: '>= 0.8'}]\n";
    expect(await repositories.textAt("churn/churn.mlops.yaml", first, never)).toEqual({ known: true, value: text });
    expect(await repositories.textAt("churn/churn.mlops.yaml", first.slice(0, 8), never)).toEqual({ known: true, value: text });
    expect(await repositories.textAt("churn/other.yaml", first, never)).toEqual({ known: true, value: null });
  });

  it.each(["HEAD", "--output=x", "main", "", "0123456789abcdef0123456789abcdef01234567", "; touch x"])(
    "knows no commit %j",
    async (name) => {
      expect(await openRepositories(repository).textAt("docs/CODEOWNERS", name, never)).toEqual({ known: true, value: null });
    },
  );

  it("says that there is no repository", async () => {
    const outside = join(base, "outside");
    mkdirSync(join(outside, ".git"), { recursive: true });
    const why = { known: false, why: "there is no git repository" };
    expect(await openRepositories(outside).find("", never)).toEqual(why);
    expect(await openRepositories(base).find("x", never)).toEqual(why);
    expect(await openRepositories(base).textAt("x/y", first, never)).toEqual(why);
  });

  it("gives a damaged repository's words as the reason", async () => {
    const damaged = join(base, "damaged");
    mkdirSync(damaged);
    writeFileSync(join(damaged, ".git"), "nonsense");
    expect(await openRepositories(damaged).find("", never)).toEqual({
      known: false,
      why: expect.stringMatching(/^git says "fatal: invalid gitfile/) as unknown,
    });
  });

  it("does not take the first commit of a shallow clone for a change", async () => {
    const clone = join(base, "shallow");
    git(base, "clone", "-q", "--depth", "2", pathToFileURL(repository).href, clone);
    const repositories = openRepositories(clone);
    const { activity } = await found(repositories.find("", never));
    expect(activity.lastChange(["models/churn"])).toMatchObject({ email: "mia@example.org" });
    expect(activity.authorsOf("models/churn/churn.mlops.yaml").map(({ email }) => email)).toEqual(["mia@example.org"]);
    expect(activity.writersOf("models/churn/churn.mlops.yaml")).toBeNull();
    expect(activity.knowsSince(Date.UTC(2026, 1, 4))).toBe(true);
    expect(activity.knowsSince(Date.UTC(2026, 1, 2))).toBe(false);
    expect(await repositories.textAt("models/churn/churn.mlops.yaml", first, never)).toEqual(CUT);
  });

  it("reads a submodule as its own repository", async () => {
    const outer = join(base, "outer");
    mkdirSync(outer);
    git(outer, "init", "-q");
    write(outer, "mlops.yaml", "name: outer\n");
    git(outer, "submodule", "--quiet", "add", pathToFileURL(repository).href, "inner");
    commit(outer, "sam@example.org", "2026-04-05T00:00:00Z");
    const repositories = openRepositories(outer);
    const inner = await found(repositories.find("inner/models", never));
    expect(inner.toRepository("inner/models/churn")).toBe("models/churn");
    expect(inner.toRepository("mlops.yaml")).toBe("../mlops.yaml");
    expect(inner.activity.author("sam@example.org")).toBeUndefined();
    expect((await found(repositories.find("", never))).activity.author("sam@example.org")?.commits).toBe(1);
  });

  it("reads the log of ten thousand commits", async () => {
    const long = join(base, "long");
    mkdirSync(long);
    git(long, "init", "-q");
    const commits = Array.from({ length: 10_000 }, (_, index) => {
      const person = `P${index % 7} <p${index % 7}@example.org> ${1_700_000_000 + index * 60} +0000`;
      return `commit refs/heads/main\nauthor ${person}\ncommitter ${person}\ndata 1\nx\nM 100644 inline m${index % 50}/train.py\ndata ${String(index).length}\n${index}\n`;
    });
    execFileSync("git", ["fast-import", "--quiet", "--force"], { cwd: long, input: commits.join("\n") });
    const { activity } = await found(openRepositories(long).find("m3", never));
    expect(activity.isComplete).toBe(true);
    expect(activity.author("p6@example.org")).toMatchObject({ commits: 1428, lastCommit: (1_700_000_000 + 9_995 * 60) * 1000 });
    expect(activity.authorsOf("m3").reduce((sum, { commits: count }) => sum + count, 0)).toBe(200);
    expect(activity.lastChange(["m49/train.py"])).toMatchObject({ email: "p3@example.org" });
  });

  it("says that git is not installed", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = base;
    try {
      expect(await openRepositories(repository).find("", never)).toEqual({ known: false, why: "the program git was not found" });
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("needs no author in git's settings", async () => {
    const home = process.env["HOME"];
    process.env["HOME"] = join(base, "nobody");
    try {
      expect((await openRepositories(repository).find("", never)).known).toBe(true);
    } finally {
      process.env["HOME"] = home;
    }
  });

  it("ends for who gives up, and goes on for others", async () => {
    const repositories = openRepositories(repository);
    const controller = new AbortController();
    const impatient = repositories.find("", controller.signal);
    const patient = repositories.find("", never);
    controller.abort();
    await expect(impatient).rejects.toThrow(/abort/i);
    expect((await patient).known).toBe(true);
  });
});
