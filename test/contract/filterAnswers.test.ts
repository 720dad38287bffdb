import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import { isAppError } from "../../src/core/base/appError";
import type { Store } from "../../src/core/tracking/store";
import { type Answer, differsInMlflow2, filterAnswers, withRunIds } from "../builders/filterAnswers";
import { fixturePath, recordedRuns } from "../builders/recordedRuns";

const signal = new AbortController().signal;

const stores = [
  { name: "v2-sqlite" as const, version: 2 as const, open: () => openSqliteStore(fixturePath("v2-sqlite/mlflow.db"), signal) },
  { name: "v3-sqlite" as const, version: 3 as const, open: () => openSqliteStore(fixturePath("v3-sqlite/mlflow.db"), signal) },
  { name: "v3-file" as const, version: 3 as const, open: () => openFileStore(fixturePath("v3-file/mlruns"), signal) },
];

// The answers are those of MLflow's database; they hold for folders as well, which decide the same filters.
describe.each(stores)("$name answers filters and orders as MLflow did", ({ name, version, open }) => {
  const recorded = recordedRuns(name);
  const answers = filterAnswers(version);
  let store: Store;
  let experimentIds: readonly string[];

  beforeAll(async () => {
    store = await open();
    const page = await store.searchExperiments({ lifecycle: "active", pageSize: 1000 }, signal);
    experimentIds = page.items.map((experiment) => experiment.experimentId);
  });

  afterAll(() => {
    store.dispose();
  });

  async function answer(filter: string, orderBy: readonly string[]): Promise<Answer> {
    try {
      const page = await store.searchRuns(
        { experimentIds, lifecycle: "active", pageSize: 1000, filter: withRunIds(filter, recorded.idOf), orderBy },
        signal,
      );
      return { runs: page.items.map((run) => recorded.keyOf.get(run.runId) ?? run.runId) };
    } catch (error) {
      if (isAppError(error, "filter/invalid")) {
        return { refused: true };
      }
      throw error;
    }
  }

  /** Runs of one start come in the order of their ids, which are the recording's own in each store. */
  function comparable(given: Answer): Answer {
    return "runs" in given && name === "v3-file" ? { runs: [...given.runs].sort() } : given;
  }

  it("filters", async () => {
    const actual: unknown[] = [];
    const expected: unknown[] = [];
    // A store takes a filter of blanks for none, which MLflow refuses.
    const filters = answers.filters.filter(({ filter }) => filter === "" || filter.trim() !== "");
    for (const { filter, ...recordedAnswer } of filters.filter((entry) => version === 3 || !differsInMlflow2(entry.filter))) {
      actual.push({ filter, ...comparable(await answer(filter, [])) });
      expected.push({ filter, ...comparable(recordedAnswer) });
    }
    expect(actual).toEqual(expected);
  });

  it("orders", async () => {
    const actual: unknown[] = [];
    const expected: unknown[] = [];
    for (const { orderBy, ...recordedAnswer } of answers.orders) {
      actual.push({ orderBy, ...comparable(await answer("", orderBy)) });
      expected.push({ orderBy, ...comparable(recordedAnswer) });
    }
    expect(actual).toEqual(expected);
  });
});
