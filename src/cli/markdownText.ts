/** A row of a table. @param cells Markdown. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text as it is. Names come from data: none of them may end a cell, make a link, mention a person or become HTML. What stands between backticks stays code. */
export function markdownText(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, 1000)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll("|", "\\|") : escapedProse(part)))
    .join("");
}

function escapedProse(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#]/g, (sign) => `\\${sign}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=\w)/g, "@\u2060");
}

/** A name between backticks. */
export function markdownCode(text: string): string {
  const plain = text.replace(/[\p{Cc}`|]+/gu, " ").trim();
  return plain === "" ? "–" : `\`${plain}\``;
}
