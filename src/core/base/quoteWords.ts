/** A word as POSIX shells take it literally. The middle of "\${{" is parted, because GitHub fills it in before a shell sees it. */
export function quoteForShell(word: string): string {
  return /^[\w./@:=+,-]+$/.test(word) ? word : `'${word.replaceAll("'", () => "'\\''").replaceAll("${{", () => "$''{{")}'`;
}

/** A text as a scalar of YAML on one line. */
export function quoteForYaml(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, unicodeEscape);
}

/** A text as a string of Python. Strings of JSON are those of Python, except that JSON may part a character into two halves. */
export function quoteForPython(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, unicodeEscape);
}

/** A command as the end of a line of a crontab: a percent sign would end it, and a line cannot go on in the next. */
export function quoteForCrontab(command: string): string {
  return command.replace(/[\r\n]+/g, " ").replaceAll("%", "\\%");
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
