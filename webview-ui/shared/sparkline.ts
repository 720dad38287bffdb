import { nothing, svg, html, type TemplateResult } from "lit";

const WIDTH = 48;
const HEIGHT = 14;
/** The line's own width must stay inside the picture. */
const INSET = 1.5;

/**
 * A curve the size of a word. Heights are percent of the curve's own range; null is a gap. It is decoration beside the
 * number, so that a screen reader passes over it.
 */
export function sparkline(curve: readonly (number | null)[] | null): TemplateResult | typeof nothing {
  if (curve === null || curve.length < 2) {
    return nothing;
  }
  const { path, last } = toPath(curve);
  return html`<svg class="sparkline" width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    ${svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round" stroke-linecap="round"></path>`}
    ${last === null ? nothing : svg`<circle cx=${last.x} cy=${last.y} r="1.5" fill="currentColor"></circle>`}
  </svg>`;
}

function toPath(curve: readonly (number | null)[]): {
  readonly path: string;
  readonly last: { readonly x: number; readonly y: number } | null;
} {
  let path = "";
  let drawing = false;
  let last: { x: number; y: number } | null = null;
  curve.forEach((height, index) => {
    if (height === null) {
      drawing = false;
      return;
    }
    const x = round(INSET + (index / (curve.length - 1)) * (WIDTH - 2 * INSET));
    const y = round(INSET + (1 - height / 100) * (HEIGHT - 2 * INSET));
    path += `${drawing ? "L" : "M"}${x} ${y}`;
    drawing = true;
    last = { x, y };
  });
  return { path, last };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
