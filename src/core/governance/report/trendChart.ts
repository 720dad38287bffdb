import { escapeHtml } from "../../base/escapeText";
import type { ReportChart } from "./complianceReport";
import { numberText } from "./reportMarkdown";

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 60;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 26;

/** A curve as SVG: plain shapes without script or fonts, so that it prints. The table beside it says the same. */
export function trendChart({ caption, labels, values, limit }: ReportChart): string {
  const known = [...values.filter((value) => value !== null), ...(limit === null ? [] : [limit.value])];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = high - low === 0 ? 1 : high - low;
  const x = (index: number): number => LEFT + (WIDTH - LEFT - RIGHT) * (labels.length === 1 ? 0.5 : index / (labels.length - 1));
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / span);
  const points = values.flatMap((value, index) => (value === null ? [] : [{ index, at: `${round(x(index))},${round(y(value))}` }]));
  // A gap in the checks is a gap in the line.
  const lines = runsOf(points).map((run) => `<polyline fill="none" stroke="currentColor" stroke-width="2" points="${run.join(" ")}"/>`);
  const dots = points.map(({ at }) => `<circle cx="${at.replace(",", '" cy="')}" r="3" fill="currentColor"/>`);
  const text = (px: number, py: number, words: string, anchor = "end"): string =>
    `<text x="${round(px)}" y="${round(py)}" text-anchor="${anchor}" font-size="11" fill="currentColor">${escapeHtml(words)}</text>`;
  const limitLine =
    limit === null
      ? []
      : [
          `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(limit.value))}" y2="${round(y(limit.value))}" stroke="currentColor" stroke-dasharray="6 4"/>`,
          text(WIDTH - RIGHT, y(limit.value) - 4, limit.label),
        ];
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(caption)}">`,
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="currentColor" stroke-opacity="0.5"/>`,
    ...(known.length === 0
      ? [text(WIDTH / 2, HEIGHT / 2, "no figure", "middle")]
      : [text(LEFT - 6, TOP + 4, numberText(high)), text(LEFT - 6, HEIGHT - BOTTOM, numberText(low))]),
    ...limitLine,
    ...lines,
    ...dots,
    text(LEFT, HEIGHT - 8, labels[0] ?? "", "start"),
    ...(labels.length < 2 ? [] : [text(WIDTH - RIGHT, HEIGHT - 8, labels.at(-1) ?? "")]),
    "</svg>",
  ].join("");
}

function runsOf(points: readonly { readonly index: number; readonly at: string }[]): readonly (readonly string[])[] {
  const runs: string[][] = [];
  let before = -2;
  for (const { index, at } of points) {
    if (index === before + 1) {
      runs.at(-1)?.push(at);
    } else {
      runs.push([at]);
    }
    before = index;
  }
  return runs.filter((run) => run.length > 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
