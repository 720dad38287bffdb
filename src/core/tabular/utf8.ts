const REPLACEMENT = 0xfffd;
const MOST_ARGUMENTS = 1024;

/** A text in UTF-8; half a surrogate pair becomes U+FFFD, as TextEncoder does it, which core code does not know. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const read = character.codePointAt(0) ?? 0;
    const code = read >= 0xd800 && read <= 0xdfff ? REPLACEMENT : read;
    if (code < 0x80) {
      bytes[length++] = code;
    } else if (code < 0x800) {
      bytes[length++] = 0xc0 | (code >> 6);
      bytes[length++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[length++] = 0xe0 | (code >> 12);
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[length++] = 0x80 | (code & 0x3f);
    } else {
      bytes[length++] = 0xf0 | (code >> 18);
      bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[length++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.slice(0, length);
}

/** UTF-8 as text; what is none becomes U+FFFD, one for each maximal part of a character, as TextDecoder does it. A byte order mark is kept. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= MOST_ARGUMENTS && isAscii(bytes, start, end)) {
    // One flat string at once; put together letter by letter, a million labels would take a gigabyte.
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  }
  let text = "";
  let at = start;
  while (at < end) {
    const first = bytes[at++] ?? 0;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const more = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? REPLACEMENT : first & (0x3f >> more);
    for (let taken = 0; taken < more; taken++) {
      const next = at < end ? (bytes[at] ?? 0) : 0;
      if (next < (taken === 0 ? lowestSecond(first) : 0x80) || next > (taken === 0 ? highestSecond(first) : 0xbf)) {
        code = REPLACEMENT;
        break;
      }
      code = (code << 6) | (next & 0x3f);
      at++;
    }
    text += String.fromCodePoint(code);
  }
  return text;
}

/** Neither a longer form than needed, nor half a surrogate pair, nor a number beyond Unicode. */
function lowestSecond(first: number): number {
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(first: number): number {
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if ((bytes[at] ?? 0) >= 0x80) {
      return false;
    }
  }
  return true;
}
