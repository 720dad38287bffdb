import { css, type CSSResult } from "lit";

import type { DriftState } from "../../src/protocol/drift";
import type { ChartTheme } from "../shared/charts/chartTheme";
import { seriesStyle } from "../shared/charts/seriesStyle";

/** After Okabe and Ito, as the series are: a bluish green, a yellow and a vermilion that any colour vision tells apart. */
const STATES: Readonly<Record<"light" | "dark", Readonly<Record<Exclude<DriftState, "unjudged">, string>>>> = {
  light: { ok: "#00805d", warn: "#8a6d00", fail: "#c0322b" },
  dark: { ok: "#2fbf95", warn: "#f0c64a", fail: "#ff7b72" },
};

export interface DriftColors {
  readonly reference: string;
  readonly current: string;
  readonly state: (state: DriftState) => string;
}

/** Colours of both sides and of the states, for charts. */
export function driftColors(theme: ChartTheme): DriftColors {
  const states = STATES[theme.kind === "light" || theme.kind === "hcLight" ? "light" : "dark"];
  return {
    reference: seriesStyle(0, theme.kind).color,
    current: seriesStyle(1, theme.kind).color,
    state: (state) => (state === "unjudged" ? theme.muted : states[state]),
  };
}

/** A state's shape in charts, so that no reader depends on its colour. */
export function stateMarker(state: DriftState): "circle" | "triangle" | "rectRot" {
  return state === "fail" ? "rectRot" : state === "warn" ? "triangle" : "circle";
}

/** The same colours for the page itself. */
export const driftColorStyles: CSSResult = css`
  :host {
    --drift-reference: #56b4e9;
    --drift-current: #e69f00;
    --drift-ok: #2fbf95;
    --drift-warn: #f0c64a;
    --drift-fail: #ff7b72;
    --drift-unjudged: var(--mlops-muted);
  }
  :host-context(body.vscode-light),
  :host-context(body.vscode-high-contrast-light) {
    --drift-reference: #0072b2;
    --drift-current: #c25400;
    --drift-ok: #00805d;
    --drift-warn: #8a6d00;
    --drift-fail: #c0322b;
  }
  :host-context(body.vscode-dark),
  :host-context(body.vscode-high-contrast:not(.vscode-high-contrast-light)) {
    color-scheme: dark;
  }
  .state {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
  }
  .state.ok .icon {
    color: var(--drift-ok);
  }
  .state.warn .icon {
    color: var(--drift-warn);
  }
  .state.fail .icon {
    color: var(--drift-fail);
  }
  .state.unjudged {
    color: var(--mlops-muted);
  }
`;
