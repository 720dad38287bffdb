import type { TextEdit } from "../../base/textEdit";

type Piece = { readonly kind: "kept"; readonly start: number; readonly end: number } | { readonly kind: "new"; readonly text: string };

/** A text after edits that were each made for the text left by the one before; it can tell them as edits of the first text. */
export class EditPieces {
  private pieces: readonly Piece[];

  constructor(private readonly original: string) {
    this.pieces = [{ kind: "kept", start: 0, end: original.length }];
  }

  get text(): string {
    return this.pieces.map((piece) => this.textOf(piece)).join("");
  }

  /** @param edits for the current text; they may not overlap. */
  apply(edits: readonly TextEdit[]): void {
    // From the end on, so that the places of the others stay right; of those at one place the last is then first.
    const ordered = edits
      .map((edit, index) => ({ edit, index }))
      .sort((a, b) => b.edit.range.start - a.edit.range.start || b.index - a.index);
    for (const { edit } of ordered) {
      this.pieces = [...this.cut(0, edit.range.start), { kind: "new", text: edit.text }, ...this.cut(edit.range.end, Infinity)];
    }
  }

  toEdits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let at = 0;
    let added = "";
    const flush = (until: number): void => {
      if (added !== "" || until > at) {
        edits.push(trimmed(this.original, at, until, added));
      }
      added = "";
    };
    for (const piece of this.pieces) {
      if (piece.kind === "new") {
        added += piece.text;
      } else if (piece.end > piece.start) {
        flush(piece.start);
        at = piece.end;
      }
    }
    flush(this.original.length);
    return edits.filter(({ range, text }) => this.original.slice(range.start, range.end) !== text);
  }

  private textOf(piece: Piece): string {
    return piece.kind === "new" ? piece.text : this.original.slice(piece.start, piece.end);
  }

  private cut(from: number, to: number): readonly Piece[] {
    let at = 0;
    return this.pieces.flatMap((piece): readonly Piece[] => {
      const length = this.textOf(piece).length;
      const start = Math.max(from - at, 0);
      const end = Math.min(to - at, length);
      at += length;
      if (start >= end) {
        return [];
      }
      return [
        piece.kind === "new"
          ? { kind: "new", text: piece.text.slice(start, end) }
          : { kind: "kept", start: piece.start + start, end: piece.start + end },
      ];
    });
  }
}

/** The edit without what it would replace by itself, so that a cursor beside it stays where it is. */
function trimmed(original: string, start: number, end: number, text: string): TextEdit {
  let from = start;
  let until = end;
  let added = text;
  while (from < until && added !== "" && original[from] === added[0]) {
    from++;
    added = added.slice(1);
  }
  while (from < until && added !== "" && original[until - 1] === added.at(-1)) {
    until--;
    added = added.slice(0, -1);
  }
  return { range: { start: from, end: until }, text: added };
}
