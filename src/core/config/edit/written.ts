import type { TextEdit } from "../../base/textEdit";

/** Edits that write a change, or why it cannot be written. */
export type Written = { readonly ok: true; readonly edits: readonly TextEdit[] } | { readonly ok: false; readonly why: string };
