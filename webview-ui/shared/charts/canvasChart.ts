import { Chart } from "chart.js";
import zoomPlugin from "chartjs-plugin-zoom";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { t } from "../l10n";
import { themeStyles } from "../theme";
import type { ChartDrawing, PointText } from "./chartDrawing";
import { chartPicture, type Picture, type PictureFormat } from "./chartPicture";
import { onThemeChange, readChartTheme, type ChartTheme } from "./chartTheme";
import { drawInTurn } from "./drawQueue";
import { findPoint, type FoundPoint, type PlacedPoint } from "./findPoint";
import { drawHighlight, drawPlace } from "./highlight";
import type { HoveredRun } from "./hoveredRun";
import { stepAlong, type WalkPlace } from "./walkPoints";

/** In pixels: a hand is not still while it clicks. */
const CLICK_REACH = 5;

interface Tip extends PointText {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * A Chart.js chart with zoom and pan by mouse and keyboard, points to walk along, and one run highlighted. The library draws
 * the chart once; what follows the mouse is drawn on a second canvas above it.
 */
@customElement("mlops-canvas-chart")
export class CanvasChart extends LitElement {
  static override readonly styles = [
    themeStyles,
    css`
      :host {
        display: block;
        position: relative;
      }
      .plot {
        position: relative;
        height: var(--mlops-chart-height, 200px);
      }
      .plot.chosen {
        cursor: pointer;
      }
      .above {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        pointer-events: none;
      }
      .tip {
        position: absolute;
        z-index: 1;
        max-width: min(260px, 90%);
        padding: 4px 7px;
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, var(--mlops-border)));
        border-radius: 3px;
        background: var(--vscode-editorHoverWidget-background, var(--vscode-editorWidget-background));
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        font-size: 0.9em;
        overflow-wrap: anywhere;
        pointer-events: none;
      }
      .tip b {
        display: block;
      }
    `,
  ];

  /** The chart in a sentence, as its name for a screen reader. */
  @property() label = "";
  @property({ attribute: false }) build: ((theme: ChartTheme) => ChartDrawing) | null = null;
  @property({ attribute: false }) hover: HoveredRun | null = null;
  /** Which axes zoom; "" for none. */
  @property() zoom: "xy" | "y" | "" = "xy";
  @state() private spoken = "";
  @state() private tip: Tip | null = null;
  /** The mouse is at a point that can be chosen. */
  @state() private atChoice = false;
  @query(".base") private readonly base!: HTMLCanvasElement;
  @query(".above") private readonly above!: HTMLCanvasElement;

  private chart: Chart | undefined;
  private drawing: ChartDrawing | undefined;
  private theme: ChartTheme | undefined;
  private place: WalkPlace | undefined;
  private at: FoundPoint | null = null;
  private pressed: { readonly x: number; readonly y: number } | null = null;
  private stopTheme: (() => void) | undefined;
  private stopHover: (() => void) | undefined;
  private cancelDraw: (() => void) | undefined;

  /** Draws the whole chart as a picture, or null before there is one. */
  picture(title: string, format: PictureFormat): Picture | null {
    const theme = readChartTheme();
    return this.build === null ? null : chartPicture(this.build(theme).config, title, theme, format);
  }

  resetZoom(): void {
    if (this.zoom !== "") {
      this.chart?.resetZoom("none");
      this.tellZoom();
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.drawSoon());
    if (this.hasUpdated) {
      this.listen();
      this.drawSoon();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.stopHover?.();
    this.cancelDraw?.();
    this.chart?.destroy();
    this.chart = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("hover")) {
      this.listen();
    }
    if (changed.has("build")) {
      this.drawSoon();
    }
  }

  protected override render(): TemplateResult {
    return html`<div
        class="plot ${this.atChoice ? "chosen" : ""}"
        role="img"
        tabindex="0"
        aria-label=${this.label}
        @keydown=${this.onKey}
        @blur=${this.leave}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @click=${this.onClick}
        @mouseleave=${this.leave}
        @dblclick=${() => this.resetZoom()}
      >
        <canvas class="base" aria-hidden="true"></canvas>
        <canvas class="above" aria-hidden="true"></canvas>
        ${this.tip === null ? nothing : tooltip(this.tip)}
      </div>
      <div class="hidden-text" aria-live="polite">${this.spoken}</div>`;
  }

