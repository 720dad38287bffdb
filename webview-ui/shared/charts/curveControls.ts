import { css, html, type CSSResult, type TemplateResult } from "lit";

import { localNumber } from "../format";
import { t } from "../l10n";
import type { XAxis } from "./chartSeries";

/** What stands along the x axis, and how much a curve is smoothed: 0 is not at all, below 1. */
export interface CurveChoice {
  readonly xAxis: XAxis;
  readonly smoothing: number;
}

/** Fields of the charts, as the editor draws its own. */
export const fieldStyles: CSSResult = css`
  select,
  input[type="search"] {
    height: 24px;
    padding: 0 4px;
    border: 1px solid var(--vscode-dropdown-border, var(--mlops-border));
    border-radius: 2px;
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
    font: inherit;
  }
`;

/** The controls that all curves of a page share. */
export function curveControls(
  { xAxis, smoothing }: CurveChoice,
  on: { readonly xAxis: (xAxis: XAxis) => void; readonly smoothing: (smoothing: number) => void },
): TemplateResult {
  return html`<label>
      ${t("X axis")}
      <select .value=${xAxis} @change=${(event: Event) => on.xAxis((event.target as HTMLSelectElement).value as XAxis)}>
        <option value="step">${t("Step")}</option>
        <option value="time">${t("Wall time")}</option>
        <option value="relative">${t("Relative time")}</option>
      </select>
    </label>
    <label>
      ${t("Smoothing")}
      <input
        type="range"
        min="0"
        max="0.99"
        step="0.01"
        .value=${String(smoothing)}
        @input=${(event: Event) => on.smoothing(Number((event.target as HTMLInputElement).value))}
      />
      <output>${smoothing === 0 ? t("off") : localNumber(smoothing.toFixed(2))}</output>
    </label>`;
}
