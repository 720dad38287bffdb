import { css, html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { readChartTheme, type ChartTheme } from "../../shared/charts/chartTheme";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { cut } from "../../shared/cut";
import { formatInteger, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import { openMenu } from "../../shared/menu";
import { brushByKey, brushed, flipBrush, setBrush, type Brushes } from "./brush";
import "../../shared/charts/chartCard";
import { pictureOf } from "../../shared/charts/takeOutPicture";
import { takeOut } from "./chartsContext";
import { colorScale } from "./colorScale";
import { dimensionSelect } from "./dimensionSelect";
import type { Dimension } from "./dimensions";
import { firstAxes } from "./firstAxes";
import { nearestLine } from "./nearestLine";
import { OFF_SCALE, parallelAxis, valueAt, type ParallelAxis } from "./parallelAxis";
import { axisNotes, axisTicks, offScale, parallelTable } from "./parallelTexts";
import { SvgCard } from "./svgCard";

const TOP = 34;
const SCALE = 220;
const HEIGHT = TOP + SCALE + 56;
const MARGIN = 60;
/** Pixels from a line within which the mouse is on it. */
const REACH = 6;

/**
 * Runs as lines across parameters and metrics. Ranges on the axes filter, by mouse and by keyboard; axes flip, move, and become
 * logarithmic. Lines of one colour are one path each, so that hundreds of runs are a few shapes.
 */
@customElement("mlops-parallel-card")
export class ParallelCard extends SvgCard {
  static override readonly styles = [
    ...SvgCard.styles,
    css`
      .scroll {
        position: relative;
        overflow-x: auto;
      }
      .axis {
        cursor: ns-resize;
        outline: none;
      }
      .axis:focus-visible .focus {
        stroke: var(--mlops-focus);
      }
      .name {
        cursor: grab;
      }
      .name:hover {
        text-decoration: underline;
      }
    `,
  ];

  @state() private chosen: readonly string[] | null = null;
  @state() private flipped: ReadonlySet<string> = new Set();
  @state() private logs: ReadonlySet<string> = new Set();
  @state() private brushes: Brushes = new Map();
  @state() private color: string | null = null;
  @state() private spoken = "";
  private axes: readonly ParallelAxis[] = [];
  private kept: readonly boolean[] = [];
  private movedFrom = 0;
  private dragging: { readonly id: string; readonly from: number } | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    this.followHover(() => this.markRun());
    if (["seen", "relations", "chosen", "flipped", "logs"].some((name) => changed.has(name))) {
      this.axes = this.seen
        ? this.shown.map((dimension) =>
            parallelAxis(dimension, { log: this.logs.has(dimension.id), flipped: this.flipped.has(dimension.id) }),
          )
        : [];
    }
    this.kept = brushed(this.axes, this.brushes, this.relations.items.length);
  }

  protected override render(): TemplateResult {
    const { shown, relations } = this;
    const heading = t("Parallel coordinates");
    const kept = this.kept.filter(Boolean).length;
    const unshown = relations.dimensions.filter((dimension) => dimension.varies && !shown.includes(dimension));
    return html`<mlops-chart-card
      .heading=${heading}
      .notes=${this.seen ? axisNotes(this.axes, shown, { kept, total: relations.items.length, unshown: unshown.length }) : []}
      .data=${shown.length < 2 || !this.seen ? null : parallelTable(relations.items, shown, this.kept)}
      .zoomed=${this.brushes.size > 0}
      .hint=${t("Take all ranges away")}
      @reset-zoom=${() => (this.brushes = new Map())}
      @save-picture=${(event: Event) => void takeOut(this.context.host, heading, event, (format) => pictureOf(this.picture, heading, format))}
    >
      <div slot="controls" class="controls">
        ${dimensionSelect({ label: t("Add axis"), choices: unshown, value: null, none: t("choose…"), choose: (id) => id !== null && (this.chosen = [...shown.map((one) => one.id), id]) })}
        ${dimensionSelect({ label: t("Colour"), choices: relations.dimensions.filter((one) => one.varies), value: this.colorBy, none: t("run"), choose: (id) => (this.color = id) })}
      </div>
      ${
        !this.seen
          ? html`<div class="skeleton"></div>`
          : shown.length < 2
            ? html`<div class="empty">${t("Parallel coordinates need two parameters or metrics that differ between the runs.")}</div>`
            : this.plot()
      }
    </mlops-chart-card>`;
  }

  private get colorBy(): Dimension | null {
    return this.relations.dimensions.find((dimension) => dimension.id === this.color) ?? null;
  }

  private get shown(): readonly Dimension[] {
    const { dimensions } = this.relations;
    if (this.chosen === null) {
      return firstAxes(dimensions);
    }
    const byId = new Map(dimensions.map((dimension) => [dimension.id, dimension]));
    return this.chosen.flatMap((id) => byId.get(id) ?? []);
  }

  /** Pixels between two axes. */
  private get gap(): number {
    return Math.max(78, (this.width - 2 * MARGIN) / Math.max(1, this.axes.length - 1));
  }

  private plot(): TemplateResult {
    const theme = readChartTheme();
    const { gap } = this;
    const width = Math.max(this.width, gap * (this.axes.length - 1) + 2 * MARGIN);
    const x = (index: number): number => MARGIN + index * gap;
    return html`<div class="scroll">
        <svg
          width=${width}
          height=${HEIGHT}
          viewBox="0 0 ${width} ${HEIGHT}"
          role="group"
          aria-label=${t("Parallel coordinates, {0} runs, {1} axes", this.relations.items.length, this.axes.length)}
          @mousemove=${(event: MouseEvent) => this.onMove(event, gap)}
          @mouseleave=${() => this.tell(null)}
        >
          ${this.lines(x, theme)} ${svg`<path class="marked" fill="none" stroke=${theme.text} stroke-width="2.5" data-interactive></path>`}
          ${this.axes.map((axis, index) => this.axis(axis, index, x(index), theme))}
        </svg>
      </div>
      <div class="hidden-text" aria-live="polite">${this.spoken}</div>`;
  }

  private lines(x: (index: number) => number, theme: ChartTheme): readonly SVGTemplateResult[] {
    const scale = this.colorBy === null ? null : colorScale(this.colorBy, theme);
    const paths = new Map<string, string[]>();
    this.relations.items.forEach((item, index) => {
      const color =
        this.kept[index] === false
          ? ""
          : scale === null
            ? seriesStyle(item.style, theme.kind).color
            : scale.colorOf(this.colorBy?.values[index] ?? null);
      const list = paths.get(color) ?? [];
      list.push(this.path(index, x));
      paths.set(color, list);
    });
    const faint = Math.max(0.35, Math.min(0.85, 25 / this.relations.items.length));
    return [...paths]
      .sort(([a], [b]) => a.length - b.length)
      .map(([color, list]) =>
        color === ""
          ? svg`<path d=${list.join("")} fill="none" stroke=${theme.muted} stroke-opacity="0.12"></path>`
          : svg`<path d=${list.join("")} fill="none" stroke=${color} stroke-width="1.25" stroke-opacity=${faint}></path>`,
      );
  }

  private path(item: number, x: (index: number) => number): string {
    return this.axes.map((axis, index) => `${index === 0 ? "M" : "L"}${Math.round(x(index))} ${toY(axis.positions[item] ?? 0)}`).join("");
  }

  protected override updated(): void {
    this.markRun();
  }

  /** Draws the line of the highlighted run, without rendering anew. */
  private markRun(): void {
    const { run } = this.context.hover;
    const item = run === null ? -1 : this.relations.items.findIndex(({ runs }) => runs.includes(run));
    this.picture?.querySelector(".marked")?.setAttribute("d", item < 0 ? "" : this.path(item, (index) => MARGIN + index * this.gap));
  }

  private axis(axis: ParallelAxis, index: number, x: number, theme: ChartTheme): SVGTemplateResult {
    const dimension = this.shown[index];
    const name = dimension?.key ?? "";
    const range = this.brushes.get(axis.id);
    const kinds = [
      ...(axis.counts.missing > 0 ? [[OFF_SCALE.missing, t("missing")] as const] : []),
      ...(offScale(axis) > 0 ? [[OFF_SCALE.notFinite, "NaN, ∞, …"] as const] : []),
    ];
    // As many letters as fit before the next axis; the whole text is the label's title and stands in the table.
    const letters = Math.max(10, Math.floor((this.gap - 14) / (theme.fontSize * 0.58)));
    const label = (y: number, text: string): SVGTemplateResult =>
      svg`<text x=${x + 5} y=${y} fill=${theme.muted} font-size=${theme.fontSize} paint-order="stroke" stroke=${theme.background} stroke-width="3"><title>${text.slice(0, 1000)}</title>${cut(text, letters)}</text>`;
    return svg`<g>
      <text class="name" x=${x} y="14" text-anchor="middle" fill=${theme.text} font-size=${theme.fontSize}
        @pointerdown=${(event: PointerEvent) => this.startMove(event)}
        @pointerup=${(event: PointerEvent) => this.endMove(event, axis, index)}
      ><title>${name.slice(0, 1000)}</title>${cut(name, letters - (axis.log ? 4 : 0))}${axis.log ? " (log)" : ""}${axis.flipped ? " ↓" : ""}</text>
      <g class="axis" tabindex="0" role="slider" aria-orientation="vertical" aria-label=${t("Range on {0}", name.slice(0, 200))}
        aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round((range?.[1] ?? 1) * 100)} aria-valuetext=${this.rangeText(axis)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, axis, index)}
        @pointerdown=${(event: PointerEvent) => this.startBrush(event, axis)}
        @pointermove=${(event: PointerEvent) => this.moveBrush(event)}
        @pointerup=${() => (this.dragging = null)}
      >
        <rect class="focus" x=${x - 9} y=${TOP - 6} width="18" height=${SCALE + 50} fill="transparent" stroke="none" rx="2"></rect>
        <line x1=${x} x2=${x} y1=${TOP} y2=${TOP + SCALE} stroke=${theme.muted} stroke-width="1"></line>
        ${range === undefined ? nothing : svg`<rect x=${x - 6} y=${toY(range[1])} width="12" height=${Math.max(2, toY(range[0]) - toY(range[1]))} fill=${theme.text} fill-opacity="0.25" stroke=${theme.text}></rect>`}
      </g>
      <g pointer-events="none">
        ${axisTicks(axis).map(([position, text]) => label(toY(position) + 4, text))}
        ${kinds.map(([position, text]) => label(toY(position) + 4, text))}
      </g>
    </g>`;
  }

  private rangeText(axis: ParallelAxis): string {
    const range = this.brushes.get(axis.id);
    if (range === undefined) {
      return t("all");
    }
    const ends = range.map((position) => valueAt(axis, Math.max(0, position)));
    return ends[0] == null || ends[1] == null
      ? t("{0} % to {1} %", Math.round(range[0] * 100), Math.round(range[1] * 100))
      : t("{0} to {1}", formatNumber(Math.min(ends[0], ends[1]), 4), formatNumber(Math.max(ends[0], ends[1]), 4));
  }

  /** Arrows set and move a range, Escape takes it away, F flips, L makes logarithmic, [ and ] move the axis, Enter opens its menu. */
  private onKey(event: KeyboardEvent, axis: ParallelAxis, index: number): void {
    const changed = brushByKey(this.brushes, axis.id, event.key, { shift: event.shiftKey, alt: event.altKey });
    const key = event.key.toLowerCase();
    if (changed !== null) {
      this.brushes = changed;
    } else if (key === "escape" || key === "delete") {
      this.brushes = setBrush(this.brushes, axis.id, 0, 0);
    } else if (key === "f") {
      this.flip(axis.id);
    } else if (key === "l") {
      this.toggleLog(axis);
    } else if (key === "[" || key === "]") {
      this.move(index, key === "[" ? -1 : 1);
    } else if (key === "enter" || key === " ") {
      this.openAxisMenu(event.currentTarget as Element, axis, index);
    } else {
      return;
    }
    event.preventDefault();
    this.kept = brushed(this.axes, this.brushes, this.relations.items.length);
    this.spoken = t(
      "{0}. {1} of {2} runs",
      this.rangeText(axis),
      formatInteger(this.kept.filter(Boolean).length),
      formatInteger(this.kept.length),
    );
  }

  private openAxisMenu(anchor: Element, axis: ParallelAxis, index: number): void {
    const ids = this.axes.map((one) => one.id);
    openMenu(anchor, t("Axis"), [
      { kind: "heading", label: (this.shown[index]?.key ?? "").slice(0, 200) },
      { kind: "check", label: t("Flip"), checked: axis.flipped, keys: "F", run: () => this.flip(axis.id) },
      {
        kind: "check",
        label: t("Logarithmic"),
        checked: axis.log,
        disabled: axis.range === null,
        keys: "L",
        run: () => this.toggleLog(axis),
      },
      { kind: "separator" },
      { kind: "item", label: t("Move left"), disabled: index === 0, keys: "[", run: () => this.move(index, -1) },
      { kind: "item", label: t("Move right"), disabled: index === ids.length - 1, keys: "]", run: () => this.move(index, 1) },
      { kind: "item", label: t("Remove axis"), disabled: ids.length <= 2, run: () => (this.chosen = ids.filter((id) => id !== axis.id)) },
    ]);
  }

  private flip(id: string): void {
    this.flipped = toggled(this.flipped, id);
    this.brushes = flipBrush(this.brushes, id);
  }

  /** A range of the other scale would choose other runs, so that it goes. */
  private toggleLog(axis: ParallelAxis): void {
    if (axis.range !== null) {
      this.logs = toggled(this.logs, axis.id);
      this.brushes = setBrush(this.brushes, axis.id, 0, 0);
    }
  }

  private move(index: number, by: number): void {
    const ids = this.axes.map((axis) => axis.id);
    const [id] = ids.splice(index, 1);
    if (id !== undefined && index + by >= 0 && index + by <= ids.length) {
      ids.splice(index + by, 0, id);
      this.chosen = ids;
    }
  }

  private startMove(event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.movedFrom = event.clientX;
  }

  /** Dropped elsewhere the axis goes there; pressed where it is, its menu opens. */
  private endMove(event: PointerEvent, axis: ParallelAxis, index: number): void {
    const by = Math.round((event.clientX - this.movedFrom) / this.gap);
    if (by === 0) {
      this.openAxisMenu(event.currentTarget as Element, axis, index);
    } else {
      this.move(index, Math.max(-index, Math.min(this.axes.length - 1 - index, by)));
    }
  }

  private startBrush(event: PointerEvent, axis: ParallelAxis): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.dragging = { id: axis.id, from: this.positionAt(event) };
    this.brushes = setBrush(this.brushes, axis.id, 0, 0);
  }

  private moveBrush(event: PointerEvent): void {
    if (this.dragging !== null) {
      this.brushes = setBrush(this.brushes, this.dragging.id, this.dragging.from, this.positionAt(event));
    }
  }

  private positionAt(event: MouseEvent): number {
    return 1 - (event.clientY - (this.picture?.getBoundingClientRect().top ?? 0) - TOP) / SCALE;
  }

  /** The run whose line the mouse is at. */
  private onMove(event: MouseEvent, gap: number): void {
    if (this.dragging !== null || this.picture === null) {
      return;
    }
    const across = (event.clientX - this.picture.getBoundingClientRect().left - MARGIN) / gap;
    const left = Math.max(0, Math.min(this.axes.length - 2, Math.floor(across)));
    const position = this.positionAt(event);
    const nearest = nearestLine(this.axes, this.kept, { left, along: across - left, position }, REACH / SCALE);
    this.tell(nearest === null ? null : (this.relations.items[nearest]?.runs[0] ?? null));
  }

  private tell(run: number | null): void {
    if (run !== this.context.hover.run) {
      this.dispatchEvent(new CustomEvent("hover-run", { detail: { run }, bubbles: true, composed: true }));
    }
  }
}

function toY(position: number): number {
  return Math.round((TOP + (1 - position) * SCALE) * 10) / 10;
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}
