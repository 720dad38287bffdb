import type { Chart, Plugin, Scale } from "chart.js";
import { drawPoint } from "chart.js/helpers";

import type { PlotPoint } from "../../shared/charts/chartSeries";
import type { PlacedPoint } from "../../shared/charts/findPoint";
import type { SeriesStyle } from "../../shared/charts/seriesStyle";
import type { BandPoint } from "./groupMean";

export interface CurveLine {
  readonly label: string;
  readonly data: readonly PlotPoint[];
  readonly style: SeriesStyle;
  /** Two hexadecimal digits behind the colour; "" for a full one. */
  readonly alpha: string;
  readonly width: number;
  readonly isDashed: boolean;
  /** How many markers stand along it, beside one for each point between two gaps. */
  readonly markers: number;
}

export interface CurveBand {
  readonly band: readonly BandPoint[];
  readonly color: string;
}

/**
 * Draws lines, bands and markers on a chart's scales. The library spends more on making five hundred datasets than a browser
 * on drawing their points, and an object with options for each point; here a point is a place and no more.
 */
export class CurveLines {
  private placed: readonly (readonly PlacedPoint[])[] = [];

  /** The first line lies on top. */
  constructor(
    private readonly lines: readonly CurveLine[],
    private readonly bands: readonly CurveBand[],
  ) {}

  /** Where the points of a line are in the chart as it was drawn last. */
  pointsOf(line: number): readonly PlacedPoint[] {
    return this.placed[line] ?? [];
  }

  plugin(): Plugin {
    return {
      id: "curves",
      beforeDatasetsDraw: (chart: Chart) => {
        const { ctx, chartArea, scales } = chart;
        const { x, y } = scales;
        if (x === undefined || y === undefined) {
          return;
        }
        this.placed = this.lines.map(({ data }) =>
          data.map((point) => ({ x: x.getPixelForValue(point.x), y: Number.isNaN(point.y) ? NaN : y.getPixelForValue(point.y) })),
        );
        ctx.save();
        ctx.beginPath();
        ctx.rect(chartArea.left - 1, chartArea.top - 1, chartArea.width + 2, chartArea.height + 2);
        ctx.clip();
        this.bands.forEach((band) => drawBand(ctx, band, x, y, chartArea.bottom));
        [...this.lines.keys()].reverse().forEach((index) => this.drawLine(ctx, index));
        ctx.restore();
        this.drawMarkers(chart);
      },
    };
  }

  private drawLine(ctx: CanvasRenderingContext2D, index: number): void {
    const line = this.lines[index];
    if (line === undefined) {
      return;
    }
    const points = this.pointsOf(index);
    ctx.beginPath();
    let isOpen = false;
    for (const { x, y } of points) {
      if (Number.isNaN(y)) {
        isOpen = false;
      } else if (isOpen) {
        ctx.lineTo(x, y);
      } else {
        ctx.moveTo(x, y);
        isOpen = true;
      }
    }
    ctx.strokeStyle = ctx.fillStyle = `${line.style.color}${line.alpha}`;
    ctx.lineWidth = line.width;
    ctx.lineJoin = "round";
    ctx.setLineDash(line.isDashed ? [...line.style.dash] : []);
    ctx.stroke();
    if (line.markers === 0) {
      points.forEach((point, at) => isAlone(points, at) && ctx.fillRect(point.x - 1.25, point.y - 1.25, 2.5, 2.5));
    }
  }

  private drawMarkers({ ctx, chartArea }: Chart): void {
    ctx.save();
    ctx.beginPath();
    ctx.rect(chartArea.left - 4, chartArea.top - 4, chartArea.width + 8, chartArea.height + 8);
    ctx.clip();
    ctx.setLineDash([]);
    this.lines.forEach(({ markers, style }, index) => {
      if (markers === 0) {
        return;
      }
      const points = this.pointsOf(index);
      const stride = Math.max(1, Math.ceil(points.length / markers));
      ctx.strokeStyle = ctx.fillStyle = style.color;
      ctx.lineWidth = 1.25;
      points.forEach(({ x, y }, at) => {
        // Each line begins elsewhere, so that the markers of lines close together do not pile up.
        if (!Number.isNaN(y) && ((at + index * 3) % stride === 0 || isAlone(points, at))) {
          drawPoint(ctx, { pointStyle: style.marker, radius: 2.75, rotation: 0, borderWidth: 1.25 }, x, y);
        }
      });
    });
    ctx.restore();
  }
}

function isAlone(points: readonly PlacedPoint[], at: number): boolean {
  const isGap = (index: number): boolean => Number.isNaN(points[index]?.y ?? NaN);
  return !isGap(at) && isGap(at - 1) && isGap(at + 1);
}

/** The area of mean ± standard deviation, behind the lines. */
function drawBand(ctx: CanvasRenderingContext2D, { band, color }: CurveBand, x: Scale, y: Scale, bottom: number): void {
  ctx.beginPath();
  band.forEach((at) => ctx.lineTo(x.getPixelForValue(at.x), y.getPixelForValue(at.high)));
  // On a log axis a band may reach below zero, which lies below every picture.
  [...band].reverse().forEach((at) => {
    const pixel = y.getPixelForValue(at.low);
    ctx.lineTo(x.getPixelForValue(at.x), Number.isFinite(pixel) ? pixel : bottom);
  });
  ctx.closePath();
  ctx.fillStyle = `${color}2e`;
  ctx.fill();
}
