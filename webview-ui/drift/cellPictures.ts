import { html, nothing, svg, type TemplateResult } from "lit";

import type { DriftColumnRow, DriftScore } from "../../src/protocol/drift";
import { isNumber } from "./numberText";
import { excess } from "./tableLines";

const MINI = { width: 92, height: 18 };
const TREND = { width: 100, height: 18 };
const BAR = { width: 76, height: 10 };

/** Two small histograms over each other: the reference filled, the current side outlined. Decoration beside the words. */
export function miniBars(mini: DriftColumnRow["mini"]): TemplateResult | typeof nothing {
  const count = Math.max(mini?.reference.length ?? 0, mini?.current.length ?? 0);
  if (mini === null || count === 0) {
    return nothing;
  }
  const most = [...mini.reference, ...mini.current].reduce((a, b) => Math.max(a, b), 0) || 1;
  const step = MINI.width / count;
  const height = (share: number | undefined): number => round(((share ?? 0) / most) * (MINI.height - 2));
  const top = (share: number | undefined): number => round(MINI.height - 1 - height(share));
  const filled = mini.reference
    .map((share, index) => `M${round(index * step)} ${MINI.height - 1}h${round(step - 1)}v${-height(share)}h${-round(step - 1)}z`)
    .join("");
  const outline = Array.from(
    { length: count },
    (_, index) =>
      `${index === 0 ? `M0.5 ${top(mini.current[0])}` : `V${top(mini.current[index])}`}H${round(Math.min(MINI.width - 0.5, (index + 1) * step - 0.5))}`,
  ).join("");
  return html`<svg class="mini" width=${MINI.width} height=${MINI.height} viewBox="0 0 ${MINI.width} ${MINI.height}" aria-hidden="true">
    ${svg`<path d=${filled} fill="var(--drift-reference)" fill-opacity="0.6"></path><path d=${outline} fill="none" stroke="var(--drift-current)" stroke-width="1.4"></path>`}
  </svg>`;
}

interface TrendPicture {
  readonly limit: number | null;
  readonly drawn: TemplateResult | typeof nothing;
}

/** A row comes into sight again and again, and a hundred points take their time; equal parts of a view stay the same objects. */
const trends = new WeakMap<object, TrendPicture>();

/** Scores by window as a small curve, with the limit as a dashed line. Gaps stay gaps. */
export function trendLine(trend: readonly (number | null)[], limit: number | null): TemplateResult | typeof nothing {
  const known = trends.get(trend);
  const drawn = known?.limit === limit ? known.drawn : drawTrend(trend, limit);
  trends.set(trend, { limit, drawn });
  return drawn;
}

function drawTrend(trend: readonly (number | null)[], limit: number | null): TemplateResult | typeof nothing {
  const values = trend.filter(isNumber);
  if (values.length === 0) {
    return nothing;
  }
  const most = [...values, limit ?? 0].reduce((a, b) => Math.max(a, b), 0) || 1;
  const x = (index: number): number => round(2 + (index / Math.max(1, trend.length - 1)) * (TREND.width - 4));
  const y = (value: number): number => round(TREND.height - 2 - (Math.max(0, value) / most) * (TREND.height - 4));
  let path = "";
  let isDrawing = false;
  trend.forEach((value, index) => {
    if (isNumber(value)) {
      path += `${isDrawing ? "L" : "M"}${x(index)} ${y(value)}`;
      // A window between two gaps is a dot.
      path += isNumber(trend[index + 1]) || isDrawing ? "" : "h0.01";
    }
    isDrawing = isNumber(value);
  });
  const lastAt = trend.findLastIndex(isNumber);
  const last = trend[lastAt];
  return html`<svg
    class="trend"
    width=${TREND.width}
    height=${TREND.height}
    viewBox="0 0 ${TREND.width} ${TREND.height}"
    aria-hidden="true"
  >
    ${
      isNumber(limit)
        ? svg`<path d=${`M0 ${y(limit)}H${TREND.width}`} stroke="var(--drift-fail)" stroke-width="1" stroke-dasharray="3 2"></path>`
        : nothing
    }
    ${svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round" stroke-linecap="round"></path>`}
    ${isNumber(last) ? svg`<circle cx=${x(lastAt)} cy=${y(last)} r="2" fill="currentColor"></circle>` : nothing}
  </svg>`;
}

/** How far a score is against its limit, which stands in the middle of the bar; beyond twice the limit the bar is full. */
export function scoreBar(result: DriftScore, state: DriftColumnRow["state"]): TemplateResult | typeof nothing {
  const beyond = excess({ result });
  if (beyond === null) {
    return nothing;
  }
  const width = round(Math.min(1, beyond / 2) * BAR.width);
  const fail =
    result.kind === "distance" && isNumber(result.failThreshold) && result.threshold > 0
      ? result.failThreshold / result.threshold / 2
      : null;
  return html`<svg class="bar" width=${BAR.width} height=${BAR.height} viewBox="0 0 ${BAR.width} ${BAR.height}" aria-hidden="true">
    ${svg`<rect x="0" y="2" width=${BAR.width} height="6" fill="currentColor" fill-opacity="0.14"></rect>
    <rect x="0" y="2" width=${width} height="6" fill="var(--drift-${state})"></rect>
    <path d="M${BAR.width / 2} 0V${BAR.height}" stroke="currentColor" stroke-width="1.5"></path>`}
    ${fail !== null && fail > 0 && fail < 1 ? svg`<path d="M${round(fail * BAR.width)} 0V${BAR.height}" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 1"></path>` : nothing}
  </svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
