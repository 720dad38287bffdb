import { open } from "node:fs/promises";

/** How the server's log tells of one request. */
const LINE = Buffer.from('"POST /invocations');
const PART_BYTES = 1024 * 1024;

interface Counted {
  readonly bytes: number;
  readonly requests: number;
}

/** Counts the requests that logs of servers tell of; each log is read on from where it was left. */
export class RequestCount {
  private readonly counted = new Map<string, Counted>();

  /** @returns null where there is no log. */
  async of(path: string): Promise<number | null> {
    let { bytes, requests } = this.counted.get(path) ?? { bytes: 0, requests: 0 };
    const file = await open(path, "r").catch(() => null);
    if (file === null) {
      return null;
    }
    try {
      const buffer = Buffer.allocUnsafe(PART_BYTES);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, PART_BYTES, bytes);
        const { found, end } = countIn(buffer.subarray(0, bytesRead));
        requests += found;
        bytes += end;
        if (bytesRead < PART_BYTES) {
          break;
        }
      }
    } finally {
      await file.close();
    }
    this.counted.set(path, { bytes, requests });
    return requests;
  }
}

/** @returns how many were found, and from where to read on, so that one that is cut in two is found next time. */
function countIn(part: Buffer): { readonly found: number; readonly end: number } {
  let found = 0;
  let end = 0;
  for (let at = part.indexOf(LINE); at !== -1; at = part.indexOf(LINE, end)) {
    found += 1;
    end = at + LINE.length;
  }
  return { found, end: Math.max(end, part.length - LINE.length + 1, 0) };
}
