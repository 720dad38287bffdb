import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { periodOf, type Period } from "../../../src/core/drift/chunks/periods";
import { chooseWindows, MOST_MISSED, type WindowRows } from "../../../src/core/monitoring/chooseWindows";
import { guessTimeColumn } from "../../../src/core/monitoring/timeColumn";
import type { ColumnKind } from "../../../src/core/tabular/column";
import { DAY, NOW } from "./monitoringBuilders";

const PERIODS: readonly Period[] = ["hour", "day", "week", "month"];

/** The windows of some times, as a survey of a table has them. */
function windowsOf(times: readonly number[], by: Period): readonly WindowRows[] {
  const found = new Map<number, WindowRows>();
  for (const time of times) {
    const period = periodOf(time, by);
    if (period !== null) {
      found.set(period.start, { from: period.start, to: period.end, rows: (found.get(period.start)?.rows ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}

describe("chooseWindows", () => {
  const time = fc.integer({ min: NOW - 800 * DAY, max: NOW + 40 * DAY });

  it("takes the last window that is over and has rows, for any rows, and those that were missed before it", () => {
    fc.assert(
      fc.property(fc.array(time, { maxLength: 200 }), fc.constantFrom(...PERIODS), time, (times, by, since) => {
        const rows = windowsOf(times, by);
        const over = rows.filter(({ to }) => to <= NOW);
        const { windows, problems } = chooseWindows({ kind: "missed", since }, { column: "t", by, rows }, NOW);
        expect(windows.at(-1)?.from).toBe(over.at(-1)?.from);
        expect(windows.length).toBeLessThanOrEqual(MOST_MISSED);
        expect(windows.every(({ complete }) => complete)).toBe(true);
        const missed = over.filter(({ to }) => to > since).length;
        expect(windows.length).toBe(over.length === 0 ? 0 : Math.max(1, Math.min(MOST_MISSED, missed)));
        expect(windows.map(({ from }) => from)).toEqual([...windows.map(({ from }) => from)].sort((a, b) => (a ?? 0) - (b ?? 0)));
        expect(windows.length > 0 || problems.length === 1).toBe(true);
      }),
    );
  });

  it("says that the first window is not over, or that there is none", () => {
    const choose = (rows: readonly WindowRows[]): readonly string[] =>
      chooseWindows({ kind: "newest" }, { column: "t", by: "week", rows }, NOW).problems;
    expect(choose(windowsOf([NOW], "week"))).toEqual(["Nothing is judged: the first week of the live data is not over yet."]);
    expect(choose([])).toEqual(['Nothing is judged: no row of the live data has a time in "t".']);
  });

  it("says which window of a month holds a day", () => {
    const { windows } = chooseWindows({ kind: "at", time: Date.UTC(2026, 1, 14) }, { column: "t", by: "month", rows: [] }, NOW);
    expect(windows).toEqual([{ from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 2, 1), column: "t", by: "month", complete: true }]);
  });
});

describe("guessTimeColumn", () => {
  const columns = (...named: readonly string[]): readonly { readonly name: string; readonly kind: ColumnKind }[] =>
    named.map((one) => {
      const [name = "", kind = "text"] = one.split(":");
      return { name, kind: kind as ColumnKind };
    });

  it.each([
    [["id:integer", "timestamp"], "timestamp"],
    [["created_at", "event_time", "x"], "event_time"],
    [["Scored At", "y"], "Scored At"],
    [["date", "timestamp:time"], "timestamp"],
    [["when:time", "x:float"], "when"],
    [["birth_date"], null],
    [["birth_date:time", "event_date:time"], "event_date"],
    [["lifetime:float", "runtime:integer"], null],
    [["a:time", "b:time"], null],
    [[], null],
  ])("%j", (names, expected) => expect(guessTimeColumn(columns(...names))).toBe(expected));
});
