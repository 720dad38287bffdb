import ignore from "ignore";

/** A path in one form, so that two spellings are equal: `./a\\b/` is `a/b`. */
export function plainPath(path: string): string {
  return path
    .trim()
    .replaceAll("\\", "/")
    .replace("://", "/")
    .replace(/\/{2,}/g, "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/$/, "");
}

/** Longer paths are compared as texts only: a pattern of that length is no pattern that a person wrote. */
const MAX_LENGTH = 500;

/** Whether two paths or patterns share files, as far as their texts tell: equal, one inside the other, or one that matches the other. */
export function pathsOverlap(left: string, right: string): boolean {
  const [one, other] = [plainPath(left), plainPath(right)];
  return one === other || covers(one, other) || covers(other, one);
}

function covers(pattern: string, path: string): boolean {
  if (pattern === "" || path === "" || pattern.length > MAX_LENGTH || path.length > MAX_LENGTH || !ignore.isPathValid(path)) {
    return false;
  }
  if (!/[*?[\]!\\#\s]/.test(pattern)) {
    return path.startsWith(pattern) && (path.length === pattern.length || path[pattern.length] === "/");
  }
  // From the root, because a pattern without a slash would else match in every folder.
  return ignore().add(`/${pattern}`).ignores(path);
}
