import { cutText } from "../tracking/cutText";

const HEAD = 60;
const BEFORE_DIFFERENCE = 20;

/**
 * Cuts long texts for display so that no two of them look alike: texts that begin alike are shown from where they part.
 * The same texts in any order give the same cuts.
 * @returns the cut of each text that is longer than `maxLength`.
 */
export function distinctCuts(texts: Iterable<string>, maxLength: number): ReadonlyMap<string, string> {
  const all = new Set(texts);
  const long = [...all].filter((text) => text.length > maxLength).sort();
  const cuts = new Map<string, string>();
  const byHead = new Map<string, string[]>();
  for (const text of long) {
    const head = cutText(text, maxLength).text;
    const alike = byHead.get(head);
    if (alike === undefined) {
      byHead.set(head, [text]);
    } else {
      alike.push(text);
    }
  }
  const taken = all;
  for (const [head, alike] of byHead) {
    const [only] = alike;
    if (alike.length === 1 && only !== undefined && !taken.has(head)) {
      taken.add(head);
      cuts.set(only, head);
      continue;
    }
    const parting = alike.length === 1 ? maxLength : commonPrefix(alike);
    for (const text of alike) {
      const shown = free(showParting(text, parting, maxLength), taken);
      taken.add(shown);
      cuts.set(text, shown);
    }
  }
  return cuts;
}

function showParting(text: string, parting: number, maxLength: number): string {
  const rest = text.slice(Math.max(HEAD, parting - BEFORE_DIFFERENCE));
  // A start inside a surrogate pair would leave half a character.
  const whole = /^[\udc00-\udfff]/.test(rest) ? rest.slice(1) : rest;
  return `${cutText(text, HEAD).text} … ${cutText(whole, maxLength - HEAD - 10).text}`;
}

function free(text: string, taken: ReadonlySet<string>): string {
  let shown = text;
  for (let number = 2; taken.has(shown); number++) {
    shown = `${text} [${number}]`;
  }
  return shown;
}

/** Of sorted texts, the first and the last differ first. */
function commonPrefix(sorted: readonly string[]): number {
  const first = sorted[0] ?? "";
  const last = sorted.at(-1) ?? "";
  let length = 0;
  while (length < first.length && first.charCodeAt(length) === last.charCodeAt(length)) {
    length++;
  }
  return length;
}
