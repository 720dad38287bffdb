import { countStyles } from "../shared/countStyles";
import { positionOf } from "../shared/virtualTable/gridPointer";
import { VirtualGrid } from "../shared/virtualTable/virtualGrid";
import { cellStyles } from "./pageStyles";

/** The shared grid with the looks of our cells, which live in its shadow tree, and a column that lights up. */
export class CompareGrid extends VirtualGrid {
  static override styles = [...VirtualGrid.styles, countStyles, cellStyles];
  private readonly light = new CSSStyleSheet();
  private lit = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("pointerover", this.onOver);
    this.addEventListener("pointerleave", this.onLeave);
    this.addEventListener("focusin", this.onOver);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("pointerover", this.onOver);
    this.removeEventListener("pointerleave", this.onLeave);
    this.removeEventListener("focusin", this.onOver);
  }

  override firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.light];
  }

  /** Lights up some columns by one rule of a style sheet: no cell is drawn anew. */
  lightUp(columns: readonly number[]): void {
    const cells = columns.map((column) => `.cell[data-column="${column}"]:not(.across)`).join(", ");
    // A new rule makes the browser look at every cell.
    if (cells !== this.lit) {
      this.lit = cells;
      this.light.replaceSync(cells === "" ? "" : `${cells} { background-color: var(--light-background); }`);
    }
  }

  /** Opens the menu of the cell or heading that has the keyboard. */
  openMenu(): void {
    this.openMenuAtActive();
  }

  /** Scrolls a row into sight and puts the focus on it. */
  revealRow(row: number): void {
    this.moveTo({ row, column: 0 });
  }

  private readonly onOver = (event: Event): void => {
    const column = positionOf(event)?.column ?? null;
    this.dispatchEvent(new CustomEvent("column-over", { detail: column }));
  };

  private readonly onLeave = (): void => {
    this.dispatchEvent(new CustomEvent("column-over", { detail: null }));
  };
}

if (customElements.get("mlops-compare-grid") === undefined) {
  customElements.define("mlops-compare-grid", CompareGrid);
}
