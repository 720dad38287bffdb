import { css, html, svg, type CSSResult, type TemplateResult } from "lit";

import type { LegendEntry } from "./chartSpec";

export const chartKeyStyles: CSSResult = css`
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 2px 0;
    padding: 0;
    list-style: none;
    font-size: 0.9em;
  }
  .key li {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  .key svg {
    flex: none;
  }
`;

/** Names with a piece of what they name, as it is drawn. */
export function chartKey(entries: readonly LegendEntry[]): TemplateResult {
  return html`<ul class="key">
    ${entries.map(
      ({ label, side }) => html`<li><svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">${sample(side)}</svg>${label}</li>`,
    )}
  </ul>`;
}

function sample(side: LegendEntry["side"]): TemplateResult {
  switch (side) {
    case "reference":
      return svg`<rect x="1" y="2" width="20" height="9" fill="var(--drift-reference)" fill-opacity="0.7"></rect>`;
    case "current":
      return svg`<rect x="2" y="3" width="18" height="7" fill="none" stroke="var(--drift-current)" stroke-width="2"></rect>`;
    case "measured":
      return svg`<path d="M0 6h22" stroke="var(--drift-current)" stroke-width="2"></path><circle cx="11" cy="6" r="3.5" fill="var(--drift-current)"></circle>`;
    case "estimate":
      return svg`<path d="M0 6h22" stroke="var(--drift-reference)" stroke-width="2" stroke-dasharray="5 4"></path>`;
    case "limit":
      return svg`<path d="M0 6h22" stroke="var(--drift-fail)" stroke-width="2"></path>`;
    case "warn":
      return svg`<path d="M0 6h22" stroke="var(--drift-warn)" stroke-width="2" stroke-dasharray="6 3"></path>`;
    case "band":
      return svg`<rect x="0" y="1" width="22" height="10" fill="var(--vscode-foreground)" fill-opacity="0.18"></rect>`;
    case "unjudged":
      return svg`<path d="M0 11L10 1M6 11L16 1M12 11L22 1" stroke="var(--mlops-muted)" stroke-width="1"></path>`;
    case "ok":
      return svg`<rect x="5" y="1" width="12" height="10" fill="var(--drift-ok)"></rect>`;
    case "warning":
      return svg`<path d="M11 0.5l6 11h-12z" fill="var(--drift-warn)"></path>`;
    case "fail":
      return svg`<path d="M11 0l6 6-6 6-6-6z" fill="var(--drift-fail)"></path>`;
    case "more":
      return svg`<rect x="2" y="3" width="18" height="7" fill="var(--drift-current)" stroke="var(--drift-current)" stroke-width="1.5"></rect>`;
    case "less":
      return svg`<rect x="2" y="3" width="18" height="7" fill="none" stroke="var(--drift-current)" stroke-width="1.5"></rect>`;
  }
}
