import { AppError } from "../base/appError";
import { oneLine } from "../base/oneLine";
import type { TableSource } from "./tableReader";

/** How a text file is read, as far as somebody has said so; what is left out is found out. */
export type TableReading = Pick<TableSource, "separator" | "encoding" | "missing">;

/** The same in words, as a file, an option or a form has it. */
export interface ReadingWords {
  /** One character, or "tab". */
  readonly separator?: string | null | undefined;
  readonly encoding?: string | null | undefined;
  readonly missing?: readonly (string | null | undefined)[] | null | undefined;
}

/**
 * What several say, of which the later wins. An empty list of markers is an answer as well: there are none.
 * @throws AppError `usage` for a separator that is no single character.
 */
export function tableReading(...words: readonly (ReadingWords | undefined)[]): TableReading {
  const said = <K extends keyof ReadingWords>(key: K): ReadingWords[K] => words.findLast((one) => one?.[key] != null)?.[key];
  const [separator, encoding, missing] = [said("separator"), said("encoding"), said("missing")];
  return {
    ...(separator == null ? {} : { separator: separatorOf(separator) }),
    ...(encoding == null || encoding.trim() === "" ? {} : { encoding: encoding.trim() }),
    ...(missing == null ? {} : { missing: missing.filter((text) => text != null) }),
  };
}

/** The character that a word stands for. @throws AppError `usage`. */
export function separatorOf(word: string): string {
  const separator = /^(?:tab|\\t)$/i.test(word) ? "\t" : word;
  if ([...separator].length !== 1 || /["\r\n]/.test(separator)) {
    throw new AppError("usage", `A separator is one character, and "${oneLine(word, 40)}" is none.`, {
      remedy: 'For example ";" or tab.',
    });
  }
  return separator;
}
