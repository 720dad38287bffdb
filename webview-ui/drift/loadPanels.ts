import type { DriftView } from "../../src/protocol/drift";

/** Panels with charts come after the table can be worked with: their bundle is larger than all the rest. */
export async function loadPanels(): Promise<void> {
  await import("./panels");
}

/** The charts of the report as SVG texts. */
export async function loadPictures(view: DriftView): Promise<readonly string[]> {
  const { reportPictures } = await import("./charts/reportPictures");
  return reportPictures(view);
}
