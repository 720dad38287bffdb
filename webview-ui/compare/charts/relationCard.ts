import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import "../../shared/charts/canvasChart";
import { zoomHint, type CanvasChart } from "../../shared/charts/canvasChart";
import type { ChartDrawing } from "../../shared/charts/chartDrawing";
import { readChartTheme, type ChartTheme } from "../../shared/charts/chartTheme";
import type { TableData } from "../../shared/charts/chartTable";
import { cut } from "../../shared/cut";
import { formatInteger } from "../../shared/format";
import { t } from "../../shared/l10n";
import { buttonStyles, themeStyles } from "../../shared/theme";
import { boxGroups } from "./boxStats";
import "../../shared/charts/chartCard";
import { takeOut, type ChartsContext } from "./chartsContext";
import { colorScale } from "./colorScale";
import { controlStyles } from "../../shared/charts/controlStyles";
import { dimensionSelect } from "./dimensionSelect";
import type { Dimension, Relations } from "./dimensions";
import { rampKey, rampKeyStyles } from "./rampKey";
import { boxDrawing } from "./boxDrawing";
import { barDrawing, scatterDrawing, valueText } from "./relationDrawings";
import { LONGEST_KEY } from "../../shared/charts/chartScales";
import { scatterPairs } from "./scatterPairs";
import { SeenElement } from "../../shared/charts/seenElement";

export type RelationKind = "scatter" | "bar" | "box";

interface Prepared {
  readonly build: (theme: ChartTheme) => ChartDrawing;
  readonly notes: readonly string[];
  readonly data: TableData;
  readonly heading: string;
  readonly summary: string;
}

