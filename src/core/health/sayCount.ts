/** "1 run", "3 runs". */
export function sayCount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
