import type { TextEdit, TextRange } from "../base/textEdit";
import type { ConfigPath } from "./configPath";

/** Something wrong with the text itself or with the shape of a value: what lint rule EFF01 shows. */
export interface ConfigProblem {
  readonly range: TextRange;
  /** What is wrong and why, in one sentence. */
  readonly message: string;
  /** Ways to mend it; the first is the best. Empty where only the author can know, and `noFix` then says why. */
  readonly fixes: readonly { readonly title: string; readonly edits: readonly TextEdit[]; readonly safe: boolean }[];
  readonly noFix: string | null;
}

/**
 * Where the parts of a file stand. Paths are those of the value that was read: a short form (`owner: x`) is found both as it was written
 * and as what it stands for (`roles.owner.email`).
 */
export interface ConfigSource {
  readonly text: string;
  /** Whether something is written there, valid or not. */
  has(path: ConfigPath): boolean;
  /** The value at the path, without its key; undefined where nothing is written. */
  valueRange(path: ConfigPath): TextRange | undefined;
  /** The key of the path's last part; for an item of a list the item. */
  keyRange(path: ConfigPath): TextRange | undefined;
  /**
   * The value where there is one, else the key of the nearest block above that is written. Where none is, what lacks lacks in the product
   * itself: the key `name` stands for it, else the first key of the file (or its start).
   */
  nearestRange(path: ConfigPath): TextRange;
  /** The value as written, as plain data, with no regard to the schema; undefined where nothing is written. */
  raw(path: ConfigPath): unknown;
}

/** A file that was read: the typed value, where each part stands, and what is wrong. Parts that are wrong are undefined in the value. */
export interface ConfigFile<T> {
  readonly value: T;
  readonly source: ConfigSource;
  readonly problems: readonly ConfigProblem[];
}
