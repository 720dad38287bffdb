import { html, type TemplateResult } from "lit";

import type { IconName } from "../icons";
import { icon } from "../icons";

/** A sentence with an icon before it, coloured by what it means; "unknown" and "none" have no colour. */
export function verdict(style: "block" | "warn" | "pass" | "unknown" | "none", name: IconName, words: string): TemplateResult {
  return html`<p class="verdict ${style}">${icon(name)}<span>${words}</span></p>`;
}

export function warning(words: string): TemplateResult {
  return verdict("warn", "warning", words);
}
