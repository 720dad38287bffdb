import { expect, test } from "vitest";
import { isAppError } from "../../../src/core/base/appError";
import { html, json, never, open, refusal, route, run, startServer, type Answer } from "./scriptedServer";

const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 100 } as const;

test("numbers that JSON does not have, absent lists and unknown fields", async () => {
  const metrics = [
    { key: "nan", value: "NaN", timestamp: 1, step: 2 },
    { key: "inf", value: "Infinity", timestamp: 1, step: 2 },
    { key: "clamped", value: -1.7976931348623157e308, timestamp: "1700000000000", step: "3" },
    { key: "__proto__", value: 1, timestamp: 1 },
  ];
  const reply = {
    runs: [
      { info: { run_uuid: "old", experiment_id: "1", novel: {} }, data: { metrics, novel: 1 } },
      { info: { run_id: "bare", experiment_id: 559812253 } },
    ],
  };
  const store = await open((await startServer(route({ "/runs/search": json(reply) }))).url);
  const [old, bare] = (await store.searchRuns(query, never)).items;
  expect(old?.runId).toBe("old");
  expect(old?.metrics.get("nan")?.value).toBeNaN();
  expect(old?.metrics.get("inf")?.value).toBe(Infinity);
  expect(old?.metrics.get("clamped")).toEqual({ value: -Infinity, timestamp: 1_700_000_000_000, step: 3 });
  expect(old?.metrics.get("__proto__")).toEqual({ value: 1, timestamp: 1, step: 0 });
  expect(bare).toEqual({
    runId: "bare",
    experimentId: "559812253",
    name: "",
    status: "UNKNOWN",
    lifecycleStage: "active",
    startTime: null,
    endTime: null,
    userId: "",
    artifactUri: "",
    parentRunId: null,
    params: new Map(),
    metrics: new Map(),
    tags: new Map(),
    inputs: [],
    outputs: [],
  });
});

test.each<[string, unknown, string]>([
  ["a run without an id", { info: { experiment_id: "1" } }, "the top"],
  ["a run that is text", "run", "the top"],
  ["metrics that are no list", { info: { run_id: "a", experiment_id: "1" }, data: { metrics: "none" } }, "data.metrics"],
  ["a param without a key", { info: { run_id: "a", experiment_id: "1" }, data: { params: [{ value: "x" }] } }, "data.params.0.key"],
])("%s is told with its place", async (_what, record, place) => {
  const store = await open((await startServer(route({ "/runs/search": json({ runs: [record] }) }))).url);
  const error: unknown = await store.searchRuns(query, never).catch((reason: unknown) => reason);
  expect(isAppError(error, "store/bad-reply") && error.message).toContain(`(at ${place})`);
});

test("names of 10,000 characters, emoji and markup pass unchanged", async () => {
  const name = `🚀<script>alert(1)</script>\n${"x".repeat(10_000)}`;
  const reply = { runs: [{ info: { run_id: "a", experiment_id: "1", run_name: name }, data: { tags: [{ key: name, value: name }] } }] };
  const store = await open((await startServer(route({ "/runs/search": json(reply) }))).url);
  const [item] = (await store.searchRuns(query, never)).items;
  expect(item?.name).toBe(name);
  expect(item?.tags.get(name)).toBe(name);
});

test("curves of a few runs are read to the end and keep every point", async () => {
  const pages: Answer = (request, response) => {
    const isFirst = request.query.get("page_token") === null;
    const metrics = isFirst
      ? [
          { key: "loss", value: 3, timestamp: 1, step: -5 },
          { key: "loss", value: "NaN", timestamp: 2, step: 0 },
        ]
      : [
          { key: "loss", value: 1, timestamp: 3, step: 1 },
          { key: "loss", value: 1, timestamp: 3, step: 1 },
        ];
    json({ metrics, ...(isFirst ? { next_page_token: "2" } : {}) })(request, response);
  };
  const store = await open((await startServer(route({ "/metrics/get-history": pages }))).url);
  const history = (await store.getMetricHistories(["a"], "loss", { maxPoints: 100 }, never)).get("a");
  expect(history?.points.map(({ step, value }) => [step, value])).toEqual([
    [-5, 3],
    [0, NaN],
    [1, 1],
  ]);
  expect(history).toMatchObject({ total: 3, min: 1, max: 3, exact: true });
});

