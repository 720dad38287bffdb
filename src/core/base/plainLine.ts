/** On one line and without signs that a terminal would obey or that turn the direction of a line; nothing is cut, because people decide by it. */
function plainLine(line: string): string {
  return line
    .replace(/\r\n|[\r\n]/g, "⏎")
    .replaceAll("\t", " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "\ufffd");
}

/** Text that Markdown shows as it is. */
function literalMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~&]/g, "\\$&")
    .replaceAll("\\&", "&amp;")
    .replaceAll("\\<", "&lt;");
}

/** A page of plain text, or of Markdown, from titles and lines. Sections without lines are left out. */
export interface TextSection {
  readonly title: string;
  readonly lines: readonly string[];
}

export function sectionsAsText(sections: readonly TextSection[]): string {
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => [title, ...lines.map((line) => `  ${plainLine(line)}`)].join("\n"))
    .join("\n\n");
}

export function sectionsAsMarkdown(title: string, sections: readonly TextSection[]): string {
  const parts = sections
    .filter(({ lines }) => lines.length > 0)
    .map((section) => [`## ${section.title}`, "", ...section.lines.map((line) => `- ${literalMarkdown(plainLine(line))}`)].join("\n"));
  return [`# ${literalMarkdown(plainLine(title))}`, ...parts].join("\n\n").concat("\n");
}
