/** One file of a version's artifacts. */
export interface HashedFile {
  /** Relative to the version's folder, with forward slashes. */
  readonly path: string;
  /** Hex, in lower case. */
  readonly sha256: string;
}

/** MLflow writes it into the folder when a version is registered, so that it is no part of the model. */
const REGISTRATION_FILE = "registered_model_meta";

/**
 * The digest of a model: `sha256:` and the SHA-256 of the text that `sha256sum` prints for its files, sorted by the bytes of their paths. Anybody can check it:
 * `find . -type f ! -path ./registered_model_meta -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`.
 * @param sha256 of a text as UTF-8, hex.
 * @returns null for a version without files: there is nothing that could be told from another version.
 */
export function modelDigest(files: readonly HashedFile[], sha256: (text: string) => string): string | null {
  const counted = files.filter(({ path }) => path !== REGISTRATION_FILE);
  if (counted.length === 0) {
    return null;
  }
  return `sha256:${sha256([...counted].sort(byBytes).map(line).join(""))}`;
}

/** As GNU's `sha256sum` writes it: a path with a backslash or a line end is escaped, and the line marked. */
function line({ path, sha256 }: HashedFile): string {
  const escaped = path.replace(/[\\\n\r]/g, (sign) => (sign === "\\" ? "\\\\" : sign === "\n" ? "\\n" : "\\r"));
  return `${escaped === path ? "" : "\\"}${sha256}  ${escaped}\n`;
}

/** By code points, which is the order of the bytes of UTF-8 and, outside of the basic plane, not that of JavaScript's own comparison. */
function byBytes({ path: left }: HashedFile, { path: right }: HashedFile): number {
  const [a, b] = [[...left], [...right]];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}
