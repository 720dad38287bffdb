/** What one frame saw. Times are milliseconds since 1970, so that frames and the driver share a clock. */
export interface FrameSights {
  /** Each change of what is drawn, oldest first. */
  readonly sights: readonly Sight[];
  /** Tasks of 50 ms and more on the thread that draws. */
  readonly longTasks: readonly { readonly at: number; readonly ms: number }[];
  /** When the last key went down. */
  readonly keyAt: number;
  /** Bytes of the messages from the extension, as JSON. */
  readonly bytes: number;
}

/** What the comparison's page shows. */
export interface Sight {
  readonly at: number;
  /** Runs that the page compares. */
  readonly runs: number;
  /** Rows of the table with values in them. */
  readonly rows: number;
  /** Runs are still being read. */
  readonly reading: boolean;
  /** The names of the charts in sight that are drawn as they are named. */
  readonly charts: readonly string[];
  /** Charts in sight that are still to come. */
  readonly waiting: number;
}

/**
 * Runs in each frame before its own scripts. It looks once a frame at what the comparison shows, by roles and element names, and notes
 * when that changes: asking from outside would add a round trip to each figure.
 */
export function installProbe(): void {
  const now = (): number => performance.timeOrigin + performance.now();
  const sights: Sight[] = [];
  const longTasks: { at: number; ms: number }[] = [];
  const messages: unknown[] = [];
  let keyAt = 0;
  const drawings = new WeakMap<object, number>();
  const named = new WeakMap<object, { readonly name: string; readonly drawings: number }>();
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      longTasks.push({ at: performance.timeOrigin + startTime, ms: duration });
    }
  }).observe({ type: "longtask", buffered: true });
  // A chart clears its canvas once, then draws.
  const prototype = CanvasRenderingContext2D.prototype;
  const clear = Object.getOwnPropertyDescriptor(prototype, "clearRect")?.value as CanvasRenderingContext2D["clearRect"];
  prototype.clearRect = function (...area) {
    drawings.set(this.canvas, (drawings.get(this.canvas) ?? 0) + 1);
    clear.apply(this, area);
  };

  const inSight = (element: Element): boolean => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };
  const chartName = (chart: Element): string | null => {
    const canvas = chart.shadowRoot?.querySelector("canvas");
    const name = chart.shadowRoot?.querySelector("[role=img]")?.getAttribute("aria-label") ?? "";
    if (canvas === null || canvas === undefined || name === "") {
      return null;
    }
    const drawn = drawings.get(canvas) ?? 0;
    const known = named.get(canvas);
    if (known?.name !== name) {
      named.set(canvas, { name, drawings: known === undefined ? 0 : drawn });
    }
    return drawn > (named.get(canvas)?.drawings ?? 0) ? name : null;
  };
  const look = (page: ShadowRoot): Omit<Sight, "at"> => {
    const rows = page.querySelector("mlops-compare-grid")?.shadowRoot?.querySelectorAll("[role=row][data-row]:not([aria-busy=true])");
    const cards = [...(page.querySelector("mlops-compare-charts")?.shadowRoot?.querySelectorAll("mlops-metric-card") ?? [])].filter(
      inSight,
    );
    const charts = cards.map((card) => {
      const chart = card.shadowRoot?.querySelector("mlops-canvas-chart");
      return chart === null || chart === undefined ? null : chartName(chart);
    });
    return {
      runs: Number(/\d+/.exec(page.querySelector("h1")?.textContent ?? "")?.[0] ?? 0),
      rows: rows?.length ?? 0,
      reading: page.querySelector(".statusline .busy") !== null,
      charts: charts.filter((name) => name !== null),
      waiting: charts.filter((name) => name === null).length,
    };
  };
  const onMessage = (event: MessageEvent): void => void messages.push(event.data);
  const onKey = (event: Event): void => {
    keyAt = performance.timeOrigin + event.timeStamp;
  };
  let last = "";
  let next = 0;
  let tickAt = 0;
  const tick = (): void => {
    tickAt = performance.now();
    cancelAnimationFrame(next);
    next = requestAnimationFrame(tick);
    const page = document.querySelector("mlops-compare")?.shadowRoot;
    if (page !== null && page !== undefined) {
      const sight = look(page);
      const text = JSON.stringify(sight);
      if (text !== last) {
        last = text;
        sights.push({ at: now(), ...sight });
      }
    }
  };
  // A frame that VS Code writes anew loses its listeners and the frame that was asked for; a timer stays.
  setInterval(() => {
    // Adding a listener again that is there does nothing.
    addEventListener("message", onMessage, true);
    addEventListener("keydown", onKey, true);
    if (performance.now() - tickAt > 50) {
      tick();
    }
  }, 4);
  Object.assign(window, {
    benchSights: (): FrameSights => ({
      sights,
      longTasks,
      keyAt,
      bytes: messages.reduce<number>((sum, message) => sum + new TextEncoder().encode(JSON.stringify(message)).length, 0),
    }),
  });
}
