import type { CancelSignal } from "../base/cancel";

export interface ContentHash {
  /** `sha256:…`, in hex. */
  readonly hash: string;
  /** Bytes; of a folder, of all its files. */
  readonly size: number;
  /** `dvc`: DVC knows the file by just this content. */
  readonly from: "read" | "remembered" | "dvc";
}

/** Hashes of what lies at a path, without reading twice what has not changed. */
export interface ContentHashes {
  /**
   * @param path absolute, of a file or a folder.
   * @param onBytes told how many bytes were read so far, and of how many.
   * @returns null where there is nothing. @throws Error with a sentence for what cannot be read.
   */
  hash(path: string, onBytes: (done: number, total: number) => void, signal: CancelSignal): Promise<ContentHash | null>;
  /**
   * Keeps what was read for later processes; without it, it is known to this one only. Never fails.
   * @returns why it could not be kept, one sentence; null where it could.
   */
  keep(): Promise<string | null>;
}
