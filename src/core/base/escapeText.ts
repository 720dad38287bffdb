/** Characters that show nothing or turn text around, made visible, so that texts that differ look different. Line breaks stay. */
function visible(text: string): string {
  return text.replace(/[^\P{C}\n\u200d]|[\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    // Unicode has pictures for the old control characters.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : `\\u{${code.toString(16)}}`;
  });
}

const HARMLESS = /^[\w .:,;/+()%*=-]*$/;

/** Text for HTML, between tags or inside quotes. */
export function escapeHtml(text: string): string {
  // Most cells are plain, and there may be 100,000 of them.
  return HARMLESS.test(text) ? text : visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const PLAIN_WORDS = /^[A-Za-z0-9]+(?:[ ._-][A-Za-z0-9]+)*$/;
/** What GitHub makes a link of, without any punctuation that is rare in names. */
const LINK = /www\.|\bgh-\d/i;

/**
 * Text for a cell of a Markdown table. Plain words stay as they are. All else stands in `<code>` with its punctuation as
 * entities: so nothing in it is Markdown, ends the cell, becomes a link, or mentions a person or an issue.
 */
export function escapeMarkdown(text: string): string {
  if (PLAIN_WORDS.test(text) && !LINK.test(text)) {
    return text;
  }
  const encoded = visible(text)
    .replace(/[!-~]/g, (character) => (/[A-Za-z0-9 ,/=+%;.-]/.test(character) ? character : `&#${character.charCodeAt(0)};`))
    .replace(/(www)\./gi, "$1&#46;")
    .replace(/(gh)-/gi, "$1&#45;")
    // Spaces at the ends and in rows would be lost.
    .replace(/^ | $| (?= )/gm, "&nbsp;")
    .replace(/\n/g, "↵<br>");
  return `<code>${encoded}</code>`;
}
