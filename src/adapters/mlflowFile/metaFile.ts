import { readFileSync } from "node:fs";

import { isEndless, reasonOf, stampOf, type Stamp } from "./files";
import { parseMetaYaml, type Meta } from "./metaYaml";
import { isTooFresh, type Pass } from "./pass";

/** A `meta.yaml` and what it was turned into, read again when it changes on disk. */
export class MetaFile<T> {
  /** Why the file could not be read at the last look. */
  problem: string | undefined;
  /** Grows by one with each change that was noticed. */
  revision = 0;
  private value: T | undefined;
  private stamp: Stamp | undefined;
  private readAt = 0;
  private seen: Pass | undefined;

  /** @param convert may throw an Error whose message is a reason to tell the user. */
  constructor(
    readonly path: string,
    private readonly convert: (meta: Meta) => T,
  ) {}

  /** True where the file is missing, in contrast to one that cannot be read. */
  get isMissing(): boolean {
    return this.stamp?.mtime === 0;
  }

  read(pass: Pass): T | undefined {
    if (this.seen !== pass) {
      this.seen = pass;
      this.look(pass);
    }
    return this.value;
  }

  private look(pass: Pass): void {
    // Taken before the file is read, so that a change in between is noticed by the next look.
    const stamp = stampOf(this.path);
    const isSame = this.stamp?.mtime === stamp.mtime && this.stamp.size === stamp.size;
    if (isSame && !isTooFresh(stamp.mtime, this.readAt)) {
      return;
    }
    if (!isSame && this.stamp !== undefined) {
      this.revision++;
    }
    this.stamp = stamp;
    this.readAt = pass.startedAt;
    try {
      if (isEndless(stamp)) {
        throw new Error("it is not an ordinary file");
      }
      this.value = this.convert(parseMetaYaml(readFileSync(this.path, "utf8")));
      this.problem = undefined;
    } catch (error) {
      this.value = undefined;
      this.problem = reasonOf(error);
    }
  }
}
