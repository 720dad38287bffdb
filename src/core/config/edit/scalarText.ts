/** How a text is quoted where it stands now; a new text keeps that where it can. */
export type QuoteStyle = "plain" | "single" | "double";

/**
 * A scalar as YAML that YAML 1.1 and 1.2 read as the same value: `no` and `1.10` as texts are quoted, because Python's parser takes them for
 * something else. Dates stay plain: they are texts for us, and people write them so.
 * @param inFlow within `{…}` or `[…]`, where commas and brackets end a plain text.
 */
export function scalarText(value: string | number | boolean | null, inFlow: boolean, style: QuoteStyle = "plain"): string {
  if (typeof value === "number") {
    return numberText(value);
  }
  if (typeof value !== "string") {
    return String(value);
  }
  if (style === "plain" && isPlain(value, inFlow)) {
    return value;
  }
  const canBeSingle = !UNSHOWN.test(value);
  return style === "single" && canBeSingle ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? ".nan" : value < 0 ? "-.inf" : ".inf";
  }
  // YAML 1.1 takes 1e+21 for a text: its numbers with an exponent need a point.
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}

/** JSON's strings are YAML's, but for a few characters that YAML reads as line ends or refuses. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What only double quotes can hold: control characters, line ends of other kinds, halves of surrogate pairs. */
const UNSHOWN = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;
const DATE = /^\d{4}-\d\d-\d\d$/;
/** Words that one of the YAML versions reads as a truth value, nothing, a merge or a default. */
const WORD = /^(y|n|yes|no|on|off|true|false|null|~|=|<<)$/i;
/** All that could be a number, a time or a date in one of the versions; some that are none are quoted as well, which does no harm. */
const NUMBER_LIKE = /^[-+.]?[0-9][0-9a-f_xo.:+tz-]*$|^[-+]?\.(inf|nan)$|^[-+]?\.[0-9_]/i;

function isPlain(value: string, inFlow: boolean): boolean {
  if (value === "" || value.trim() !== value || UNSHOWN.test(value)) {
    return false;
  }
  if (DATE.test(value)) {
    return true;
  }
  if (WORD.test(value) || NUMBER_LIKE.test(value) || /^\d{4}-\d\d?-\d\d?/.test(value)) {
    return false;
  }
  if (/^[-?:,[\]{}#&*!|>'"%@`]|: | #|:$|^\.\.\./.test(value)) {
    return false;
  }
  // A colon within flow style splits the text for some readers of YAML 1.1.
  return !inFlow || !/[,[\]{}:]/.test(value);
}
