import { describe, expect, it } from "vitest";
import { isAppError } from "../../../../src/core/base/appError";
import { matchesFilter, runComparator } from "../../../../src/core/tracking/filter/matchRun";
import { parseFilter, parseOrderBy } from "../../../../src/core/tracking/filter/parseFilter";
import { type Answer, differsInMlflow2, filterAnswers, withRunIds } from "../../../builders/filterAnswers";
import { recordedRuns } from "../../../builders/recordedRuns";

// MLflow's answers were recorded by test/live/recordFilterAnswers.py over all active experiments.
describe.each([
  { version: 2 as const, store: "v2-sqlite" as const },
  { version: 3 as const, store: "v3-sqlite" as const },
])("filters and orders as MLflow $version answers them", ({ version, store }) => {
  const recorded = recordedRuns(store);
  const answers = filterAnswers(version);
  // A deleted experiment takes its runs with it, so the active runs are those of the active experiments.
  const active = recorded.runs.filter((run) => run.lifecycleStage === "active");

  function answer(filter: string, orderBy: readonly string[]): Answer {
    try {
      const parsed = parseFilter(withRunIds(filter, recorded.idOf));
      const compare = runComparator(parseOrderBy(orderBy));
      const runs = active.filter((run) => matchesFilter(run, parsed)).sort(compare);
      return { runs: runs.map((run) => recorded.keyOf.get(run.runId) ?? run.runId) };
    } catch (error) {
      if (isAppError(error, "filter/invalid")) {
        return { refused: true };
      }
      throw error;
    }
  }

  const filters = answers.filters.filter(({ filter }) => version === 3 || !differsInMlflow2(filter));
  it.each(filters)("filter $filter", ({ filter, ...expected }) => {
    expect(answer(filter, [])).toEqual(expected);
  });

  it.each(answers.orders)("order $orderBy", ({ orderBy, ...expected }) => {
    expect(answer("", orderBy)).toEqual(expected);
  });
});
