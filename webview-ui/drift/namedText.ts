import { html, type TemplateResult } from "lit";

/** A sentence of the host, in which backticks stand around names, with the names set apart. */
export function namedText(sentence: string): TemplateResult {
  // A number and its sign are not torn apart at the end of a line.
  const text = sentence.replaceAll(" %", "\u00a0%");
  // Every second part stood between backticks; a lone one is left as it is.
  const parts = text.split("`");
  return parts.length % 2 === 0 ? html`${text}` : html`${parts.map((part, index) => (index % 2 === 1 ? html`<b>${part}</b>` : part))}`;
}

/** The same where only plain text can stand. */
export function plainText(text: string): string {
  return text.split("`").length % 2 === 0 ? text : text.replaceAll("`", "");
}
