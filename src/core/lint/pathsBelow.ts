/**
 * The paths in a folder and its folders; "" stands for the root.
 * @param sorted by UTF-16 code units, with forward slashes.
 */
export function pathsBelow(sorted: readonly string[], folder: string): readonly string[] {
  if (folder === "") {
    return sorted;
  }
  // "0" follows "/", so that it is the first text after all that begin with the folder.
  return sorted.slice(firstFrom(sorted, `${folder}/`), firstFrom(sorted, `${folder}0`));
}

/** Where the first path stands that is not before the text. */
export function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
