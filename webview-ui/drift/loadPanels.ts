import type { DriftView } from "../../src/protocol/drift";
import type { DriftCalls } from "./driftCalls";

/** Panels with charts come after the table can be worked with: their bundle is larger than all the rest. */
export async function loadPanels(): Promise<void> {
  await import("./panels");
}

/** How many columns that drifted are shown in the report. */
const SHOWN = 8;

/** The charts of the report as SVG texts, with the distributions of the first columns that drifted. */
export async function loadPictures(
  view: DriftView,
  host: Pick<DriftCalls, "column">,
  drifted: readonly string[],
): Promise<readonly string[]> {
  const [{ reportPictures }, details] = await Promise.all([
    import("./charts/reportPictures"),
    Promise.all(drifted.slice(0, SHOWN).map((name) => host.column({ revision: view.revision, name }))),
  ]);
  return reportPictures(view, details);
}
