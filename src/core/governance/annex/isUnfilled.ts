import { isPlaceholder } from "../../config/placeholder";

/**
 * Whether a document still holds only the places for answers: all of it, or the part below a heading. A heading that the document lacks says nothing, because people
 * order their documents as they like.
 * @param text Markdown. @param heading as the template has it; null for the whole document.
 */
export function isUnfilled(text: string, heading: string | null): boolean {
  const parts = partsOf(text);
  if (heading === null) {
    return parts.every(({ lines }) => isEmpty(lines));
  }
  const wanted = plain(heading);
  const part = parts.find(({ title }) => plain(title) === wanted);
  return part !== undefined ? isEmpty(part.lines) : parts.every(({ lines }) => isEmpty(lines));
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
