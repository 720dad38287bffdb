import { css, type CSSResult } from "lit";

import { controlStyles } from "../shared/charts/controlStyles";
import { buttonStyles, themeStyles } from "../shared/theme";
import { driftColorStyles } from "./driftColors";
import { plainTableStyles } from "./plainTable";

/** What stands beside or below the table: sections with charts, small tables and words. */
export const panelStyles: CSSResult[] = [
  themeStyles,
  buttonStyles,
  controlStyles,
  driftColorStyles,
  plainTableStyles,
  css`
    :host {
      display: block;
      padding: 8px 12px 20px;
    }
    h2 {
      margin: 0;
      font-size: 1.15em;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    h3 {
      margin: 16px 0 6px;
      font-size: 1em;
      font-weight: 600;
    }
    section > h2 {
      margin: 18px 0 6px;
      font-size: 1.05em;
    }
    section:first-child > h2 {
      margin-top: 4px;
    }
    section > h3:first-child {
      margin-top: 8px;
    }
    p {
      max-width: 90ch;
      margin: 4px 0 8px;
      overflow-wrap: anywhere;
    }
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr));
      gap: 8px;
      align-items: start;
    }
    .grid.small {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr));
    }
    .grid.large {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr));
    }
    .single {
      max-width: 620px;
    }
    mlops-drift-chart + .grid,
    mlops-drift-chart + mlops-drift-chart,
    .grid + mlops-drift-chart {
      margin-top: 8px;
    }
    .grid > mlops-drift-chart {
      margin-top: 0;
    }
    .none {
      max-width: 70ch;
      margin: 24px auto;
      padding: 0 12px;
      color: var(--mlops-muted);
      text-align: center;
      overflow-wrap: anywhere;
    }
    .none strong {
      display: block;
      margin-bottom: 4px;
      color: var(--vscode-foreground);
      font-weight: 600;
    }
    .failed {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
      margin: 8px 0;
    }
    .action {
      min-height: 26px;
      padding: 2px 12px;
      border: 1px solid var(--vscode-button-border, transparent);
      border-radius: 3px;
      background: var(--vscode-button-secondaryBackground);
      color: var(--vscode-button-secondaryForeground);
      font: inherit;
      cursor: pointer;
    }
    .action.first {
      background: var(--vscode-button-background);
      color: var(--vscode-button-foreground);
    }
    .action:focus-visible {
      outline-offset: 2px;
    }
    .busy {
      display: flex;
      align-items: center;
      gap: 6px;
      min-height: 60px;
      color: var(--mlops-muted);
    }
    .facts {
      color: var(--mlops-muted);
    }
  `,
];
