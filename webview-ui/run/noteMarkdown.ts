/**
 * The part of Markdown that notes of runs use, as plain data: the page draws it with text nodes only, so that nothing in a
 * note can become markup. What is not understood stays text.
 */
export type Inline =
  | { readonly kind: "text" | "code" | "strong" | "emphasis"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "rule" };

const FENCE = /^ {0,3}(```|~~~)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^\s{0,8}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
// Every repetition is of one class of characters and bounded by the next mark, so that no input makes it slow.
const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w*])[*_]([^\s*_][^*_\n]*)[*_](?!\w)|!?\[([^\]\n]{0,500})\]\((https?:\/\/[^)\s]{1,2000})\)|(https?:\/\/[^\s<>()[\]]{1,2000})/gi;

export function parseNote(text: string): readonly Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) {
      blocks.push({ kind: "paragraph", content: parseInlines(paragraph.join("\n")) });
      paragraph = [];
    }
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const fence = FENCE.exec(line)?.[1];
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (fence !== undefined) {
      endParagraph();
      const end = lines.findIndex((other, at) => at > index && other.trim().startsWith(fence));
      blocks.push({ kind: "code", text: lines.slice(index + 1, end === -1 ? undefined : end).join("\n") });
      index = end === -1 ? lines.length : end;
    } else if (heading !== null) {
      endParagraph();
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, content: parseInlines(heading[2] ?? "") });
    } else if (RULE.test(line)) {
      endParagraph();
      blocks.push({ kind: "rule" });
    } else if (item !== null) {
      endParagraph();
      addItem(blocks, item[1] !== undefined, parseInlines(item[2] ?? ""));
    } else if (line.trim() === "") {
      endParagraph();
    } else {
      paragraph.push(line.trim());
    }
  }
  endParagraph();
  return blocks;
}

function addItem(blocks: Block[], ordered: boolean, content: readonly Inline[]): void {
  const last = blocks.at(-1);
  if (last?.kind === "list" && last.ordered === ordered) {
    blocks[blocks.length - 1] = { ...last, items: [...last.items, content] };
  } else {
    blocks.push({ kind: "list", ordered, items: [content] });
  }
}

function parseInlines(text: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) {
      inlines.push({ kind: "text", text: text.slice(at, match.index) });
    }
    inlines.push(toInline(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) {
    inlines.push({ kind: "text", text: text.slice(at) });
  }
  return inlines;
}

function toInline([whole, code, strong, emphasis, linkText, linkUrl, bareUrl]: RegExpMatchArray): Inline {
  if (code !== undefined) {
    return { kind: "code", text: code };
  }
  if (strong !== undefined) {
    return { kind: "strong", text: strong };
  }
  if (emphasis !== undefined) {
    return { kind: "emphasis", text: emphasis };
  }
  const url = linkUrl ?? bareUrl ?? whole;
  return { kind: "link", text: linkText === undefined || linkText === "" ? url : linkText, url };
}
