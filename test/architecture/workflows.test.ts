import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { captures, projectFiles, read } from "./project";

interface Job {
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const workflows = projectFiles(".github/workflows").map((path) => {
  const text = read(path);
  return { path, text, ...(parse(text) as { readonly permissions: unknown; readonly jobs: Readonly<Record<string, Job>> }) };
});
const jobs = workflows.flatMap(({ path, jobs: own }) => Object.entries(own).map(([name, job]) => ({ name: `${path} ${name}`, job })));

describe("the project's own workflows", () => {
  it("are there", () => {
    expect(workflows.map(({ path }) => path)).toEqual(
      expect.arrayContaining([".github/workflows/ci.yml", ".github/workflows/release.yml"]),
    );
  });

  it.each(workflows.map(({ path, text }) => [path, text]))("%s takes actions of GitHub only, each by its major version", (_, text) => {
    expect(captures(text, /uses: (\S+)/g).filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
  });

  it.each(workflows.map(({ path, permissions }) => [path, permissions]))(
    "%s may only read, but for jobs that say more",
    (_, permissions) => {
      expect(permissions).toEqual({ contents: "read" });
    },
  );

  it("give every job an end", () => {
    expect(jobs.filter(({ job }) => job["timeout-minutes"] === undefined).map(({ name }) => name)).toEqual([]);
  });

  it("call scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
    const called = workflows.flatMap(({ text }) =>
      captures(text, /npm (?:run )?(?!run\b)(test(?::[\w]+)?|package|build|bench|docs|fuzz)\b/g),
    );
    expect(called.length).toBeGreaterThan(2);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("hand secrets only to jobs of an environment, which a person lets through", () => {
    const knowing = jobs.filter(({ job }) => JSON.stringify(job).includes("secrets."));
    expect(knowing.map(({ name }) => name)).toEqual([".github/workflows/release.yml publish"]);
    expect(knowing.filter(({ job }) => job.environment === undefined)).toEqual([]);
  });

  it("put nothing into a shell's line that somebody else could write", () => {
    const lines = jobs.flatMap(({ job }) => job.steps.flatMap(({ run }) => run ?? []));
    expect(lines.filter((line) => line.includes("${{"))).toEqual([]);
  });
});
