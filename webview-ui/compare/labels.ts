import type { CompareColumn, CompareRow, CompareSectionId, CompareView } from "../../src/protocol/compare";
import { t } from "../shared/l10n";
import { RUN_STATES } from "../shared/runStates";

export function sectionLabel(section: CompareSectionId): string {
  switch (section) {
    case "summary":
      return t("Summary");
    case "metrics":
      return t("Metrics");
    case "params":
      return t("Params");
    case "data":
      return t("Data");
    case "environment":
      return t("Environment");
    case "source":
      return t("Source");
    case "tags":
      return t("Tags");
  }
}

const FACTS: Readonly<Record<string, string>> = {
  status: "Status",
  lifecycle: "Lifecycle",
  start: "Started",
  end: "Ended",
  duration: "Duration",
  user: "User",
  owner: "Owner",
  experiment: "Experiment",
  store: "Store",
  versions: "Registered Versions",
  parent: "Parent Run",
  description: "Description",
  name: "Script",
  type: "Source Type",
  entryPoint: "Entry Point",
  commit: "Commit",
  branch: "Branch",
  repository: "Repository",
  dirty: "Uncommitted Changes",
};

/** A key as people read it: our own facts in the user's language, everything else as it was logged. */
export function keyLabel({ section, key }: Pick<CompareRow, "section" | "key">): string {
  if (section === "summary" && key.startsWith("price ")) {
    // "price (EUR)" and "price per +0.01 of f1 (EUR)": the first says the currency, and there is room for the KPI's name.
    const short = key.startsWith("price per ") ? key.replace(/ \([^()]*\)$/, "") : key;
    return short.charAt(0).toUpperCase() + short.slice(1);
  }
  const fact = (section === "summary" || section === "source") && Object.hasOwn(FACTS, key) ? FACTS[key] : undefined;
  return fact === undefined ? (key === "" ? '""' : key) : t(fact);
}

const STATES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(RUN_STATES).map(([state, { label }]) => [state, label])),
  active: "Active",
  deleted: "Deleted",
};
const ANSWERS: Readonly<Record<string, string>> = { true: "Yes", false: "No" };
/** What stands between the values of a group. */
const BETWEEN = " | ";

/** A value as people read it: the few words that are MLflow's own in the user's language, everything else as it was logged. */
export function factText({ section, key }: Pick<CompareRow, "section" | "key">, text: string): string {
  const words =
    section === "summary" && (key === "status" || key === "lifecycle") ? STATES : section === "source" && key === "dirty" ? ANSWERS : null;
  return words === null
    ? text
    : text
        .split(BETWEEN)
        .map((part) => (Object.hasOwn(words, part) ? t(words[part] ?? part) : part))
        .join(BETWEEN);
}

/** Headings of the columns, different for each: the run's name, with a part of its id where several have that name. */
export function columnLabels({ columns }: CompareView): readonly string[] {
  const names = columns.map(columnName);
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return columns.map((column, index) => {
    const name = names[index] ?? "";
    return column.kind === "run" && (counts.get(name) ?? 0) > 1 ? `${name} (${column.runId.slice(0, 8)})` : name;
  });
}

function columnName(column: CompareColumn): string {
  if (column.kind === "group") {
    return column.label === null ? t("no value") : column.label === "" ? '""' : column.label;
  }
  return column.name === "" ? t("Run {0}", column.runId.slice(0, 8)) : column.name;
}

export function columnId(column: CompareColumn): string {
  return column.kind === "group" ? `group ${column.label === null ? "" : `=${column.label}`}` : `run ${column.storeId} ${column.runId}`;
}
