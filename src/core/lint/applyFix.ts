import { applyEdits, editsFit, type TextEdit } from "../base/textEdit";
import { PRODUCT_SHAPE, type Shape } from "../config/edit/shape";
import { toTextEdits } from "../config/edit/toTextEdits";
import type { Fix } from "./fix";

export type FixEdits = { readonly ok: true; readonly edits: readonly TextEdit[] } | { readonly ok: false; readonly why: string };

/**
 * What a fix changes in the text that it was made for: no edits where the text already is as the fix wants it, and a reason where a
 * person has to make the change.
 * @param shape of an mlops.yaml, unless the text is another tool's file.
 */
export function fixToEdits(text: string, fix: Fix, shape: Shape = PRODUCT_SHAPE): FixEdits {
  const own = fix.edits ?? [];
  if (fix.changes.length === 0) {
    return editsFit(text, own) ? { ok: true, edits: own } : MISFIT;
  }
  const changed = toTextEdits(text, fix.changes, shape);
  if (!changed.ok) {
    return changed;
  }
  const edits = [...changed.edits, ...own];
  return editsFit(text, edits) ? { ok: true, edits } : MISFIT;
}

/** The text after a fix, or why a person has to make the change. */
export function applyFix(
  text: string,
  fix: Fix,
  shape?: Shape,
): { readonly ok: true; readonly text: string } | Extract<FixEdits, { ok: false }> {
  const written = fixToEdits(text, fix, shape);
  return written.ok ? { ok: true, text: applyEdits(text, written.edits) } : written;
}

const MISFIT = { ok: false, why: "The fix was made for another state of the file; check the file again." } as const;