const manyIds = Array.from({ length: 250 }, (_, index) => `r${index}`);

test("curves of many runs come in calls of at most 100 runs, steps below 0 included", async () => {
  const server = await startServer(
    route({
      "/get-history-bulk-interval": (request, response) => {
        const step = request.query.has("start_step") ? -1 : 7;
        const metrics = request.query.getAll("run_ids").map((id) => ({ key: "loss", value: step, timestamp: 1, step, run_id: id }));
        json({ metrics: metrics.filter(({ run_id: id }) => id !== "r0") })(request, response);
      },
    }),
  );
  const store = await open(server.url);
  const histories = await store.getMetricHistories(manyIds, "loss", { maxPoints: 10 }, never);
  expect(histories.size).toBe(249);
  expect(histories.get("r249")).toMatchObject({ total: 2, min: -1, max: 7, exact: true });
  const calls = server.seen.filter(({ path }) => path.endsWith("bulk-interval")).map((seen) => seen.query.getAll("run_ids").length);
  expect(Math.max(...calls)).toBe(100);
});

test("a sampled curve says that it is not exact", async () => {
  const server = await startServer(
    route({
      "/get-history-bulk-interval": (request, response) => {
        const points = request.query.has("start_step") ? 0 : Number(request.query.get("max_results"));
        const metrics = Array.from({ length: points }, (_, step) => ({ key: "loss", value: step, timestamp: 1, step, run_id: "r0" }));
        json({ metrics })(request, response);
      },
    }),
  );
  const histories = await (await open(server.url)).getMetricHistories(manyIds.slice(0, 5), "loss", { maxPoints: 10 }, never);
  expect(histories.get("r0")?.exact).toBe(false);
});

