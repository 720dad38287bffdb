import type { TableColumn } from "../../src/protocol/runsTable";
import type { MenuEntry } from "../shared/menu";
import { t } from "../shared/l10n";

/** The heading: an attribute's name in the user's language, a key as it was logged. */
export function columnLabel(column: TableColumn): string {
  return column.family === "attribute" ? t(column.label) : column.label;
}

/** What kind of value it is, in small letters above the heading. */
export function columnCaption(column: TableColumn): string {
  switch (column.family) {
    case "attribute":
      return "";
    case "param":
      return t("Param");
    case "tag":
      return t("Tag");
    case "metric":
      return column.aggregate === null || column.aggregate === "last" ? t("Metric") : t("Metric · {0}", aggregateLabel(column));
  }
}

function aggregateLabel(column: TableColumn): string {
  switch (column.aggregate) {
    case "best":
      return column.direction === "down" ? t("best ↓") : t("best ↑");
    case "min":
      return t("min");
    case "max":
      return t("max");
    default:
      return t("last");
  }
}

export function familyLabel(family: TableColumn["family"]): string {
  switch (family) {
    case "attribute":
      return t("Attributes");
    case "metric":
      return t("Metrics");
    case "param":
      return t("Params");
    case "tag":
      return t("Tags");
  }
}

export const SEPARATOR: MenuEntry = { kind: "separator" };
