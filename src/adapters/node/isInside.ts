import { isAbsolute, relative, sep } from "node:path";

/** Whether `target` is `root` or lies below it. Both are absolute; links are not resolved here, so give real paths. */
export function isInside(root: string, target: string): boolean {
  const path = relative(root, target);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
