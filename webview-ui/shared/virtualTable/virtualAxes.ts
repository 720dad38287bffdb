import {
  defaultRangeExtractor,
  elementScroll,
  observeElementRect,
  Virtualizer,
  type Range,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";

import { HEADER_HEIGHT, ROW_HEIGHT } from "./gridStyles";

/** Drawn beyond what is in sight, so that the next frame of a scroll finds it: as much as a fast wheel turns in a frame, and no more, because each costs time. */
const ROWS_BEYOND = 6;
const COLUMNS_BEYOND = 1;

export interface AxesOptions {
  readonly rows: number;
  /** In pixels; the same for all. */
  readonly rowHeight: number;
  /** Widths of the columns that scroll sideways. */
  readonly widths: readonly number[];
  /** Room that the selection and the pinned columns take at the left. */
  readonly left: number;
  /** Whether that room is covered while scrolling. */
  readonly stuck: boolean;
  /** The active cell stays in the document although it is scrolled away, so that the focus is not lost. */
  readonly activeRow: number;
  readonly activeColumn: number;
}

/** Which rows and which columns are in sight. */
export class VirtualAxes {
  readonly rows: Virtualizer<HTMLElement, HTMLElement>;
  readonly columns: Virtualizer<HTMLElement, HTMLElement>;
  private options: AxesOptions = {
    ...{ rows: 0, rowHeight: ROW_HEIGHT, widths: [], left: 0, stuck: true, activeRow: -1, activeColumn: -1 },
  };
  /** After a jump nothing of what was drawn is left in sight. What lies beyond the new place is then drawn a frame later. */
  private jumped = false;
  private frame = 0;
  private readonly reports = new Map<boolean, (offset: number, isScrolling: boolean) => void>();
  private readonly unmount: readonly (() => void)[];

  constructor(
    private readonly scroller: () => HTMLElement | null,
    private readonly onChange: () => void,
    private readonly onSlide: (left: number) => void,
  ) {
    this.rows = new Virtualizer(this.rowOptions());
    this.columns = new Virtualizer(this.columnOptions());
    this.unmount = [this.rows._didMount(), this.columns._didMount()];
  }

  update(options: AxesOptions): void {
    const widthsChanged = options.widths.some((width, index) => width !== this.options.widths[index]) || options.left !== this.options.left;
    this.options = options;
    this.rows.setOptions(this.rowOptions());
    this.columns.setOptions(this.columnOptions());
    if (widthsChanged) {
      this.columns.measure();
    }
  }

  /** After the scroller is in the document. */
  attach(): void {
    this.rows._willUpdate();
    this.columns._willUpdate();
    if (this.jumped) {
      this.jumped = false;
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(this.onChange);
    }
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.unmount.forEach((unmount) => unmount());
  }

  /**
   * One listener for both axes, that reads both offsets before either axis answers: read one by one, the drawing that the
   * first causes would make the browser lay out the page a second time for the other. Always reports "at rest", which
   * spares a drawing at the end of each scroll.
   */
  private readonly observeOffset = (
    axis: Virtualizer<HTMLElement, HTMLElement>,
    report: (offset: number, isScrolling: boolean) => void,
  ): (() => void) => {
    const element = axis.scrollElement;
    const horizontal = axis.options.horizontal;
    this.reports.set(horizontal, report);
    const onScroll = (): void => {
      const left = element?.scrollLeft ?? 0;
      const top = element?.scrollTop ?? 0;
      this.jumped =
        Math.abs(top - (this.rows.scrollOffset ?? 0)) > (this.rows.scrollRect?.height ?? Infinity) ||
        Math.abs(left - (this.columns.scrollOffset ?? 0)) > (this.columns.scrollRect?.width ?? Infinity);
      this.onSlide(left);
      this.reports.get(false)?.(top, false);
      this.reports.get(true)?.(left, false);
    };
    report((horizontal ? element?.scrollLeft : element?.scrollTop) ?? 0, false);
    if (!horizontal) {
      element?.addEventListener("scroll", onScroll, { passive: true });
    }
    return () => {
      this.reports.delete(horizontal);
      element?.removeEventListener("scroll", onScroll);
    };
  };

  private drawn(range: Range, active: number): number[] {
    return withActive(this.jumped ? { ...range, overscan: 0 } : range, active);
  }

  private rowOptions(): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count: this.options.rows,
      getScrollElement: this.scroller,
      estimateSize: () => this.options.rowHeight,
      overscan: ROWS_BEYOND,
      paddingStart: HEADER_HEIGHT,
      scrollPaddingStart: HEADER_HEIGHT,
      rangeExtractor: (range: Range) => this.drawn(range, this.options.activeRow),
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset: this.observeOffset,
      onChange: this.onChange,
    };
  }

  private columnOptions(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { widths, left, stuck } = this.options;
    return {
      count: widths.length,
      horizontal: true,
      getScrollElement: this.scroller,
      estimateSize: (index: number) => widths[index] ?? 0,
      overscan: COLUMNS_BEYOND,
      paddingStart: left,
      scrollPaddingStart: stuck ? left : 0,
      rangeExtractor: (range: Range) => this.drawn(range, this.options.activeColumn),
      scrollToFn: elementScroll,
      // The grid's own width changes what it draws, also where the same columns stay in sight.
      observeElementRect: (instance, tell) =>
        observeElementRect(instance, (rect) => {
          tell(rect);
          this.onChange();
        }),
      observeElementOffset: this.observeOffset,
      onChange: this.onChange,
    };
  }
}

function withActive(range: Range, active: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (active < 0 || active >= range.count || indexes.includes(active)) {
    return indexes;
  }
  return active < (indexes[0] ?? 0) ? [active, ...indexes] : [...indexes, active];
}
