import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { describe, expect, it } from "vitest";

const root = join(__dirname, "..", "..");

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ["node_modules", ".git", "out", "dist", "fixtures", "mlruns", ".venvs"].includes(entry.name) ? [] : markdownBelow(path);
    }
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

describe("links between pages", () => {
  it.each(markdownBelow(root).map((path) => [relative(root, path), path]))("of %s lead somewhere", (_name, path) => {
    const broken: string[] = [];
    for (const [, target = ""] of readFileSync(path, "utf8").matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) {
        continue;
      }
      const [file = "", anchor] = target.split("#");
      const page = file === "" ? path : join(dirname(path), file);
      const headings = (): string[] => [...readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ""));
      if (!existsSync(page) || (anchor !== undefined && !headings().includes(anchor))) {
        broken.push(target);
      }
    }
    expect(broken).toEqual([]);
  });
});
