/** Limits that keep any text from hanging the editor. A real file has a few hundred lines. */
export const YAML_LIMITS = {
  /** UTF-16 code units. */
  length: 1_000_000,
  /** Tokens of the text: a million brackets would take seconds. */
  tokens: 200_000,
  /** Blocks within blocks: the YAML library needs a stack frame or more for each. */
  depth: 64,
  /** Values after aliases and includes are resolved. */
  nodes: 100_000,
  /** Uses of anchors, those inside of what they stand for included. */
  aliases: 100,
  /** Files that include each other. */
  includes: 8,
  /** Syntax problems that are shown; more help nobody. */
  problems: 50,
  /** Problems with keys and values that are shown. */
  fieldProblems: 500,
} as const;
