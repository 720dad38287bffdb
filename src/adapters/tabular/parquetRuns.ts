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
    let [header, scale] = [0, 1];
    for (let more = true; more; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) {
        return;
      }
      header += (byte % 128) * scale;
      more = byte >= 128 && scale < 2 ** 28;
    }
    const count = Math.floor(header / 2);
    const isPacked = header % 2 === 1;
    seen += isPacked ? count * 8 : count;
    at += isPacked ? count * width : Math.ceil(width / 8);
    if (seen > values + SLACK) {
      throw new Error("A page claims more values than it has.");
    }
  }
}
