/**
 * Compares texts as SQLite does, by their UTF-8 bytes, which is the order of code points. JavaScript's own `<` compares
 * UTF-16 units and so puts an emoji before U+FFFD.
 */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  let index = 0;
  while (index < a.length && index < b.length && a.charCodeAt(index) === b.charCodeAt(index)) {
    index += 1;
  }
  const left = a.charCodeAt(index);
  const right = b.charCodeAt(index);
  // A text that ends first comes first.
  if (Number.isNaN(left) || Number.isNaN(right)) {
    return a.length - b.length;
  }
  return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
