/** The rows with these indexes, in this order; one that is not there is left out. */
export function pickRows<T>(rows: readonly T[], shown: readonly number[]): T[] {
  return shown.flatMap((index) => {
    const row = rows[index];
    return row === undefined ? [] : [row];
  });
}
