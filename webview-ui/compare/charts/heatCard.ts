import { css, html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { readChartTheme, type ChartTheme } from "../../shared/charts/chartTheme";
import { cut } from "../../shared/cut";
import { formatInteger, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import "../../shared/charts/chartCard";
import { pictureOf } from "../../shared/charts/takeOutPicture";
import { takeOut } from "./chartsContext";
import { rampColor } from "./colorScale";
import { rampKey, rampKeyStyles } from "./rampKey";
import { dimensionSelect } from "./dimensionSelect";
import type { Dimension } from "./dimensions";
import { heatMap, type HeatCell, type HeatMap } from "./heatCells";
import { SvgCard } from "./svgCard";

const LEFT = 84;
const BOTTOM = 40;
const ROW = 24;

/** A metric's mean over two parameters. Cells without runs stay empty, cells without a value are hatched. */
@customElement("mlops-heat-card")
export class HeatCard extends SvgCard {
  static override readonly styles = [
    ...SvgCard.styles,
    rampKeyStyles,
    css`
      svg {
        width: 100%;
      }
      .plot {
        position: relative;
      }
    `,
  ];

  @state() private x: string | null = null;
  @state() private y: string | null = null;
  @state() private metric: string | null = null;
  private at: number | null = null;
  @state() private spoken = "";
  private map: HeatMap | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    this.followHover(() => this.markCells());
    if (["seen", "relations", "x", "y", "metric"].some((name) => changed.has(name))) {
      const { x, y, metric } = this.axes();
      this.map = this.seen && x !== null && y !== null && metric !== null ? heatMap(x, y, metric) : null;
      this.at = null;
    }
  }

  protected override render(): TemplateResult {
    const { x, y, metric } = this.axes();
    const heading =
      metric === null || x === null || y === null
        ? t("Heat map")
        : t("Heat map: {0} by {1} and {2}", cut(metric.key, 40), cut(x.key, 40), cut(y.key, 40));
    const { map } = this;
    return html`<mlops-chart-card
      .heading=${heading}
      .notes=${map === null ? [] : notes(map)}
      .data=${map === null ? null : { columns: [{ label: x?.key ?? "", text: true }, { label: y?.key ?? "", text: true }, { label: t("Mean of {0}", metric?.key ?? "") }, { label: t("Runs") }], count: map.cells.length, row: (index: number) => rowOf(map, index) }}
      @save-picture=${(event: Event) => void takeOut(this.context.host, heading, event, (format) => pictureOf(this.picture, heading, format))}
    >
      <div slot="controls" class="controls">
        ${dimensionSelect({ label: t("X"), choices: this.params, value: x, choose: (id) => (this.x = id) })}
        ${dimensionSelect({ label: t("Y"), choices: this.params, value: y, choose: (id) => (this.y = id) })}
        ${dimensionSelect({ label: t("Metric"), choices: this.metrics, value: metric, choose: (id) => (this.metric = id) })}
      </div>
      ${
        map === null
          ? this.seen
            ? html`<div class="empty">${t("A heat map needs two parameters that differ between the runs, and a metric.")}</div>`
            : html`<div class="skeleton"></div>`
          : this.plot(map, heading, x?.key ?? "", y?.key ?? "")
      }
    </mlops-chart-card>`;
  }

  private get params(): readonly Dimension[] {
    return this.relations.dimensions.filter((dimension) => dimension.section === "params" && dimension.varies);
  }

  private get metrics(): readonly Dimension[] {
    return this.relations.dimensions.filter((dimension) => dimension.section === "metrics" && dimension.kind === "number");
  }

  private axes(): { readonly x: Dimension | null; readonly y: Dimension | null; readonly metric: Dimension | null } {
    const { params, metrics } = this;
    const x = params.find((dimension) => dimension.id === this.x) ?? params[0] ?? null;
    const y = params.find((dimension) => dimension.id === this.y) ?? params.find((dimension) => dimension !== x) ?? null;
    return {
      x,
      y,
      metric: metrics.find((dimension) => dimension.id === this.metric) ?? metrics.find((each) => each.varies) ?? metrics[0] ?? null,
    };
  }

  private plot(map: HeatMap, heading: string, xKey: string, yKey: string): TemplateResult {
    const theme = readChartTheme();
    const height = map.yBins.length * ROW + BOTTOM;
    const column = (this.width - LEFT) / map.xBins.length;
    const y = (row: number): number => (map.yBins.length - 1 - row) * ROW;
    // Labels that would overlap are left out; each cell's title has them whole.
    const every = Math.max(1, Math.ceil(52 / column));
    const text = (content: string, at: Readonly<Record<"x" | "y", number>>, anchor: string, title: string): SVGTemplateResult =>
      svg`<text x=${at.x} y=${at.y} text-anchor=${anchor} fill=${theme.muted} font-size=${theme.fontSize}><title>${title}</title>${content}</text>`;
    return html`<div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${t("{0}, {1} cells. Arrow keys walk along the cells.", heading, map.cells.length)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, map)}
        @blur=${() => this.go(null, map)}
        @mouseleave=${() => this.go(null, map)}
      >
        <svg height=${height} viewBox="0 0 ${this.width} ${height}" aria-hidden="true">
          ${svg`<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke=${theme.muted} stroke-width="1.5"></line></pattern></defs>`}
          ${map.yBins.map((bin, row) => text(cut(bin.label, 12), { x: LEFT - 6, y: y(row) + ROW / 2 + 4 }, "end", bin.label.slice(0, 1000)))}
          ${map.xBins.map((bin, index) => (index % every === 0 ? text(cut(bin.label, Math.max(5, Math.floor((column * every) / 7))), { x: LEFT + (index + 0.5) * column, y: height - BOTTOM + 15 }, "middle", bin.label.slice(0, 1000)) : svg``))}
          ${text(cut(xKey, 60), { x: LEFT + (this.width - LEFT) / 2, y: height - 4 }, "middle", xKey.slice(0, 1000))}
          ${svg`<text transform="translate(10 ${(map.yBins.length * ROW) / 2}) rotate(-90)" text-anchor="middle" fill=${theme.muted} font-size=${theme.fontSize}>${cut(yKey, Math.max(4, Math.floor((map.yBins.length * ROW) / 7)))}</text>`}
          ${map.cells.map((cell, index) => this.cell(map, cell, index, { x: LEFT + cell.x * column, y: y(cell.y), width: column }, theme))}
        </svg>
      </div>
      ${map.max > map.min ? rampKey([map.min, map.max], theme) : nothing}
      <div class="hidden-text" aria-live="polite">${this.spoken}</div>`;
  }

  private cell(
    map: HeatMap,
    cell: HeatCell,
    index: number,
    at: { readonly x: number; readonly y: number; readonly width: number },
    theme: ChartTheme,
  ): SVGTemplateResult {
    const share = cell.mean === null ? 0 : map.max > map.min ? (cell.mean - map.min) / (map.max - map.min) : 0.5;
    const fill = cell.mean === null ? "url(#hatch)" : rampColor(share, theme);
    return svg`<rect
        x=${at.x + 1} y=${at.y + 1} width=${Math.max(1, at.width - 2)} height=${ROW - 2} fill=${fill}
        data-cell=${index} stroke="none" stroke-width="2.5"
        @mouseenter=${() => this.go(index, map)}
      ><title>${rowOf(map, index).join(" · ")}</title></rect>${
        at.width > 52 && cell.mean !== null
          ? svg`<text x=${at.x + at.width / 2} y=${at.y + ROW / 2 + 4} text-anchor="middle" font-size=${theme.fontSize} fill=${inkOn(fill)} pointer-events="none">${formatNumber(cell.mean, 4)}</text>`
          : svg``
      }`;
  }

  protected override updated(): void {
    this.markCells();
  }

  /** Frames the cells of the highlighted run and the one at the pointer, without rendering anew. */
  private markCells(): void {
    const { map, picture } = this;
    const { run } = this.context.hover;
    const color = picture === null || map === null ? "none" : readChartTheme().text;
    for (const rect of picture?.querySelectorAll("[data-cell]") ?? []) {
      const index = Number(rect.getAttribute("data-cell"));
      const holds =
        run !== null && map?.cells[index]?.items.some((item) => this.relations.items[item]?.runs.includes(run) === true) === true;
      rect.setAttribute("stroke", holds || index === this.at ? color : "none");
    }
  }

  private readonly onKey = (event: KeyboardEvent, map: HeatMap): void => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    };
    const move = moves[event.key];
    if (move === undefined) {
      if (event.key === "Escape") {
        this.go(null, map);
      }
      return;
    }
    event.preventDefault();
    const from = this.at === null ? undefined : map.cells[this.at];
    if (from === undefined) {
      this.go(map.cells.length > 0 ? 0 : null, map);
      return;
    }
    // To the next cell with runs in that direction, however far.
    const ahead = map.cells
      .map((cell, index) => ({
        index,
        along: (cell.x - from.x) * move[0] + (cell.y - from.y) * move[1],
        aside: Math.abs(move[0] === 0 ? cell.x - from.x : cell.y - from.y),
      }))
      .filter(({ along }) => along > 0)
      .sort((a, b) => a.aside * 100 + a.along - (b.aside * 100 + b.along));
    this.go(ahead[0]?.index ?? this.at, map);
  };

  private go(index: number | null, map: HeatMap): void {
    this.at = index;
    this.markCells();
    const cell = index === null ? undefined : map.cells[index];
    this.spoken = index === null ? "" : rowOf(map, index).join(", ");
    const run = cell === undefined ? null : (this.relations.items[cell.items[0] ?? -1]?.runs[0] ?? null);
    this.dispatchEvent(new CustomEvent("hover-run", { detail: { run }, bubbles: true, composed: true }));
  }
}

