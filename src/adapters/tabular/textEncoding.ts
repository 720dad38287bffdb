import { fileError } from "./fileProblem";

const NUL = 0;
const encoder = new TextEncoder();

/**
 * The encoding of a text file: what is said, else what its byte order mark says, else UTF-16 where every other byte of the start is 0, else UTF-8.
 * @throws AppError when nobody knows the label, or the file is no text.
 */
export function encodingOf(path: string, head: Uint8Array, said: string | undefined): string {
  if (said !== undefined) {
    try {
      return new TextDecoder(said).encoding;
    } catch (error) {
      throw fileError(path, `nobody knows the encoding "${said}"`, "Say one such as utf-8, utf-16le or windows-1252.", error);
    }
  }
  const marked = markedEncoding(head);
  if (marked !== "utf-8") {
    return marked;
  }
  if (isMagic(head, "PAR1")) {
    throw fileError(path, "it is a Parquet file and not text", "Say format: parquet, or let its name end in .parquet.");
  }
  if (head[0] === 0x1f && head[1] === 0x8b) {
    throw fileError(path, "it is compressed", "Unpack it first.");
  }
  const start = head.subarray(0, 1024);
  const nuls = start.filter((byte) => byte === NUL).length;
  if (nuls === 0) {
    return "utf-8";
  }
  const odd = start.filter((byte, index) => byte === NUL && index % 2 === 1).length;
  const even = nuls - odd;
  if (nuls > start.length / 3 && (odd === 0 || even === 0)) {
    return odd > 0 ? "utf-16le" : "utf-16be";
  }
  throw fileError(path, "it holds bytes that no text has", "Check that it is a text file, and say its encoding if it is one.");
}

/** What the byte order mark at the start of a text says; UTF-8 where there is none. */
export function markedEncoding(start: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  return start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "utf-8";
}

/** Turns the bytes of an encoding into UTF-8, without byte order mark. */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  if (encoding === "utf-8") {
    let isFirst = true;
    for await (const chunk of chunks) {
      yield isFirst ? withoutMark(chunk) : chunk;
      isFirst = false;
    }
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    yield encoder.encode(decoder.decode(chunk, { stream: true }));
  }
  yield encoder.encode(decoder.decode());
}

/** The start of a file in UTF-8; a character that it cuts is left out. */
export function headToUtf8(head: Uint8Array, encoding: string): Uint8Array {
  return encoding === "utf-8" ? withoutMark(head) : encoder.encode(new TextDecoder(encoding).decode(head, { stream: true }));
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function isMagic(head: Uint8Array, magic: string): boolean {
  return encoder.encode(magic).every((byte, index) => byte === head[index]);
}
