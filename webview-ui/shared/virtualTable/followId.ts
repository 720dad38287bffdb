/**
 * Where a line stands after the lines became others, so that the focus stays with what it was on: the line itself, else the
 * nearest one before it that is still there, such as the heading under which it was folded away. Null where there is none.
 */
export function followId(before: readonly string[], after: readonly string[], at: number): number | null {
  const id = before[at];
  if (id === undefined || after[at] === id) {
    return id === undefined ? null : at;
  }
  const places = new Map(after.map((other, index) => [other, index]));
  for (let index = at; index >= 0; index--) {
    const place = places.get(before[index] ?? "");
    if (place !== undefined) {
      return place;
    }
  }
  return null;
}