function rowOf(map: HeatMap, index: number): readonly string[] {
  const cell = map.cells[index];
  return cell === undefined
    ? []
    : [
        (map.xBins[cell.x]?.label ?? "").slice(0, 1000),
        (map.yBins[cell.y]?.label ?? "").slice(0, 1000),
        cell.mean === null ? t("no finite value") : formatNumber(cell.mean),
        t("n={0}", formatInteger(cell.items.length)),
      ];
}

function notes(map: HeatMap): readonly string[] {
  return [
    ...(map.cells.some((cell) => cell.mean !== null)
      ? [t("Mean of the runs of a cell, {0} to {1}", formatNumber(map.min), formatNumber(map.max))]
      : []),
    ...(map.binned.x || map.binned.y ? [t("Numbers are taken together in 10 equal intervals")] : []),
    t("Empty: no runs"),
    ...(map.withoutValue > 0
      ? [t("{0} runs without a finite value, hatched where a cell has no other", formatInteger(map.withoutValue))]
      : []),
    ...(map.missing > 0 ? [t("{0} runs without one of both parameters", formatInteger(map.missing))] : []),
  ];
}

/** Black or white, whichever is easier to read on the colour. */
function inkOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((start) => (Number.parseInt(color.slice(start, start + 2), 16) / 255) ** 2.2);
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) > 0.18 ? "#000000" : "#ffffff";
}
