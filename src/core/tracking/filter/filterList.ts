import type { FilterScanner } from "./filterScanner";

// MLflow reads a list as a Python tuple of strings: neighbouring strings join, a comma may end the list, and a backslash escapes.
const PYTHON_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Takes `('a', 'b')` behind IN or NOT IN; more parentheses around it change nothing. */
export function takeList(scanner: FilterScanner): readonly string[] {
  const ahead = /\((?=\s*\()/y;
  ahead.lastIndex = scanner.offset;
  if (ahead.test(scanner.text)) {
    scanner.takeCharacter("(");
    scanner.skipSpace();
    const items = takeList(scanner);
    scanner.skipSpace();
    return scanner.takeCharacter(")") ? items : scanner.fail(`")" is expected, not ${scanner.found()}.`);
  }
  const start = scanner.offset;
  if (!scanner.takeCharacter("(")) {
    scanner.fail(`IN is followed by a list such as ('a', 'b'), not by ${scanner.found()}.`);
  }
  const items: string[] = [];
  for (;;) {
    scanner.skipSpace();
    if (scanner.takeCharacter(")")) {
      break;
    }
    items.push(takeJoinedStrings(scanner));
    if (scanner.takeCharacter(")")) {
      break;
    }
    if (!scanner.takeCharacter(",")) {
      scanner.fail(`a comma or ")" is expected in the list, not ${scanner.found()}.`);
    }
  }
  return items.length > 0 ? items : scanner.fail("the list is empty; name at least one text in quotes.", start);
}

function takeJoinedStrings(scanner: FilterScanner): string {
  const start = scanner.offset;
  let joined: string | undefined;
  for (;;) {
    const quote = scanner.text.charAt(scanner.offset);
    const raw = scanner.takeString();
    if (raw === undefined) {
      break;
    }
    if (/(?<!\\)(?:\\\\)*\n/.test(raw)) {
      scanner.fail("a text in a list must not run over the end of a line.", start);
    }
    // Two equal quotes inside end one string and begin the next, so they join to nothing.
    joined = (joined ?? "") + unescape(raw.replaceAll(quote + quote, ""));
    scanner.skipSpace();
  }
  return joined ?? scanner.fail(`a text in quotes is expected in the list, not ${scanner.found()}.`);
}

function unescape(text: string): string {
  return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[0-7]{1,3}|[^xu])/gs, (whole, code: string) => {
    if (/^[xu]/.test(code)) {
      return String.fromCharCode(parseInt(code.slice(1), 16));
    }
    if (/^[0-7]/.test(code)) {
      return String.fromCharCode(parseInt(code, 8));
    }
    return PYTHON_ESCAPES[code] ?? whole;
  });
}
