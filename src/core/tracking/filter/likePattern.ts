/**
 * SQL's LIKE as SQLite decides it: `%` is any run of characters, `_` is one character (a code point), nothing escapes.
 * Never slower than one length times the other, whatever the pattern: patterns come from a search box.
 * @param foldCase folds the letters A to Z only, as SQLite's `lower` does.
 */
export function matchesLike(text: string, pattern: string, foldCase: boolean): boolean {
  const characters = [...(foldCase ? foldAscii(text) : text)];
  const wanted = [...(foldCase ? foldAscii(pattern) : pattern)];
  let at = 0;
  let next = 0;
  // Where the last % stood, and from which character on it is tried anew.
  let percent = -1;
  let retry = 0;
  while (at < characters.length) {
    if (wanted[next] === "%") {
      percent = next;
      retry = at;
      next += 1;
    } else if (next < wanted.length && (wanted[next] === "_" || wanted[next] === characters[at])) {
      at += 1;
      next += 1;
    } else if (percent >= 0) {
      retry += 1;
      at = retry;
      next = percent + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((character) => character === "%");
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
