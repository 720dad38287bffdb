import { html, nothing, type TemplateResult } from "lit";

import { icon } from "./icons";

export interface NoticeProps {
  readonly kind: "error" | "warning" | "info";
  /** A text, or a template. */
  readonly words: unknown;
  /** It came while somebody was at work, so that a screen reader tells it at once. */
  readonly isAlert?: boolean;
  /** Buttons behind the words. */
  readonly more?: unknown;
}

/** A line above what the page shows. */
export function notice({ kind, words, isAlert = false, more = nothing }: NoticeProps): TemplateResult {
  return html`<div class=${kind === "error" ? "notice error" : "notice"} role=${isAlert ? "alert" : nothing}>
    ${icon(kind)}<span class="words">${words}</span>${more}
  </div>`;
}

/** What the host could not do, told at once. */
export function failureNotice(
  failure: { readonly message: string; readonly remedy: string | null } | null,
): TemplateResult | typeof nothing {
  return failure === null
    ? nothing
    : notice({ kind: "error", words: html`<b>${failure.message}</b> ${failure.remedy ?? ""}`, isAlert: true });
}
