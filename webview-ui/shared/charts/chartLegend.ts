import { css, html, svg, type CSSResult, type TemplateResult } from "lit";

import type { ChartSeries } from "./chartSeries";
import { seriesStyle, type SeriesStyle, type ThemeKind } from "./seriesStyle";

export const legendStyles: CSSResult = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin: 0 0 4px;
    padding: 0;
    list-style: none;
    font-size: 0.9em;
  }
  .legend li {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    max-width: 100%;
  }
`;

/** Names with a piece of their line: colour, dash and marker as in the chart. */
export function chartLegend(series: readonly ChartSeries[], theme: ThemeKind): TemplateResult {
  return html`<ul class="legend">
    ${series.map((one, index) => {
      const style = seriesStyle(index, theme);
      return html`<li>
        <svg width="28" height="10" aria-hidden="true">
          <line x1="0" y1="5" x2="28" y2="5" stroke=${style.color} stroke-width="2" stroke-dasharray=${style.dash.join(" ")}></line>
          ${styleMarker(style)}
        </svg>
        <span class="ellipsis" title=${one.label.slice(0, 1000)}>${one.label}</span>
      </li>`;
    })}
  </ul>`;
}

/** The marker of a series in the middle of a piece of its line, 28 pixels wide. */
export function styleMarker({ marker: kind, color }: SeriesStyle): TemplateResult {
  switch (kind) {
    case "circle":
      return svg`<circle cx="14" cy="5" r="3.5" fill=${color}></circle>`;
    case "triangle":
      return svg`<path d="M14 1 l4 7.5 h-8 z" fill=${color}></path>`;
    case "rect":
      return svg`<path d="M11 2 h6 v6 h-6 z" fill=${color}></path>`;
    case "rectRot":
      return svg`<path d="M14 0.5 l4.5 4.5 -4.5 4.5 -4.5 -4.5 z" fill=${color}></path>`;
    case "crossRot":
      return svg`<path d="M10.5 1.5 l7 7 m0 -7 l-7 7" stroke=${color} stroke-width="1.5" fill="none"></path>`;
    case "star":
      return svg`<path d="M14 1 v8 M10.5 2 l7 6 m0 -6 l-7 6" stroke=${color} stroke-width="1.2" fill="none"></path>`;
  }
}
