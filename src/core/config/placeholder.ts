import type { LintStage } from "../lint/ruleMeta";

/** Words that stand where somebody meant to write something later; what follows them (`TODO: ask Ana`) is a note, not an answer. */
const LATER = /^(?:to-?do|tbd|tba|tbc|fixme|x{3,}|n\/a|n\.a\.?)(?![\p{L}\p{N}/_-])/iu;

const LATER_PHRASE = new Set([
  "change me",
  "changeme",
  "dummy",
  "fill in",
  "fill me in",
  "lorem ipsum",
  "placeholder",
  "to be announced",
  "to be confirmed",
  "to be decided",
  "to be defined",
  "to be determined",
  "to be done",
  "your name",
  "your email",
  "your team",
]);

/** Only brackets around a hint: `<owner>`, `{{ owner }}`, `[name]`, `${OWNER}`. */
const HINT = /^(?:<[^<>]*>|\{\{[^{}]*\}\}|\[[^[\]]*\]|\$\{[^{}]*\})$/u;

const NO_LETTER_OR_DIGIT = /^[^\p{L}\p{N}]*$/u;

/** Honest while a model is being made, too little from staging on. */
const UNDECIDED = new Set([
  "unsure",
  "not sure",
  "unknown",
  "undecided",
  "team",
  "the team",
  "our team",
  "someone",
  "everyone",
  "everybody",
]);

/** Han, kana and Hangul are written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
/** So many such signs are taken for one word. */
const SIGNS_A_WORD = 2;
const SENTENCE_WORDS = 3;

/** Whether a text only holds the place of an answer: empty, `TODO`, `tbd`, `n/a`, `xxx`, `<name>`, `???`. */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  return NO_LETTER_OR_DIGIT.test(trimmed) || HINT.test(trimmed) || LATER.test(trimmed) || LATER_PHRASE.has(trimmed.toLowerCase());
}

/** Whether an answer is missing: none, a placeholder or, from staging on, `unsure` or `team`. */
export function isMissing(text: string | undefined, stage: LintStage): boolean {
  return text === undefined || isPlaceholder(text) || (stage !== "development" && UNDECIDED.has(text.trim().toLowerCase()));
}

/** As `isMissing`; where a sentence is due, fewer than three words are missing too. */
export function isMissingSentence(text: string | undefined, stage: LintStage): boolean {
  return text === undefined || isMissing(text, stage) || countWords(text) < SENTENCE_WORDS;
}

function countWords(text: string): number {
  const signs = text.match(UNSPACED)?.length ?? 0;
  const words = text.replace(UNSPACED, " ").match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  return words + Math.floor(signs / SIGNS_A_WORD);
}