  private listen(): void {
    this.stopHover?.();
    this.stopHover = this.hover?.onDidChange(() => this.drawAbove());
    this.drawAbove();
  }

  private pointsOf(chart: Chart, datasetIndex: number): readonly PlacedPoint[] {
    return this.drawing?.pointsOf?.(datasetIndex) ?? chart.getDatasetMeta(datasetIndex).data;
  }

  private drawSoon(): void {
    this.cancelDraw?.();
    this.cancelDraw = drawInTurn(() => this.draw());
  }

  private draw(): void {
    this.chart?.destroy();
    this.chart = undefined;
    this.at = null;
    this.place = undefined;
    this.tip = null;
    this.atChoice = false;
    if (this.build === null) {
      return;
    }
    const theme = readChartTheme();
    const drawing = this.build(theme);
    [this.drawing, this.theme] = [drawing, theme];
    const { config } = drawing;
    this.chart = new Chart(this.base, {
      ...config,
      options: {
        ...config.options,
        responsive: true,
        maintainAspectRatio: false,
        animation: false,
        // The mouse is followed above: the library would draw the whole chart at each move.
        events: [],
        plugins: {
          ...config.options?.plugins,
          tooltip: { enabled: false },
          ...(this.zoom === "" ? {} : { zoom: this.zoomOptions(theme) }),
        },
      },
      plugins: [
        ...(config.plugins ?? []),
        ...(this.zoom === "" ? [] : [zoomPlugin]),
        { id: "above", afterDraw: (chart: Chart) => this.drawAbove(chart) },
      ],
    });
    this.tellZoom();
  }

  /** The highlighted run, and the point that the mouse or the arrow keys are at. */
  private drawAbove(chart = this.chart): void {
    const { above, drawing, theme } = this;
    const ctx = chart === undefined ? null : above.getContext("2d");
    if (chart === undefined || drawing === undefined || theme === undefined || ctx === null) {
      return;
    }
    const ratio = chart.currentDevicePixelRatio;
    const [width, height] = [Math.round(chart.width * ratio), Math.round(chart.height * ratio)];
    if (above.width !== width || above.height !== height) {
      [above.width, above.height] = [width, height];
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, chart.width, chart.height);
    const run = this.hover?.run ?? null;
    const below = { chartArea: chart.chartArea, pointsOf: (dataset: number) => this.pointsOf(chart, dataset) };
    drawHighlight(ctx, below, run === null ? [] : drawing.marks(run), theme);
    if (this.at !== null) {
      drawPlace(ctx, below, this.at, theme);
    }
  }

  /** The wheel zooms only with Ctrl, because the page scrolls by it; a drag takes a range, with Shift it moves the picture. */
  private zoomOptions(theme: ChartTheme): object {
    const mode = this.zoom === "y" ? "y" : "xy";
    const done = (): void => this.tellZoom();
    return {
      zoom: {
        mode,
        wheel: { enabled: true, modifierKey: "ctrl" },
        drag: { enabled: true, threshold: 6, backgroundColor: theme.grid, borderColor: theme.muted, borderWidth: 1 },
        pinch: { enabled: true },
        onZoomComplete: done,
      },
      pan: { enabled: true, mode, modifierKey: "shift", onPanComplete: done },
    };
  }

  private tell(run: number | null): void {
    if (run !== (this.hover?.run ?? null)) {
      this.dispatchEvent(new CustomEvent("hover-run", { detail: { run }, bubbles: true, composed: true }));
    }
  }

  private tellZoom(): void {
    // Without the plugin the chart has no such method, whatever its type says.
    const detail = { zoomed: this.zoom !== "" && this.chart?.isZoomedOrPanned() === true };
    this.dispatchEvent(new CustomEvent("zoom-changed", { detail }));
  }

  private readonly onMove = (event: PointerEvent): void => {
    const { chart, drawing } = this;
    if (chart === undefined || drawing === undefined) {
      return;
    }
    const box = this.base.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const { left, right, top, bottom } = chart.chartArea;
    const inside = x >= left - 8 && x <= right + 8 && y >= top - 8 && y <= bottom + 8;
    // A pressed button takes a range to zoom to.
    this.place = undefined;
    this.show(inside && event.buttons === 0 ? findPoint((dataset) => this.pointsOf(chart, dataset), drawing.found, { x, y }) : null);
  };

