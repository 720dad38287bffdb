import { describe, expect, it } from "vitest";

import { captures, projectFiles, read, readManifest } from "./project";

/** Names of folders directly below a folder, without a trailing slash. */
function foldersOf(folder: string): string[] {
  const rest = projectFiles(folder).map((path) => path.slice(folder.length + 1));
  return [...new Set(rest.filter((path) => path.includes("/")).map((path) => path.slice(0, path.indexOf("/"))))];
}

describe("docs/architecture.md", () => {
  const map = read("docs/architecture.md");

  it.each(["src", "src/core", "src/adapters", "webview-ui", "test"])("names every folder of %s", (folder) => {
    const folders = foldersOf(folder);
    expect(folders.length).toBeGreaterThan(3);
    expect(folders.filter((name) => !map.includes(`${name}/`))).toEqual([]);
  });

  it("names every file that stands in src itself", () => {
    const files = projectFiles("src").flatMap((path) => captures(path, /^src\/([^/]+\.ts)$/g));
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((name) => !map.includes(name))).toEqual([]);
  });

  it("names no folder of core or adapters that is gone", () => {
    const rooms = [...foldersOf("src"), ...foldersOf("src/core"), ...foldersOf("src/adapters"), ...foldersOf("src/core/lint")];
    const rooted = captures(map, /^ {4}([a-zA-Z]+)\/ /gm);
    expect(rooted.length).toBeGreaterThan(15);
    expect(rooted.filter((name) => !rooms.includes(name))).toEqual([]);
  });
});

describe("docs/adr/README.md", () => {
  const pages = projectFiles("docs/adr")
    .map((path) => path.slice("docs/adr/".length))
    .filter((name) => name !== "README.md");

  it("lists every decision once", () => {
    expect(captures(read("docs/adr/README.md"), /\]\((\d{4}-[\w.-]+\.md)\)/g)).toEqual(pages.toSorted());
  });

  it.each(pages)("%s begins with its own number", (name) => {
    expect(read(`docs/adr/${name}`).slice(0, 8)).toBe(`# ${name.slice(0, 4)}: `);
  });
});

describe("docs/guide", () => {
  it("has every page in its list", () => {
    const pages = projectFiles("docs/guide").map((path) => path.slice("docs/guide/".length));
    const listed = captures(read("docs/guide/README.md"), /\]\(([\w-]+\.md)\)/g);
    expect(pages.filter((name) => name !== "README.md" && !listed.includes(name))).toEqual([]);
  });

  it("has every key of the manifest in the keyboard map", () => {
    const map = read("docs/guide/keyboard.md").replaceAll(/[ _]/g, "").toLowerCase();
    const keys = readManifest().contributes.keybindings.map(({ key }) => key.replaceAll(" ", ""));
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => !map.includes(`|${key}|`))).toEqual([]);
  });
});
