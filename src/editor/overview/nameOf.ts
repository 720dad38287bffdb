import { plainPath } from "../monitoring/watchedProduct";

/** The last part of a folder's path, as the explorer shows it. */
export function nameOf(root: string): string {
  return plainPath(root).replace(/\/$/, "").split("/").at(-1) ?? root;
}
