import { configInvalidMeta } from "../configInvalidMeta";
import type { LintRule } from "../lintRule";

/** EFF01: what reading the file found wrong. */
export const configInvalid: LintRule = {
  meta: configInvalidMeta,
  check: ({ config }) =>
    config.problems.map(({ message, range, fixes, noFix }) => ({
      message,
      at: [],
      range,
      fixes: fixes.map(({ title, edits, safe }) => ({ title, safe, changes: [], edits })),
      ...(noFix === null ? {} : { noFix }),
    })),
};
