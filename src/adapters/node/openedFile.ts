import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";

/** A file of which parts are read. */
export interface OpenedFile {
  /** In bytes. */
  size(): Promise<number>;
  /** Fills the buffer from a place in the file. @returns how many bytes there were. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** @throws Error of the system when there is no such file, or no right to read it. */
export type OpenFile = (path: string) => Promise<OpenedFile>;

/** In the background, so that the editor is never held up. */
export const openPatiently: OpenFile = async (path) => {
  const file = await open(path, "r");
  return {
    size: async () => (await file.stat()).size,
    read: async (into, position) => (await file.read(into, 0, into.length, position)).bytesRead,
    close: () => file.close(),
  };
};

/** At once: for a program that nobody types into, and that would spend more time on waiting for threads than on reading. */
export const openAtOnce: OpenFile = async (path) => {
  const file = openSync(path, "r");
  return {
    size: async () => fstatSync(file).size,
    read: async (into, position) => readSync(file, into, 0, into.length, position),
    close: async () => {
      closeSync(file);
    },
  };
};
