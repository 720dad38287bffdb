import { writeRunbook } from "./writeRunbook";

/** What `mlops runbook` does. The build puts it into a file of its own, which only this command loads. */
export const retrainPrograms = { runbook: writeRunbook };
