import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ModelVersion, RegisteredModel } from "../../../src/core/tracking/registeredModel";
import type { Experiment } from "../../../src/core/tracking/experiment";
import { differsInMlflow2 } from "../../builders/filterAnswers";
import { mlops } from "../../builders/memoryHost";
import { fixturePath, recordedRuns, type RecordedStore } from "../../builders/recordedRuns";

type Pairs = readonly (readonly [string, string])[];

interface Expected {
  readonly experiments: readonly (Omit<Experiment, "tags"> & { readonly tags: Pairs })[];
  readonly histories: readonly {
    readonly runId: string;
    readonly key: string;
    readonly points: readonly (readonly [number, number, number | string])[];
  }[];
  readonly models: readonly (Omit<RegisteredModel, "tags" | "aliases"> & {
    readonly tags: Pairs;
    readonly aliases: Pairs;
    readonly versions: readonly (Omit<ModelVersion, "tags"> & { readonly tags: Pairs })[];
  })[];
  readonly queries: readonly {
    readonly experimentIds: readonly string[];
    readonly filter: string | null;
    readonly orderBy: readonly string[];
    readonly lifecycle: string;
    readonly runIds: readonly string[];
  }[];
}

/** A database holds the largest double for an infinity; JSON lacks NaN and infinities. */
function word(value: number | string): number | string {
  const number = Number(value);
  return Number.isNaN(number) ? "NaN" : Math.abs(number) >= Number.MAX_VALUE ? (number > 0 ? "Infinity" : "-Infinity") : number;
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** MLflow 2's file store reads a backslash in LIKE as an escape; its database and MLflow 3 do not, and we follow those. */
const ONLY_MLFLOW_2_FILES = "params.quote LIKE '50\\%%'";

const stores: readonly { readonly store: RecordedStore; readonly file: string }[] = [
  { store: "v2-sqlite", file: "mlflow.db" },
  { store: "v3-sqlite", file: "mlflow.db" },
  { store: "v2-file", file: "mlruns" },
  { store: "v3-file", file: "mlruns" },
];

describe.each(stores)("mlops on $store", ({ store, file }) => {
  const expected = JSON.parse(readFileSync(fixturePath(`${store}/expected.json`), "utf8")) as Expected;
  const path = fixturePath(`${store}/${file}`);
  const { runs } = recordedRuns(store);
  const nameOf = new Map(expected.experiments.map((experiment) => [experiment.experimentId, experiment.name]));

  async function json(...args: string[]): Promise<unknown> {
    const { code, stdout, stderr } = await mlops([...args, "--store", path, "--json", "--quiet"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout);
  }

  it("lists all active runs with everything that MLflow's client gives", async () => {
    const listed = ((await json("runs")) as { runs: { run_id: string; inputs: { name: string }[] }[] }).runs;
    const wanted = runs
      .filter((run) => run.lifecycleStage === "active")
      .map((run) => ({
        run_id: run.runId,
        run_name: run.name,
        experiment_id: run.experimentId,
        experiment: nameOf.get(run.experimentId),
        status: run.status,
        lifecycle_stage: run.lifecycleStage,
        start_time: run.startTime,
        end_time: run.endTime,
        user: run.userId,
        parent_run_id: run.parentRunId,
        params: Object.fromEntries(run.params),
        metrics: Object.fromEntries([...run.metrics].map(([key, { value }]) => [key, word(value)])),
        tags: Object.fromEntries(run.tags),
        inputs: run.inputs.map((input) => ({
          name: input.name,
          digest: input.digest,
          source_type: input.sourceType,
          context: input.context,
        })),
      }));
    const byId = new Map(listed.map((run) => [run.run_id, run]));
    expect(listed).toHaveLength(wanted.length);
    for (const run of wanted) {
      const found = byId.get(run.run_id);
      // Neither MLflow nor we promise an order of a run's datasets.
      expect({ ...found, inputs: byName(found?.inputs ?? []) }).toMatchObject({ ...run, inputs: byName(run.inputs) });
    }
  });

  it("lists deleted runs and experiments only with --deleted", async () => {
    const all = (await json("runs", "--deleted")) as { runs: { run_id: string; lifecycle_stage: string }[] };
    expect(new Map(all.runs.map((run) => [run.run_id, run.lifecycle_stage]))).toEqual(
      new Map(runs.map((run) => [run.runId, run.lifecycleStage])),
    );
    const active = (await json("experiments")) as { experiments: { name: string }[] };
    expect(active.experiments.map(({ name }) => name)).not.toContain("retired");
  });

  it("filters and orders as MLflow does", async () => {
    for (const query of expected.queries.filter(({ lifecycle, experimentIds }) => lifecycle === "active" && experimentIds.length === 1)) {
      const experiment = nameOf.get(query.experimentIds[0] ?? "") ?? "";
      if (experiment === "retired" || (store === "v2-file" && query.filter === ONLY_MLFLOW_2_FILES)) {
        continue;
      }
      // MLflow 2 takes NaN for zero in its database.
      if (store === "v2-sqlite" && differsInMlflow2(query.filter ?? "")) {
        continue;
      }
      const filter = query.filter === null ? [] : ["--filter", query.filter];
      const order = query.orderBy.flatMap((term) => ["--order-by", term]);
      const listed = (await json("runs", "--experiment", experiment, ...filter, ...order)) as { runs: { run_id: string }[] };
      expect({ query, ids: listed.runs.map(({ run_id: id }) => id) }).toEqual({ query, ids: query.runIds });
    }
  });

  it("lists experiments, deleted ones too", async () => {
    const { experiments } = (await json("experiments", "--deleted")) as { experiments: { experiment_id: string }[] };
    const wanted = expected.experiments.map((experiment) => ({
      experiment_id: experiment.experimentId,
      name: experiment.name,
      lifecycle_stage: experiment.lifecycleStage,
      tags: Object.fromEntries(experiment.tags),
    }));
    expect(experiments).toHaveLength(wanted.length);
    for (const experiment of wanted) {
      expect(experiments.find(({ experiment_id: id }) => id === experiment.experiment_id)).toMatchObject(experiment);
    }
  });

  it("writes every point of a metric", async () => {
    for (const { runId, key, points } of expected.histories) {
      const history = (await json("history", "--run", runId, "--metric", key)) as { points: object[] };
      expect(history.points).toEqual(points.map(([step, timestamp, value]) => ({ step, timestamp, value: word(value) })));
    }
  });

  it("lists models with their versions", async () => {
    const { models } = (await json("models")) as { models: unknown[] };
    expect(models).toEqual(
      expected.models.map((model) => ({
        name: model.name,
        description: model.description,
        tags: Object.fromEntries(model.tags),
        aliases: Object.fromEntries(model.aliases),
        versions: model.versions.map((version) => ({
          version: version.version,
          stage: version.stage,
          status: version.status,
          run_id: version.runId,
          description: version.description,
          tags: Object.fromEntries(version.tags),
          aliases: version.aliases,
        })),
      })),
    );
  });
});
