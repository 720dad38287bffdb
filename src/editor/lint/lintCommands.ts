/** Commands of lint with their arguments, apart from those of the trees, so that neither loads the other. */
export interface LintCommandArguments {
  "mlops.lint.workspace": [];
  "mlops.lint.fixFile": [];
  "mlops.lint.fixWorkspace": [];
  /** Asks which of the rules, for what reason and how long, and leaves its findings in a file as they are. */
  "mlops.lint.suppress": [uri: string, rules: readonly string[]];
  /** Shows what a fix has written, for the person to go on from there. */
  "mlops.lint.reveal": [uri: string, range?: SerializedRange];
  /** Tells why a chosen fix could not be written. */
  "mlops.lint.cannotFix": [fix: string, why: string];
  /** Opens the page of a rule; asks which one where several are named, or none. */
  "mlops.rule.explain": [rules?: string | readonly string[]];
}

/** A range as a command's argument has it: first line, first character, last line, last character, from 0. */
export type SerializedRange = readonly [startLine: number, startCharacter: number, endLine: number, endCharacter: number];

export type LintCommandId = keyof LintCommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type LintCommandHandlers = { readonly [K in LintCommandId]: (...args: LintCommandArguments[K]) => Promise<void> | void };

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<LintCommandId, true>> = {
  "mlops.lint.workspace": true,
  "mlops.lint.fixFile": true,
  "mlops.lint.fixWorkspace": true,
  "mlops.lint.suppress": true,
  "mlops.lint.reveal": true,
  "mlops.lint.cannotFix": true,
  "mlops.rule.explain": true,
};

export const LINT_COMMAND_IDS = Object.keys(IDS) as readonly LintCommandId[];
