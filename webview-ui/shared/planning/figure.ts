import { html, type TemplateResult } from "lit";

import { formatDuration } from "../format";
import { t } from "../l10n";

/** One of the figures at the top of what was started; it stands in a `<dl class="figures">`. */
export function figure(label: string, value: string): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** @param took milliseconds; whole seconds are shown while they still count. */
export function tookFigure(took: number, isOver: boolean): TemplateResult {
  return isOver ? figure(t("Took"), formatDuration(took)) : figure(t("Running for"), formatDuration(Math.floor(took / 1000) * 1000));
}
