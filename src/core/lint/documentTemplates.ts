/** What a document that a fix creates starts with: headings and places to fill in, never an answer. */
export function documentTemplate(title: string, items: readonly string[]): string {
  return `# ${title}\n\nTODO: a person who knows the facts fills this in. Not legal advice.\n\n${items.map((item) => `## ${item}\n\nTODO\n`).join("\n")}`;
}
