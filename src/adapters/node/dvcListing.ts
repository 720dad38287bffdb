import { createHash } from "node:crypto";

/** A file of a folder: its path from there with forward slashes, and the MD5 of its content in hex. */
export interface ListedFile {
  readonly relpath: string;
  readonly md5: string;
}

/**
 * What DVC calls the hash of a folder, without its ending ".dir": the MD5 of the list of its files as Python's json.dumps writes it, sorted
 * by path.
 * Source: https://github.com/iterative/dvc-data/blob/main/src/dvc_data/hashfile/tree.py
 */
export function listingMd5(files: readonly ListedFile[]): string {
  const sorted = files
    .map((file) => ({ ...file, order: Buffer.from(file.relpath, "utf8") }))
    .sort((a, b) => Buffer.compare(a.order, b.order));
  const items = sorted.map(({ relpath, md5 }) => `{"md5": ${pythonText(md5)}, "relpath": ${pythonText(relpath)}}`);
  return createHash("md5")
    .update(`[${items.join(", ")}]`)
    .digest("hex");
}

/** As JSON in ASCII; UTF-8 has the order of Python's texts, and UTF-16 has not. */
function pythonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