/** A scatter plot, bar chart or box plot with the choice of what stands on its axes. */
@customElement("mlops-relation-card")
export class RelationCard extends SeenElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    controlStyles,
    rampKeyStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        --mlops-chart-height: 240px;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 10px;
        font-size: 0.9em;
      }
      .key span {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        max-width: 14em;
      }
      .swatch {
        flex: none;
        width: 10px;
        height: 10px;
        border-radius: 50%;
      }
    `,
  ];

  @property() kind: RelationKind = "scatter";
  @property({ attribute: false }) context!: ChartsContext;
  @property({ attribute: false }) relations: Relations = { items: [], dimensions: [] };
  @state() private x: string | null = null;
  @state() private y: string | null = null;
  @state() private color: string | null = null;
  @state() private logX = false;
  @state() private logY = false;
  @state() private ascending = false;
  @state() private zoomed = false;
  @query("mlops-canvas-chart") private readonly chart!: CanvasChart | null;
  private prepared: Prepared | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (["seen", "kind", "relations", "x", "y", "color", "logX", "logY", "ascending"].some((name) => changed.has(name))) {
      this.prepared = this.seen ? this.prepare() : null;
    }
  }

  protected override render(): TemplateResult {
    const { prepared } = this;
    const heading = prepared?.heading ?? { scatter: t("Scatter plot"), bar: t("Bar chart"), box: t("Box plot") }[this.kind];
    return html`<mlops-chart-card
      .heading=${heading}
      .notes=${prepared?.notes ?? []}
      .data=${prepared?.data ?? null}
      .zoomed=${this.zoomed}
      .hint=${zoomHint()}
      @reset-zoom=${() => this.chart?.resetZoom()}
      @save-picture=${(event: Event) => void takeOut(this.context.host, heading, event, (format) => this.chart?.picture(heading, format) ?? null)}
    >
      <div slot="controls">${this.controls()}</div>
      ${
        prepared === null
          ? this.seen
            ? html`<div class="empty">${this.emptyText()}</div>`
            : html`<div class="skeleton"></div>`
          : html`<mlops-canvas-chart
                .label=${prepared.summary}
                .build=${prepared.build}
                .hover=${this.context.hover}
                .zoom=${this.kind === "scatter" ? "xy" : ""}
                @zoom-changed=${(event: CustomEvent<{ zoomed: boolean }>) => (this.zoomed = event.detail.zoomed)}
              ></mlops-canvas-chart>
              ${this.colorKey()}`
      }
    </mlops-chart-card>`;
  }

  private get numbers(): readonly Dimension[] {
    return this.relations.dimensions.filter((dimension) => dimension.kind === "number");
  }

  private get metrics(): readonly Dimension[] {
    return this.numbers.filter((dimension) => dimension.section === "metrics");
  }

  /** What may stand on an axis, what varies first, because what is the same for all tells nothing. */
  private choices(axis: "x" | "y" | "color"): readonly Dimension[] {
    const all =
      axis === "color"
        ? this.relations.dimensions
        : axis === "y" && this.kind !== "scatter"
          ? this.metrics
          : this.kind === "box"
            ? this.relations.dimensions.filter((dimension) => dimension.section === "params")
            : this.numbers;
    return [...all.filter((dimension) => dimension.varies), ...all.filter((dimension) => !dimension.varies)];
  }

  private chosen(axis: "x" | "y" | "color"): Dimension | null {
    const id = this[axis];
    const choices = this.choices(axis);
    const found = choices.find((dimension) => dimension.id === id);
    if (found !== undefined || axis === "color") {
      return found ?? null;
    }
    const preferred = choices.find((dimension) => (axis === "y") === (dimension.section === "metrics"));
    // Without a metric two parameters are set against each other, not one against itself.
    const other = axis === "y" ? choices.find((dimension) => dimension.id !== this.chosen("x")?.id) : undefined;
    return preferred ?? other ?? choices[0] ?? null;
  }

  private controls(): TemplateResult {
    const select = (axis: "x" | "y" | "color", label: string, none?: string): TemplateResult =>
      dimensionSelect({ label, choices: this.choices(axis), value: this.chosen(axis), none, choose: (id) => (this[axis] = id) });
    const check = (property: "logX" | "logY" | "ascending", label: string): TemplateResult =>
      html`<label><input type="checkbox" .checked=${this[property]} @change=${() => (this[property] = !this[property])} />${label}</label>`;
    return html`<div class="controls">
      ${this.kind === "bar" ? nothing : select("x", this.kind === "box" ? t("By") : t("X"))}
      ${select("y", this.kind === "scatter" ? t("Y") : t("Metric"))}
      ${this.kind === "scatter" ? html`${select("color", t("Colour"), t("run"))} ${check("logX", t("Log x"))} ${check("logY", t("Log y"))}` : nothing}
      ${this.kind === "bar" ? check("ascending", t("Smallest first")) : nothing}
    </div>`;
  }

  private colorKey(): TemplateResult | typeof nothing {
    const dimension = this.kind === "scatter" ? this.chosen("color") : null;
    if (dimension === null) {
      return nothing;
    }
    const theme = readChartTheme();
    const scale = colorScale(dimension, theme);
    return html`<div class="key">
      <span class="ellipsis">${dimension.key.slice(0, 60)}</span>
      ${
        scale.range === null
          ? scale.entries.map(
              ({ label, color }) =>
                html`<span title=${label.slice(0, 1000)}
                  ><i class="swatch" style="background: ${color}"></i
                  ><b class="ellipsis" style="font-weight: normal">${label.slice(0, 200)}</b></span
                >`,
            )
          : rampKey(scale.range, theme)
      }
      ${dimension.values.includes(null) ? html`<span><i class="swatch" style="background: ${theme.muted}"></i>${t("(no value)")}</span>` : nothing}
    </div>`;
  }

  private emptyText(): string {
    return this.metrics.length === 0 && this.kind !== "scatter"
      ? t("The runs have no metric.")
      : t("The runs have no parameters or metrics to place them by.");
  }

  private prepare(): Prepared | null {
    const [x, y] = [this.chosen("x"), this.chosen("y")];
    switch (this.kind) {
      case "scatter":
        return x === null || y === null ? null : this.prepareScatter(x, y);
      case "bar":
        return y === null ? null : this.prepareBars(y);
      case "box":
        return x === null || y === null ? null : this.prepareBoxes(x, y);
    }
  }

  private prepareScatter(x: Dimension, y: Dimension): Prepared {
    const { items } = this.relations;
    const color = this.chosen("color");
    const log = { x: this.logX, y: this.logY };
    const pairs = scatterPairs(x, y, color, log);
    const heading = t("Scatter: {0} by {1}", cut(y.key, LONGEST_KEY), cut(x.key, LONGEST_KEY));
    return {
      build: (theme) => scatterDrawing({ items, x, y, color, pairs, log }, theme),
      heading,
      summary: t("{0}, {1} points. Arrow keys walk along the points.", heading, pairs.pairs.length),
      notes: [
        ...(pairs.pairs.length < pairs.total
          ? [t("Showing {0} of {1} runs", formatInteger(pairs.pairs.length), formatInteger(pairs.total))]
          : []),
        ...count(pairs.missing, t("{0} without one of both values")),
        ...count(pairs.notNumber, t("{0} with a text in place of a number")),
        ...count(pairs.notFinite, t("{0} with NaN or ∞")),
        ...count(pairs.nonPositive, t("{0} at zero or below, which a log axis cannot show")),
      ],
      data: this.table([x, y, ...(color === null ? [] : [color])]),
    };
  }

  private prepareBars(metric: Dimension): Prepared {
    const { items } = this.relations;
    const bars = metric.values.flatMap((value, item) => (typeof value === "number" && Number.isFinite(value) ? [{ item, value }] : []));
    bars.sort((a, b) => (this.ascending ? a.value - b.value : b.value - a.value));
    const heading = t("Bars: {0} by run", cut(metric.key, LONGEST_KEY));
    return {
      build: (theme) => barDrawing(items, metric.key, bars, theme),
      heading,
      summary: t("{0}, {1} bars. Arrow keys walk along the bars.", heading, bars.length),
      notes:
        bars.length < items.length
          ? [t("Showing {0} of {1} runs; the others have no finite value", formatInteger(bars.length), formatInteger(items.length))]
          : [],
      data: this.table([metric]),
    };
  }

  private prepareBoxes(category: Dimension, metric: Dimension): Prepared {
    const { items } = this.relations;
    const boxes = boxGroups(metric, category);
    const heading = t("Box plot: {0} by {1}", cut(metric.key, LONGEST_KEY), cut(category.key, LONGEST_KEY));
    return {
      build: (theme) => boxDrawing(items, metric, boxes, theme),
      heading,
      summary: t("{0}, {1} boxes. Arrow keys walk along the boxes, Arrow down to the runs.", heading, boxes.groups.length),
      notes: [
        t("Quartiles by linear interpolation (type 7), whiskers to 1.5 × the box, every run a dot."),
        ...(boxes.left > 0 ? [t("Showing {0} of {1} runs; the others have no finite value", boxes.total - boxes.left, boxes.total)] : []),
        ...(items.some((item) => item.runs.length > 1) ? [t("Dots are means of groups")] : []),
      ],
      data: this.table([category, metric]),
    };
  }

  private table(dimensions: readonly Dimension[]): TableData {
    const { items } = this.relations;
    return {
      columns: [
        { label: t("Run"), text: true },
        ...dimensions.map((dimension) => ({ label: dimension.key, text: dimension.kind === "category" })),
      ],
      count: items.length,
      row: (index) => [items[index]?.name ?? "", ...dimensions.map((dimension) => valueText(dimension.values[index] ?? null))],
    };
  }
}

function count(number: number, text: string): readonly string[] {
  return number > 0 ? [text.replace("{0}", formatInteger(number))] : [];
}