  private readonly onDown = ({ clientX, clientY }: PointerEvent): void => {
    this.pressed = { x: clientX, y: clientY };
  };

  /** The end of a drag is no choice. */
  private readonly onClick = ({ clientX, clientY }: MouseEvent): void => {
    const { pressed } = this;
    if (pressed !== null && Math.hypot(clientX - pressed.x, clientY - pressed.y) <= CLICK_REACH) {
      this.choose();
    }
  };

  private choose(): void {
    const { at, drawing } = this;
    if (at !== null) {
      drawing?.choose?.(at.datasetIndex, at.index);
    }
  }

  private readonly leave = (): void => {
    this.place = undefined;
    this.show(null);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.chart === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Enter" && this.at !== null && this.drawing?.choose !== undefined) {
      event.preventDefault();
      this.choose();
    } else if (this.zoomByKey(this.chart, event) || this.walkByKey(this.chart, event.key)) {
      event.preventDefault();
    }
  };

  /** + and − zoom, Shift and an arrow pan, Escape and 0 show all again. */
  private zoomByKey(chart: Chart, { key, shiftKey }: KeyboardEvent): boolean {
    if (key === "Escape") {
      this.leave();
    }
    if (this.zoom === "") {
      return false;
    }
    const pan = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[key];
    if (key === "+" || key === "=" || key === "-") {
      chart.zoom(key === "-" ? 0.8 : 1.25, "none");
    } else if (shiftKey && pan !== undefined) {
      chart.pan({ x: pan[0] ?? 0, y: pan[1] ?? 0 }, undefined, "none");
    } else if (key === "0" || key === "Escape") {
      this.resetZoom();
    } else {
      return false;
    }
    this.tellZoom();
    return true;
  }

  private walkByKey(chart: Chart, key: string): boolean {
    const { drawing } = this;
    const counts = (drawing?.walked ?? []).map((datasetIndex) => this.pointsOf(chart, datasetIndex).length);
    const place = stepAlong(counts, this.place, key);
    const datasetIndex = place === undefined ? undefined : drawing?.walked[place.series];
    if (drawing === undefined || place === undefined || datasetIndex === undefined) {
      return false;
    }
    this.place = place;
    this.show({ datasetIndex, index: place.index });
    const { title, lines } = drawing.describe(datasetIndex, place.index);
    this.spoken = `${title}: ${lines.join(", ")}`;
    return true;
  }

  private show(at: FoundPoint | null): void {
    const { chart, drawing } = this;
    if (chart === undefined || drawing === undefined || (at?.datasetIndex === this.at?.datasetIndex && at?.index === this.at?.index)) {
      return;
    }
    this.at = at;
    this.atChoice = at !== null && drawing.choose !== undefined;
    const element = at === null ? undefined : this.pointsOf(chart, at.datasetIndex)[at.index];
    const { left, right, top, bottom } = chart.chartArea;
    const within = (value: number, low: number, high: number): number =>
      Math.max(low, Math.min(high, Number.isFinite(value) ? value : high));
    this.tip =
      at === null || element === undefined
        ? null
        : {
            ...drawing.describe(at.datasetIndex, at.index),
            x: within(element.x, left, right),
            y: within(element.y, top, bottom),
            width: chart.width,
          };
    this.drawAbove();
    this.tell(at === null ? null : drawing.runAt(at.datasetIndex, at.index));
  }
}

/** Beside the point, on the side with more room. */
function tooltip({ title, lines, x, y, width }: Tip): TemplateResult {
  const side = x > width / 2 ? `right: ${Math.round(width - x + 10)}px` : `left: ${Math.round(x + 10)}px`;
  return html`<div class="tip" aria-hidden="true" style=${`${side}; top: ${Math.round(Math.max(0, y - 12))}px`}>
    <b>${title}</b>${lines.map((line) => html`<div>${line}</div>`)}
  </div>`;
}

/** The hint that tells how to zoom. */
export function zoomHint(): string {
  return t("Drag to zoom, Shift+drag to move, Ctrl+wheel or + and − to zoom, Escape to show all");
}
