/** Distance between two lines of a hatch, in pixels. */
const STEP = 5;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Diagonal lines within a box, each cut at its edges, because a drawing taken out as SVG cannot rely on patterns. */
export function drawHatch(ctx: CanvasRenderingContext2D, { left, top, right, bottom }: Box, color: string): void {
  if (right - left < 1 || bottom - top < 1) {
    return;
  }
  ctx.save();
  ctx.globalAlpha = 0.45;
  ctx.strokeStyle = color;
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  // Lines x + y = sum, at sums that all boxes of a chart share.
  for (let sum = Math.ceil((left + top) / STEP) * STEP; sum < right + bottom; sum += STEP) {
    const x0 = Math.max(left, sum - bottom);
    const x1 = Math.min(right, sum - top);
    ctx.moveTo(x0, sum - x0);
    ctx.lineTo(x1, sum - x1);
  }
  ctx.stroke();
  ctx.restore();
}
