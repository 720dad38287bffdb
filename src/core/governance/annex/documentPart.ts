import { isPlaceholder } from "../../config/placeholder";

/** What a document says below a heading. */
export type DocumentPart = "filled" | "unfilled" | "no_heading";

/**
 * Whether a document says something, or still holds only the places for answers: all of it, or the part below a heading. The heading is found by its words, or by the
 * number by which the law counts, so that documents in any language can be looked into.
 * @param text Markdown. @param heading as the template has it; null for the whole document. @param number such as "1(e)".
 */
export function documentPart(text: string, heading: string | null, number: string): DocumentPart {
  const parts = partsOf(text);
  if (parts.every(({ lines }) => isEmpty(lines))) {
    return "unfilled";
  }
  if (heading === null) {
    return "filled";
  }
  const part = parts.find(({ title }) => plain(title) === plain(heading) || numberOf(title) === plain(number));
  return part === undefined ? "no_heading" : isEmpty(part.lines) ? "unfilled" : "filled";
}

/** "1 e" of "1(e) Hardware", "1 (e): Hardware" and "1e Hardware"; null for a title that begins with none. */
function numberOf(title: string): string | null {
  const [, digits, letter] = /^\s*(\d)\s*\(?([a-h])\)?(?![\p{L}\p{N}])/u.exec(title) ?? [];
  return digits === undefined || letter === undefined ? null : `${digits} ${letter}`;
}

interface Part {
  readonly title: string;
  readonly lines: string[];
}

/** What stands below each heading, with what stands below those under it. */
function partsOf(text: string): readonly Part[] {
  const parts: (Part & { readonly level: number })[] = [{ title: "", lines: [], level: 7 }];
  const open = [...parts];
  for (const line of text.slice(0, 1_000_000).split(/\r?\n/)) {
    const [, marks, title] = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) ?? [];
    if (marks !== undefined && title !== undefined) {
      while ((open.at(-1)?.level ?? 0) >= marks.length) {
        open.pop();
      }
      const part = { title, lines: [], level: marks.length };
      parts.push(part);
      open.push(part);
    } else {
      open.forEach(({ lines }) => lines.push(line));
    }
  }
  return parts;
}

function isEmpty(lines: readonly string[]): boolean {
  return lines.every((line) => isPlaceholder(line.replace(/^\s*(?:[-*+>]|\d+\.)\s+/, "")) || /^Not legal advice\.?$/i.test(line.trim()));
}

function plain(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
