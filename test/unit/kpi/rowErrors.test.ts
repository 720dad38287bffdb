import { describe, expect, it } from "vitest";

import { rowErrorMarks, watchesErrors } from "../../../src/core/kpi/rowErrors";
import type { KpiRoles } from "../../../src/core/kpi/roles";
import type { Column, NumberColumn } from "../../../src/core/tabular/column";

const WEEK = 7 * 86_400_000;
const ROWS = 100;
const roles: KpiRoles = {
  label: { column: "label", from: "guessed" },
  prediction: { column: "prediction", from: "guessed" },
  score: null,
};
const windows = Array.from({ length: 6 }, (_, week) => ({ start: week * WEEK, end: (week + 1) * WEEK }));

/** Answers of six weeks, every tenth wrong, and from the fifth week on every second; rows in any order of time. */
function answers(missing = false): { readonly columns: readonly Column[]; readonly time: NumberColumn } {
  const rows = Array.from({ length: 6 * ROWS }, (_, row) => row).sort((a, b) => ((a * 7919) % 600) - ((b * 7919) % 600));
  const isWrong = (row: number): boolean => (row < 4 * ROWS ? row % 10 === 9 : row % 2 === 0);
  const text = (name: string, codes: readonly number[]): Column => ({
    ...{ name, kind: "text", labels: ["no", "yes"], codes: Int32Array.from(codes) },
  });
  const truth = (row: number): number => (missing && row % 3 === 0 ? -1 : row % 2);
  return {
    columns: [
      text(
        "prediction",
        rows.map((row) => (isWrong(row) ? 1 - (row % 2) : row % 2)),
      ),
      text("label", rows.map(truth)),
    ],
    time: { name: "ts", kind: "time", values: Float64Array.from(rows, (row) => (row / ROWS) * WEEK) },
  };
}

describe("detectors of single answers", () => {
  it.each(["ddm", "eddm"] as const)("mark the week in which %s sees that answers become worse", (id) => {
    const { columns, time } = answers();
    const { marks, notes } = rowErrorMarks([id, "adwin"], columns, roles, time, windows, Infinity);
    const drifts = marks.filter(({ level }) => level === "drift");
    expect(drifts.length).toBeGreaterThan(0);
    expect(drifts.every(({ index, detector }) => index >= 4 && detector === id)).toBe(true);
    expect(notes).toEqual([]);
  });

  it("do not look at rows whose outcome cannot be known, nor at those without one", () => {
    const { columns, time } = answers();
    expect(rowErrorMarks(["ddm"], columns, roles, time, windows, 4 * WEEK - 1).marks).toEqual([]);
    const some = answers(true);
    const found = rowErrorMarks(["ddm"], some.columns, roles, some.time, windows, Infinity).marks;
    expect(found.filter(({ level }) => level === "drift").map(({ index }) => index)[0]).toBeGreaterThanOrEqual(4);
  });

  it("say why they cannot be asked", () => {
    const { columns, time } = answers();
    expect(rowErrorMarks(["ddm"], columns.slice(0, 1), roles, time, windows, Infinity).notes).toEqual([
      "DDM: It looks at single answers, and needs a column of predictions and one of outcomes.",
    ]);
    const numbers: readonly Column[] = ["label", "prediction"].map((name) => ({
      ...{ name, kind: "float", values: Float64Array.from({ length: 1500 }, (_, row) => row + (name === "label" ? 0.5 : 0)) },
    }));
    const times: NumberColumn = { name: "ts", kind: "time", values: Float64Array.from({ length: 1500 }, (_, row) => row) };
    expect(rowErrorMarks(["eddm"], numbers, roles, times, windows, Infinity).notes).toEqual([
      "EDDM: It looks at single answers that are right or wrong, and these are numbers.",
    ]);
  });

  it("are those two", () => {
    expect((["adwin", "baseline_band", "page_hinkley", "cusum", "ddm", "eddm"] as const).filter(watchesErrors)).toEqual(["ddm", "eddm"]);
    expect(rowErrorMarks(["adwin"], [], roles, answers().time, windows, 0)).toEqual({ marks: [], notes: [] });
  });
});
