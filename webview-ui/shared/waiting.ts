import { html, type TemplateResult } from "lit";

import { icon } from "./icons";

/** The middle of a page that has nothing to show yet. @param text what is being done. */
export function waiting(text: string): TemplateResult {
  return html`<div class="empty">
    ${icon("loading")}
    <p role="status">${text}</p>
  </div>`;
}
