import { quoteForCrontab, quoteForShell } from "../../base/quoteWords";
import type { TrainingAutomation } from "./trainingAutomation";
import { trainingCommand } from "./trainingWorkflow";

/**
 * A line for crontab, which trains when that is needed and keeps what it says in a file of its own. Cron reads its times in the machine's own
 * time zone.
 * @param folder absolute path of the repository.
 * @param node absolute path of Node, because cron looks for programs in few places.
 */
export function trainingCrontab(automation: TrainingAutomation, folder: string, node: string): string {
  const root = folder.replace(/\/+$/, "");
  const [first = "", ...words] = trainingCommand(automation);
  const command = [first === "node" ? node : first, ...words].map(quoteForShell).join(" ");
  const log = quoteForShell(`${root}/.mlops/train-${automation.slug}.log`);
  const line = `cd ${quoteForShell(root === "" ? "/" : root)} && mkdir -p .mlops && ${command} >> ${log} 2>&1`;
  return `${automation.cron} ${quoteForCrontab(line)}`;
}
