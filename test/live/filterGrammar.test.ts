import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "../../src/core/base/appError";
import { matchesFilter, runComparator } from "../../src/core/tracking/filter/matchRun";
import { parseFilter } from "../../src/core/tracking/filter/parseFilter";
import type { Run } from "../../src/core/tracking/run";
import type { Store } from "../../src/core/tracking/store";
import { type Answer, differsInMlflow2, filterAnswers, withRunIds } from "../builders/filterAnswers";
import { recordedRuns } from "../builders/recordedRuns";
import { copyFixtureStore, removeFolder, type FixtureStore } from "./fixtureStore";
import { allItems, never, openLive } from "./liveStore";
import { MlflowServer } from "./mlflowServer";

// The unit tests hold our parser to recorded answers; here the real MLflow shows that the record still holds, and answers
// filters that nobody recorded.
describe.each([2, 3] as const)("the filter language of MLflow %i", (major) => {
  const recorded = recordedRuns(`v${major}-sqlite`);
  const answers = filterAnswers(major);
  let fixture: FixtureStore;
  let server: MlflowServer;
  let store: Store;
  let experimentIds: readonly string[];
  let runs: readonly Run[];

  beforeAll(async () => {
    fixture = copyFixtureStore(major, "sqlite");
    server = await MlflowServer.start({ major, folder: fixture.folder, backend: fixture.backend });
    store = await openLive(server.url);
    const experiments = await allItems((page) => store.searchExperiments({ lifecycle: "active", pageSize: 100, ...page }, never));
    experimentIds = experiments.map((experiment) => experiment.experimentId);
    runs = await allItems((page) => store.searchRuns({ experimentIds, lifecycle: "active", pageSize: 500, ...page }, never));
  });

  afterAll(async () => {
    store.dispose();
    await server[Symbol.asyncDispose]();
    removeFolder(fixture.folder);
  });

  async function ask(filter: string, orderBy: readonly string[]): Promise<Answer> {
    try {
      const page = await store.searchRuns({ experimentIds, lifecycle: "active", pageSize: 500, filter, orderBy }, never);
      return { runs: page.items.map((run) => recorded.keyOf.get(run.runId) ?? run.runId) };
    } catch (error) {
      // MLflow refuses most with a sentence and stumbles over some with a failure of its own.
      if (isAppError(error) && !isAppError(error, "store/unreachable") && !isAppError(error, "store/timeout")) {
        return { refused: true };
      }
      throw error;
    }
  }

  function decide(filter: string): Answer {
    try {
      const parsed = parseFilter(filter);
      const matching = runs.filter((run) => matchesFilter(run, parsed)).sort(runComparator([]));
      return { runs: matching.map((run) => recorded.keyOf.get(run.runId) ?? run.runId) };
    } catch (error) {
      if (isAppError(error, "filter/invalid")) {
        return { refused: true };
      }
      throw error;
    }
  }

  test("answers what was recorded", async () => {
    // A store takes a filter of blanks for none and never sends it.
    for (const { filter, ...expected } of answers.filters.filter((entry) => entry.filter === "" || entry.filter.trim() !== "")) {
      expect({ filter, ...(await ask(withRunIds(filter, recorded.idOf), [])) }).toEqual({ filter, ...expected });
    }
    for (const { orderBy, ...expected } of answers.orders) {
      expect({ orderBy, ...(await ask("", orderBy)) }).toEqual({ orderBy, ...expected });
    }
  });

  test("agrees with our own parser on filters that were made up", async () => {
    for (const filter of madeUpFilters(250).filter((text) => major === 3 || !(differsInMlflow2(text) || failsInMlflow2(text)))) {
      expect({ filter, ...(await ask(filter, [])) }).toEqual({ filter, ...decide(filter) });
    }
  });
});

/** MLflow 2 joins a condition on a dataset wrongly to one on another table, and its database refuses the statement. */
function failsInMlflow2(filter: string): boolean {
  return filter.includes("dataset.") && /metric|param|tag|run.name/i.test(filter);
}

/** Filters of the language and near it, the same ones each time. */
function madeUpFilters(count: number): readonly string[] {
  let state = 11;
  const pick = (items: readonly string[]): string => {
    state = (state * 48271) % 2147483647;
    return items[state % items.length] ?? "";
  };
  const numbers = ["0.5", ".5", "1e-1", "-1", "5E-1", "1.", "'0.5'", "abc"];
  const texts = ["'adam'", '"sgd"', "'%a%'", "'_dam'", "'Alice'", "''", "adam", "0.1", "`adam`", "'it''s'"];
  const condition = (): string => {
    switch (pick(["metric", "text", "attribute", "time", "dataset", "null"])) {
      case "metric":
        return `${pick(["metrics", "metric", "Metrics"])}.${pick(["acc", "`val/acc`", '"loss"', "nothing"])} ${pick(["=", "!=", "<", "<=", ">", ">=", "LIKE", "~"])} ${pick(numbers)}`;
      case "text":
        return `${pick(["params", "param", "tags", "tag"])}.${pick(["optimizer", "lr", "owner", "`layers/depth`", "mlflow.user"])} ${pick(["=", "!=", "LIKE", "ilike", ">"])} ${pick(texts)}`;
      case "attribute":
        return `${pick(["", "attributes.", "run."])}${pick(["status", "run_name", "`Run name`", "user_id", "duration"])} ${pick(["=", "!=", "LIKE", "ILIKE", "IN"])} ${pick(["'FINISHED'", "'resnet%'", "'RESNET-0_'", "'failed'", "1"])}`;
      case "time":
        return `${pick(["start_time", "attributes.end_time", "created"])} ${pick(["<", ">=", "!=", "LIKE"])} ${pick(["1750030000000", "1.75e12", "'1'"])}`;
      case "dataset":
        return `dataset.${pick(["name", "digest", "context", "source"])} ${pick(["=", "!=", "LIKE", "IN", "NOT IN"])} ${pick(["'churn-train'", "'churn%'", "('validation', 'x')", "('churn-val')", "()"])}`;
      default:
        return `${pick(["params.lr", "tags.release", "metrics.acc", "status"])} ${pick(["IS NULL", "is not null", "IS"])}`;
    }
  };
  const join = (): string => pick([" AND ", " and ", " AND ", " OR ", ", "]);
  return Array.from({ length: count }, () => condition() + (pick(["one", "two"]) === "two" ? join() + condition() : ""));
}
