import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";

/** The parts of package.json that code must agree with. */
export interface Manifest {
  readonly activationEvents: readonly string[];
  readonly l10n?: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly walkthroughs: readonly {
      readonly icon?: string;
      readonly steps: readonly {
        readonly description: string;
        readonly media: Readonly<Record<string, string>>;
        readonly completionEvents?: readonly string[];
      }[];
    }[];
  };
}

/** Reads a file of the project. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function readManifest(): Manifest {
  return JSON.parse(read("package.json")) as Manifest;
}

/** The files that git knows or would add, by their path from the project's root. */
export function projectFiles(...folders: string[]): string[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", ...folders];
  const deleted = new Set(git(["ls-files", "-z", "--deleted", "--", ...folders]));
  return git(args).filter((path) => !deleted.has(path));
}

function git(args: readonly string[]): string[] {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 100_000_000 }).split("\0").filter(Boolean);
}

/** All matches of a pattern's first group. */
export function captures(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => (match[1] === undefined ? [] : [match[1]]));
}
