/** For places with little room only: what is cut here stands whole in a title, a tooltip or the table. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
