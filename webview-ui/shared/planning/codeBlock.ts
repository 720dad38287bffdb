import { html, type TemplateResult } from "lit";

import { t } from "../l10n";

/** Something exact, such as a command. Whoever has no mouse can scroll it. */
export function codeBlock(label: string, text: string): TemplateResult {
  return html`<pre class="code" tabindex="0" role="region" aria-label=${label}>${text}</pre>`;
}

/** The end of a log that may still grow; it is not read out at each line. */
export function logBlock(text: string): TemplateResult {
  return html`<pre class="code log" tabindex="0" role="log" aria-live="off" aria-label=${t("Last lines of the log")}>${text}</pre>`;
}
