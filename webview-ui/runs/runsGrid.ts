import { countStyles } from "../shared/countStyles";
import { VirtualGrid } from "../shared/virtualTable/virtualGrid";
import { cellStyles } from "./pageStyles";

/** The shared grid with the looks of our cells, which live in its shadow tree. */
export class RunsGrid extends VirtualGrid {
  static override styles = [...VirtualGrid.styles, countStyles, cellStyles];
}

if (customElements.get("mlops-runs-grid") === undefined) {
  customElements.define("mlops-runs-grid", RunsGrid);
}
