import { css, type CSSResult } from "lit";
import { property, query, state } from "lit/decorators.js";

import { onThemeChange } from "../../shared/charts/chartTheme";
import { buttonStyles, themeStyles } from "../../shared/theme";
import type { ChartsContext } from "./chartsContext";
import { controlStyles } from "../../shared/charts/controlStyles";
import type { Relations } from "./dimensions";
import { SeenElement } from "../../shared/charts/seenElement";

/** The card's padding and frame, left and right, in pixels. */
const FRAME = 18;
const NARROWEST = 260;

/** A card that draws its chart as SVG, anew in another theme and at another width. */
export abstract class SvgCard extends SeenElement {
  static override readonly styles: CSSResult[] = [
    themeStyles,
    buttonStyles,
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      svg {
        display: block;
      }
    `,
  ];

  @property({ attribute: false }) context!: ChartsContext;
  @property({ attribute: false }) relations: Relations = { items: [], dimensions: [] };
  /** Of the drawing, in pixels. */
  @state() protected width = 480;
  @query("svg") protected readonly picture!: SVGSVGElement | null;
  /** The drawing gets no wider. */
  protected readonly widest: number = Infinity;
  private stopTheme: (() => void) | undefined;
  private stopHover: (() => void) | undefined;
  private readonly resize = new ResizeObserver(([entry]) => {
    const room = entry === undefined ? this.width : Math.round(entry.contentRect.width - FRAME);
    this.width = Math.max(NARROWEST, Math.min(this.widest, room));
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.requestUpdate());
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.stopHover?.();
    this.stopHover = undefined;
    this.resize.disconnect();
  }

  /** Marks the highlighted run without rendering anew; to be called before each drawing, when the context is known. */
  protected followHover(mark: () => void): void {
    this.stopHover ??= this.context.hover.onDidChange(mark);
  }
}
