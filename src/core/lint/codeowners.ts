import ignore from "ignore";

/** Where GitHub looks for the file, in this order; the first that exists counts, the others are not read. */
export const CODEOWNERS_PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** No path is longer, and a far longer pattern is more than a regular expression can be. */
const LONGEST_PATTERN = 4096;

interface OwnerRule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

/**
 * A CODEOWNERS file. The last line that matches a path counts, also when it names nobody, which takes the owners away.
 * Patterns are those of .gitignore but for `!` and `[ ]`, which GitHub does not know. Section headings of GitLab are passed over;
 * their default owners are not applied.
 */
export class Codeowners {
  private readonly rules: readonly OwnerRule[];

  constructor(text: string) {
    this.rules = text.split(/\r?\n/).flatMap(readRule);
  }

  /** Owners as written: e-mail addresses, `@user` and `@org/team`. The path counts from the repository's root, with forward slashes. */
  ownersOf(path: string): readonly string[] {
    return this.rules.findLast((rule) => rule.matches(path))?.owners ?? [];
  }
}

function readRule(line: string): readonly OwnerRule[] {
  const words = line
    .replace(/(^|\s)#.*$/, "")
    .trim()
    .split(/(?<!\\)\s+/);
  const [pattern = "", ...owners] = words;
  if (pattern === "" || pattern.length > LONGEST_PATTERN || /^[!^]|^\[/.test(pattern)) {
    return [];
  }
  const matcher = ignore({ ignorecase: false, allowRelativePaths: true }).add(pattern.replace(/[[\]]/g, "\\$&"));
  return [
    {
      matches: (path) => matcher.ignores(path) && !isTooDeep(pattern, path),
      owners: owners.filter((owner) => /^@\S|^[^@\s]+@[^@\s]+$/.test(owner)),
    },
  ];
}

/** `docs/*` owns the files of the folder, not those of its folders: there GitHub differs from .gitignore. */
function isTooDeep(pattern: string, path: string): boolean {
  return pattern.endsWith("/*") && !pattern.endsWith("**/*") && path.split("/").length > pattern.replace(/^\//, "").split("/").length;
}
