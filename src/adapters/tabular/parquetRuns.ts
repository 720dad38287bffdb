/** Writers fill the last run up to whole groups. */
const SLACK = 1024;

/**
 * Refuses runs that claim far more values than a page has: a few damaged bytes would keep the library busy for minutes. What is too short is left to
 * the library.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#run-length-encoding--bit-packing-hybrid-rle--3
 * @param from where the runs begin. @param width bits of a value. @param values of the page. @throws Error
 */
export function checkRuns(bytes: Uint8Array, from: number, width: number, values: number): void {
  let [at, seen] = [from, 0];
  while (seen < values) {
    // As the library reads it, in 32 bits, so that both see the same runs; more than five bytes would be no number of this format.
    let [header, shift] = [0, 0];
    for (let more = true; more; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) {
        return;
      }
      if (shift > 28) {
        throw new Error("A page holds a number that is too long.");
      }
      header |= (byte & 127) << shift;
      more = byte >= 128;
    }
    const isPacked = (header & 1) === 1;
    const groups = header >> 1;
    const count = isPacked ? groups * 8 : header >>> 1;
    if (count < 0 || count > values - seen + SLACK) {
      throw new Error("A page claims more values than it has.");
    }
    seen += count;
    at += isPacked ? Math.max(1, groups * width) : Math.ceil(width / 8);
  }
}
