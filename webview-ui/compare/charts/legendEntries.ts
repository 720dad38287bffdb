import type { CompareView } from "../../../src/protocol/compare";
import { formatInteger } from "../../shared/format";
import { groupName } from "./chartsContext";

export interface LegendEntry {
  readonly label: string;
  readonly title: string;
  readonly style: number;
  /** Indexes of the runs that it stands for. */
  readonly runs: readonly number[];
}

/** The groups with their sizes where runs are grouped, else the runs. */
export function legendEntries(view: CompareView): readonly LegendEntry[] {
  const nameOf = groupName(view);
  return view.columns.map((column, index) => {
    if (column.kind === "group") {
      const name = nameOf(column.label);
      return {
        label: `${name.slice(0, 200)} (${formatInteger(column.runs.length)})`,
        title: name.slice(0, 1000),
        style: column.style,
        runs: column.runs,
      };
    }
    const { name, experiment, style } = column;
    return { label: name.slice(0, 200), title: `${name.slice(0, 500)} · ${experiment.slice(0, 200)}`, style, runs: [index] };
  });
}