test("one run that is gone does not cost the other runs their curves", async () => {
  const gone = refusal(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=r1 not found");
  const server = await startServer(
    route({
      "/get-history-bulk-interval": gone,
      "/get-history": (request, response) => {
        const found = json({ metrics: [{ key: "loss", value: 1, timestamp: 1, step: 1 }] });
        (request.query.get("run_id") === "r1" ? gone : found)(request, response);
      },
    }),
  );
  const histories = await (await open(server.url)).getMetricHistories(manyIds.slice(0, 6), "loss", { maxPoints: 10 }, never);
  expect([...histories.keys()]).toEqual(["r0", "r2", "r3", "r4", "r5"]);
});

test("model versions get their aliases from the model, and a version with a look-alike name is dropped", async () => {
  const model = {
    name: 'it\'s "x"',
    aliases: [
      { alias: "champion", version: "2" },
      { alias: "best", version: "2" },
    ],
  };
  const versions = [
    { name: model.name, version: "2", run_id: "r" },
    { name: 'it_s "x"', version: "1" },
    { name: model.name, version: 1 },
  ];
  const server = await startServer(
    route({ "/registered-models/get": json({ registered_model: model }), "/model-versions/search": json({ model_versions: versions }) }),
  );
  const page = await (await open(server.url)).searchModelVersions(model.name, { pageSize: 10 }, never);
  expect(page.items.map(({ version, aliases, runId, stage }) => [version, aliases, runId, stage])).toEqual([
    ["2", ["best", "champion"], "r", "None"],
    ["1", [], null, "None"],
  ]);
  expect(server.seen.at(-1)?.query.get("filter")).toBe("name LIKE 'it_s \"x\"'");
});

test.each([
  ["plain", "name='plain'"],
  ["it's", 'name="it\'s"'],
  ['"quoted"', "name='\"quoted\"'"],
])("the name %s is quoted as %s", async (name, filter) => {
  const server = await startServer(
    route({ "/registered-models/get": json({ registered_model: { name } }), "/model-versions/search": json({}) }),
  );
  await (await open(server.url)).searchModelVersions(name, { pageSize: 10 }, never);
  expect(server.seen.at(-1)?.query.get("filter")).toBe(filter);
});

test.each(["../secret", "a/../../b", "/etc/passwd", "a\\..\\b", "%2e%2e/x", "C:/x", "a\0b"])(
  "the artifact path %j is refused before it is sent",
  async (path) => {
    const server = await startServer(route({}));
    const store = await open(server.url);
    const before = server.seen.length;
    const isOutside = (error: unknown): boolean => isAppError(error, "artifact/outside-root");
    for (const owner of [
      { kind: "run", runId: "r" },
      { kind: "loggedModel", modelId: "m" },
      { kind: "modelVersion", modelName: "m", version: "1" },
    ] as const) {
      await expect(store.listArtifacts(owner, path, never)).rejects.toSatisfy(isOutside);
      await expect(store.readArtifact(owner, path, { maxBytes: 10 }, never)).rejects.toSatisfy(isOutside);
    }
    expect(server.seen).toHaveLength(before);
  },
);

test("artifact entries outside the listed folder are dropped, folders come first", async () => {
  const files = [
    { path: "plots/z.png", file_size: "12" },
    { path: "plots/größe 1%.txt", file_size: 3 },
    { path: "plots/sub", is_dir: true },
    { path: "plots/../../etc/passwd" },
    { path: "/etc/passwd" },
    { path: "other/a" },
    { path: "plots" },
  ];
  const server = await startServer(route({ "/artifacts/list": json({ files }) }));
  const entries = await (await open(server.url)).listArtifacts({ kind: "run", runId: "r" }, "plots", never);
  expect(entries).toEqual([
    { path: "plots/sub", isDirectory: true, size: null, modifiedTime: null },
    { path: "plots/größe 1%.txt", isDirectory: false, size: 3, modifiedTime: null },
    { path: "plots/z.png", isDirectory: false, size: 12, modifiedTime: null },
  ]);
});

test("a server that fails on a file: missing where the folder does not list it, else a fault", async () => {
  const server = await startServer(
    route({ "/get-artifact": html(500), "/artifacts/list": json({ files: [{ path: "sub/there.txt", file_size: 3 }] }) }),
  );
  const store = await open(server.url, { timeoutMs: 100 });
  const read = (path: string): Promise<unknown> => store.readArtifact({ kind: "run", runId: "r" }, path, { maxBytes: 10 }, never);
  await expect(read("sub/gone.txt")).rejects.toSatisfy((error) => isAppError(error, "artifact/not-found"));
  await expect(read("sub/there.txt")).rejects.toSatisfy((error) => isAppError(error, "store/bad-reply"));
});

test("what changed since the last look is named", async () => {
  let experiments: object[] = [{ experiment_id: "1", name: "one", lifecycle_stage: "active", last_update_time: 5 }];
  let runs = [run("a"), run("b")];
  let model: object = { name: "m:1", last_updated_timestamp: 1 };
  const later =
    (value: () => object): Answer =>
    (request, response) =>
      json(value())(request, response);
  const server = await startServer(
    route({
      "/experiments/search": later(() => ({ experiments })),
      "/runs/search": later(() => ({ runs })),
      "/registered-models/search": later(() => ({ registered_models: [model] })),
      "/model-versions/search": json({ model_versions: [{ name: "m:1", version: "1" }] }),
    }),
  );
  const store = await open(server.url);
  const none = { experiments: [], runs: [], models: [] };
  expect(await store.checkForChanges(never)).toEqual(none);
  expect(await store.checkForChanges(never)).toEqual(none);
  runs = [run("new"), run("a", { startTime: 2 }), run("b")].map((record, index) =>
    index === 1 ? { ...record, data: { tags: [{ key: "t", value: "1" }] } } : record,
  );
  expect(await store.checkForChanges(never)).toEqual({ experiments: ["1"], runs: ["new", "a"], models: [] });
  runs = runs.slice(0, 2);
  model = { name: "m:1", last_updated_timestamp: 2 };
  expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: ["b"], models: ["m:1"] });
  experiments = [...experiments, { experiment_id: "2", name: "two" }];
  expect(await store.checkForChanges(never)).toEqual({ experiments: ["2"], runs: [], models: [] });
});
