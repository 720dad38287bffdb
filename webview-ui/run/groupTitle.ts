import type { MetricGroup } from "../../src/protocol/runPage";
import { t } from "../shared/l10n";
import { short } from "./valueText";

/** "val/", "System metrics", or "Metrics" for those without a prefix. */
export function groupTitle(group: MetricGroup): string {
  if (group.prefix === "") {
    return t("Without prefix");
  }
  return group.prefix === "system/" ? t("System metrics") : short(group.prefix, 100);
}
