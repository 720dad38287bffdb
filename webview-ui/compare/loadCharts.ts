/** Charts come after the table can be worked with: their bundle is larger than all the rest. */
export async function loadCharts(): Promise<void> {
  await import("./charts/compareCharts");
}
