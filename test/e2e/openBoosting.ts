import type { Workbench } from "../harness/workbench.mjs";

/** Opens the experiment churn/boosting of the sample, whose runs tests work with. */
export async function openBoosting(workbench: Workbench): Promise<ReturnType<Workbench["view"]>> {
  await workbench.openSidebar("MLOps");
  const experiments = workbench.view("Experiments");
  await workbench.row("Default", experiments).waitFor();
  // All the height for one view, so that its rows are drawn.
  await workbench.giveHeightTo("Experiments");
  await workbench.expand(workbench.row(/^churn\/$/, experiments));
  await workbench.expand(workbench.row("boosting", experiments));
  await workbench.row("monthly retraining", experiments).waitFor();
  return experiments;
}
