import { html, nothing, type TemplateResult } from "lit";

import { icon } from "../icons";

/** The picture of a check box; what it says to a screen reader stands at the cell. */
export function selectionBox(selected: boolean | "some"): TemplateResult {
  const mark = selected === true ? icon("check") : selected === "some" ? html`<span class="dash"></span>` : nothing;
  return html`<span class="box" aria-hidden="true">${mark}</span>`;
}
