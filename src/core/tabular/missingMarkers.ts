import { encodeUtf8 } from "./utf8";

/** Texts that stand for a missing value, beside the empty field. */
export class MissingMarkers {
  readonly isEmpty: boolean;
  readonly #byLength = new Map<number, Uint8Array[]>();

  constructor(readonly texts: readonly string[]) {
    for (const text of texts.filter((one) => one !== "")) {
      const bytes = encodeUtf8(text);
      this.#byLength.set(bytes.length, [...(this.#byLength.get(bytes.length) ?? []), bytes]);
    }
    this.isEmpty = this.#byLength.size === 0;
  }

  has(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#byLength.get(end - start)?.some((marker) => marker.every((byte, index) => byte === bytes[start + index])) ?? false;
  }
}
