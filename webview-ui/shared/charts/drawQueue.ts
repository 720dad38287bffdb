/** How long charts may be drawn in one frame, in milliseconds: enough for one or two, and scrolling stays smooth. */
const BUDGET = 8;

const queue = new Set<() => void>();
let frame: number | undefined;

/** Draws in one of the next frames, in turn with all other charts of the page. Returns a function that takes the wish back. */
export function drawInTurn(draw: () => void): () => void {
  queue.add(draw);
  frame ??= requestAnimationFrame(drawSome);
  return () => void queue.delete(draw);
}

function drawSome(): void {
  frame = undefined;
  const start = performance.now();
  try {
    for (const draw of queue) {
      queue.delete(draw);
      draw();
      if (performance.now() - start > BUDGET) {
        break;
      }
    }
  } finally {
    // A chart that fails must not keep the others from being drawn.
    if (queue.size > 0) {
      frame = requestAnimationFrame(drawSome);
    }
  }
}
