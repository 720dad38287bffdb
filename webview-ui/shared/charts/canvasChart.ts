import { Chart, type ChartConfiguration } from "chart.js";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import zoomPlugin from "chartjs-plugin-zoom";

import { t } from "../l10n";
import { themeStyles } from "../theme";
import { chartPicture, type Picture, type PictureFormat } from "./chartPicture";
import { onThemeChange, readChartTheme, type ChartTheme } from "./chartTheme";
import { drawInTurn } from "./drawQueue";
import { drawHighlight, type HighlightMark } from "./highlight";

/** What a kind of chart says about itself, so that one element can draw, walk and export them all. */
export interface ChartDrawing {
  readonly config: ChartConfiguration;
  /** Whose point it is, as an index into the runs, or null for nobody's. */
  runAt(datasetIndex: number, index: number): number | null;
  /** Where a run is in the chart. */
  marks(run: number): readonly HighlightMark[];
  /** Datasets that arrow keys walk along. */
  readonly walked: readonly number[];
  /** The point in words. */
  say(datasetIndex: number, index: number): string;
}

interface Place {
  readonly series: number;
  readonly index: number;
}

/** A Chart.js chart with zoom and pan by mouse and keyboard, points to walk along, and one run highlighted. */
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
    `,
  ];

  /** The chart in a sentence, as its name for a screen reader. */
  @property() label = "";
  @property({ attribute: false }) build: ((theme: ChartTheme) => ChartDrawing) | null = null;
  @property({ attribute: false }) highlighted: number | null = null;
  /** Which axes zoom; "" for none. */
  @property() zoom: "xy" | "y" | "" = "xy";
  @state() private spoken = "";
  @query("canvas") private readonly canvas!: HTMLCanvasElement;

  private chart: Chart | undefined;
  private drawing: ChartDrawing | undefined;
  private place: Place | undefined;
  private stopTheme: (() => void) | undefined;
  private cancelDraw: (() => void) | undefined;

  /** Draws the whole chart as a picture, or null before it was drawn. */
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
      this.drawSoon();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.cancelDraw?.();
    this.chart?.destroy();
    this.chart = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("build")) {
      this.drawSoon();
    } else if (changed.has("highlighted")) {
      this.chart?.draw();
    }
  }

  protected override render(): TemplateResult {
    return html`<div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${this.label}
        @keydown=${this.onKey}
        @blur=${this.leave}
        @mouseleave=${this.leave}
        @dblclick=${() => this.resetZoom()}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <div class="hidden-text" aria-live="polite">${this.spoken}</div>`;
  }

  private drawSoon(): void {
    this.cancelDraw?.();
    this.cancelDraw = drawInTurn(() => this.draw());
  }

  private draw(): void {
    this.chart?.destroy();
    this.chart = undefined;
    if (this.build === null) {
      return;
    }
    const theme = readChartTheme();
    const drawing = this.build(theme);
    this.drawing = drawing;
    const { config } = drawing;
    this.chart = new Chart(this.canvas, {
      ...config,
      options: {
        ...config.options,
        responsive: true,
        maintainAspectRatio: false,
        animation: false,
        onHover: (_, elements) => {
          const [first] = elements;
          this.tell(first === undefined ? null : drawing.runAt(first.datasetIndex, first.index));
        },
        plugins: { ...config.options?.plugins, ...(this.zoom === "" ? {} : { zoom: this.zoomOptions(theme) }) },
      },
      plugins: [
        ...(config.plugins ?? []),
        ...(this.zoom === "" ? [] : [zoomPlugin]),
        {
          id: "highlight",
          afterDatasetsDraw: (chart: Chart) =>
            drawHighlight(chart, this.highlighted === null ? [] : drawing.marks(this.highlighted), theme),
        },
      ],
    });
    this.tellZoom();
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
    if (run !== this.highlighted) {
      this.dispatchEvent(new CustomEvent("hover-run", { detail: { run }, bubbles: true, composed: true }));
    }
  }

  private tellZoom(): void {
    // Without the plugin the chart has no such method, whatever its type says.
    const detail = { zoomed: this.zoom !== "" && this.chart?.isZoomedOrPanned() === true };
    this.dispatchEvent(new CustomEvent("zoom-changed", { detail }));
  }

  private readonly leave = (): void => {
    this.place = undefined;
    this.show(undefined);
    this.tell(null);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.chart === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (this.zoomByKey(this.chart, event) || this.walkByKey(this.chart, event.key)) {
      event.preventDefault();
    }
  };

  /** + and − zoom, Shift and an arrow pan, Escape and 0 show all again. */
  private zoomByKey(chart: Chart, { key, shiftKey }: KeyboardEvent): boolean {
    if (this.zoom === "") {
      return false;
    }
    const pan = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[key];
    if (key === "+" || key === "=" || key === "-") {
      chart.zoom(key === "-" ? 0.8 : 1.25, "none");
    } else if (shiftKey && pan !== undefined) {
      chart.pan({ x: pan[0] ?? 0, y: pan[1] ?? 0 }, undefined, "none");
    } else if (key === "0" || key === "Escape") {
      this.leave();
      this.resetZoom();
    } else {
      return false;
    }
    this.tellZoom();
    return true;
  }

  /** Left and right walk along a series, Page Up and Down in tenths, Home and End to its ends, up and down to another series. */
  private walkByKey(chart: Chart, key: string): boolean {
    const walked = this.drawing?.walked ?? [];
    const at = this.place ?? { series: 0, index: -1 };
    const count = (series: number): number => chart.data.datasets[walked[series] ?? -1]?.data.length ?? 0;
    const series = key === "ArrowUp" ? at.series - 1 : key === "ArrowDown" ? at.series + 1 : at.series;
    const last = count(Math.min(walked.length - 1, Math.max(0, series))) - 1;
    const page = Math.max(1, Math.round(last / 10));
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
      ArrowUp: 0,
      ArrowDown: 0,
    };
    const move = moves[key];
    if (move === undefined || walked.length === 0 || last < 0) {
      return false;
    }
    this.place = {
      series: Math.min(walked.length - 1, Math.max(0, series)),
      index: Math.min(last, Math.max(0, at.index + move)),
    };
    this.show(this.place);
    return true;
  }

  private show(place: Place | undefined): void {
    const { chart, drawing } = this;
    if (chart === undefined || drawing === undefined) {
      return;
    }
    const datasetIndex = place === undefined ? undefined : drawing.walked[place.series];
    const active = place === undefined || datasetIndex === undefined ? [] : [{ datasetIndex, index: place.index }];
    chart.setActiveElements(active);
    chart.tooltip?.setActiveElements(active, { x: 0, y: 0 });
    chart.render();
    if (place !== undefined && datasetIndex !== undefined) {
      this.spoken = drawing.say(datasetIndex, place.index);
      this.tell(drawing.runAt(datasetIndex, place.index));
    }
  }
}

/** The hint that tells how to zoom. */
export function zoomHint(): string {
  return t("Drag to zoom, Shift+drag to move, Ctrl+wheel or + and − to zoom, Escape to show all");
}
