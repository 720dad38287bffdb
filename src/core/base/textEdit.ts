/** A stretch of a text in UTF-16 code units, as JavaScript counts; `end` is the first unit after it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replaces a range of a text; an empty range inserts. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** Whether edits lie inside of a text and none overlaps another. */
export function editsFit(text: string, edits: readonly TextEdit[]): boolean {
  let at = 0;
  return inOrder(edits).every(({ range }) => {
    const fits = at <= range.start && range.start <= range.end && range.end <= text.length;
    at = range.end;
    return fits;
  });
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((left, right) => left.range.start - right.range.start || left.range.end - right.range.end);
}

/**
 * Applies edits to the text they were made for. Edits may come in any order; those at the same place are applied in the order given.
 * @throws Error when two edits overlap, because the result would depend on their order.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  if (!editsFit(text, edits)) {
    throw new Error("Edits overlap or lie outside the text.");
  }
  let result = "";
  let at = 0;
  for (const { range, text: replacement } of inOrder(edits)) {
    result += text.slice(at, range.start) + replacement;
    at = range.end;
  }
  return result + text.slice(at);
}
