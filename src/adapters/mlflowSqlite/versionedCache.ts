import type { CancelSignal } from "../../core/base/cancel";
import type { Connection } from "./connection";

/** Keeps the last few results of costly reads as long as no other program commits. */
export class VersionedCache<T> {
  private readonly entries = new Map<string, { readonly dataVersion: number; readonly value: T }>();

  constructor(
    private readonly connection: Connection,
    private readonly maxEntries: number,
  ) {}

  async get(key: string, read: () => Promise<T>, signal: CancelSignal): Promise<T> {
    // Asked before reading, so that a commit in between makes the next call read again.
    const dataVersion = await this.connection.dataVersion(signal);
    const known = this.entries.get(key);
    if (known?.dataVersion === dataVersion) {
      return known.value;
    }
    const value = await read();
    this.entries.delete(key);
    this.entries.set(key, { dataVersion, value });
    for (const oldest of [...this.entries.keys()].slice(0, -this.maxEntries)) {
      this.entries.delete(oldest);
    }
    return value;
  }

  clear(): void {
    this.entries.clear();
  }
}
