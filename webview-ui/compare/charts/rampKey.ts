import { css, html, type CSSResult, type TemplateResult } from "lit";

import type { ChartTheme } from "../../shared/charts/chartTheme";
import { formatNumber } from "../../shared/format";
import { rampColor } from "./colorScale";

export const rampKeyStyles: CSSResult = css`
  .ramp-key {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--mlops-muted);
    font-size: 0.9em;
  }
  .ramp {
    width: 90px;
    height: 8px;
  }
`;

/** What the colours of numbers mean. */
export function rampKey([low, high]: readonly [number, number], theme: ChartTheme): TemplateResult {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => rampColor(share, theme)).join(", ");
  return html`<span class="ramp-key"
    >${formatNumber(low)}<i class="ramp" style="background: linear-gradient(to right, ${stops})"></i>${formatNumber(high)}</span
  >`;
}
