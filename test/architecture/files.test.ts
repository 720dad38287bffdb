import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { generateDocs } from "../../scripts/generateDocs.mjs";
import { root } from "../../scripts/node.mjs";
import { captures, projectFiles, read } from "./project";

describe("sizes", () => {
  it.each([
    ["src", 400],
    ["webview-ui", 400],
    ["scripts", 400],
    ["test", 500],
  ])("files in %s have at most %i lines", (folder, limit) => {
    const code = projectFiles(folder).filter((path) => /\.m?[jt]s$/.test(path));
    expect(code.length).toBeGreaterThan(0);
    expect(code.filter((path) => read(path).split("\n").length - 1 > limit)).toEqual([]);
  });
});

describe("lists", () => {
  it("every adapter is wired by a composition root", () => {
    const roots = [
      "src/container.ts",
      "src/worker.ts",
      "src/driftWorker.ts",
      "src/compose/trainingFolder.ts",
      "src/compose/computeSources.ts",
      "src/compose/deploymentFolder.ts",
      "src/compose/folderPorts.ts",
      "src/compose/serverAccess.ts",
      "src/compose/storeReaders.ts",
      "src/cli/main.ts",
      "src/cli/openChosenStore.ts",
    ]
      .map(read)
      .join("\n");
    const adapters = new Set(captures(projectFiles("src/adapters").join("\n"), /^src\/adapters\/([^/]+)\//gm));
    expect([...adapters].filter((name) => !roots.includes(`adapters/${name}/`))).toEqual([]);
  });

  it("every web page is built", () => {
    const build = read("esbuild.mjs");
    const pages = projectFiles("webview-ui").filter((path) => path.endsWith("/main.ts"));
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.filter((page) => !build.includes(page))).toEqual([]);
  });

  it("every test lies where its runner looks", () => {
    const places = [
      /^test\/(unit|contract|architecture)\/.+\.test\.ts$/,
      /^test\/host\/[^/]+\.hosttest\.ts$/,
      /^test\/e2e\/[^/]+\.e2e\.ts$/,
      /^test\/live\/.+/,
    ];
    const tests = projectFiles("test", "src", "webview-ui").filter((path) => /\.(test|hosttest|e2e)\.[cm]?[jt]s$/.test(path));
    expect(tests.filter((path) => !places.some((place) => place.test(path)))).toEqual([]);
  });

  it("every script that a person runs is in package.json", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const run = captures(Object.values(scripts).join("\n"), /^node (\S+)/gm);
    expect(run.filter((path) => !projectFiles().includes(path))).toEqual([]);
  });
});

describe("generated pages", () => {
  it.each(Object.entries(generateDocs()))("%s is what `npm run docs` writes", (path, text) => {
    expect(read(path)).toBe(text);
  });
});

describe("what must not be published", () => {
  // Spelled in pieces, so that this file does not find itself.
  const forbidden = {
    "a path of somebody's machine": new RegExp(["(?<![\\w.~-])/(?:work/(?:main|sha", "red)|opt/(?:harn", "ess|ml\\d)|root/)"].join("")),
    "the address of a package registry": new RegExp(
      ["registry\\.", "(?:npmjs|yarnpkg)|artifact", "ory|/api/n", "pm/|pypi\\.org/sim", "ple"].join(""),
    ),
  };

  it.each(Object.entries(forbidden))("no file holds %s", (_, pattern) => {
    // As bytes, because a recorded database can hold a path, too.
    const faults = projectFiles().filter((path) => pattern.test(readFileSync(join(root, path), "latin1")));
    expect(faults).toEqual([]);
  });

  it.each(["package-lock.json", "test/harness/package-lock.json"])("%s says nothing about where packages came from", (path) => {
    expect(read(path)).not.toContain('"resolved"');
  });
});
