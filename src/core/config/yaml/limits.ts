/** Limits that keep any text from hanging the editor. A real file has a few hundred lines. */
export const YAML_LIMITS = {
  /** UTF-16 code units. */
  length: 1_000_000,
  /**
   * Words and signs of a text, of all that it includes, and of each time that it is read again: ten thousand lines and more. A million
   * brackets would take seconds.
   */
  lexemes: 150_000,
  /** Steps over blank lines that wait for what follows; they grow with the square of the lines. */
  waiting: 10_000_000,
  /** Blocks within blocks: the YAML library needs a stack frame or more for each. */
  depth: 64,
  /** Values after aliases and includes are resolved. */
  nodes: 100_000,
  /** Uses of anchors, those inside of what they stand for included. */
  aliases: 100,
  /** Files that include each other. */
  includes: 8,
  /** Files that are included, each as often as it is. */
  includedFiles: 100,
  /** Syntax problems of one reading that are shown; more help nobody. */
  problems: 50,
  /** Problems with keys and values that are shown. */
  fieldProblems: 500,
} as const;
