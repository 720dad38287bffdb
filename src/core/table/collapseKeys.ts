/** What is shut is kept under these keys: a group by its label, a parent by its row number. */
export function groupKey(label: string | null): string {
  return label === null ? "none" : `group:${label}`;
}

export function parentKey(row: number): string {
  return `row:${row}`;
}
