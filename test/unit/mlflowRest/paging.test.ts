import { expect, test } from "vitest";
import { isAppError } from "../../../src/core/base/appError";
import type { Store } from "../../../src/core/tracking/store";
import type { RunQuery } from "../../../src/core/tracking/trackingStore";
import { json, never, open, refusal, route, run, startServer, type Answer, type SeenRequest } from "./scriptedServer";

interface SearchBody {
  readonly filter: string;
  readonly max_results: number;
  readonly page_token?: string;
  readonly experiment_ids: readonly string[];
}

const bodyOf = (request: SeenRequest): SearchBody => request.body as SearchBody;

/** Pages through a list by offset, as MLflow does; the list is asked for anew on each call, so that it may shift. */
function byOffset(runs: () => readonly object[], accepts: (filter: string) => boolean = () => true): Answer {
  return (request, response) => {
    const { filter, max_results: size, page_token: token } = bodyOf(request);
    if (!accepts(filter)) {
      refusal(400, "INVALID_PARAMETER_VALUE", "Invalid clause(s) in filter string")(request, response);
      return;
    }
    const all = select(runs(), filter);
    const offset = token === undefined ? 0 : Number(token);
    const isMore = offset + size < all.length;
    json({ runs: all.slice(offset, offset + size), ...(isMore ? { next_page_token: String(offset + size) } : {}) })(request, response);
  };
}

/** The few conditions that the store itself adds. */
function select(runs: readonly object[], filter: string): readonly object[] {
  const records = runs as readonly { info: { run_id: string }; data: { tags: { value: string }[] } }[];
  const ids = /run_id IN \((.*)\)/.exec(filter)?.[1];
  if (ids !== undefined) {
    return records.filter((record) => ids.includes(`'${record.info.run_id}'`));
  }
  if (filter.includes("IS NOT NULL")) {
    return records.filter((record) => record.data.tags.length > 0);
  }
  if (filter.includes("IS NULL")) {
    return records.filter((record) => record.data.tags.length === 0);
  }
  const parent = /mlflow\.parentRunId` = '(.*)'/.exec(filter)?.[1];
  return parent === undefined ? records : records.filter((record) => record.data.tags[0]?.value === parent);
}

const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 3 } as const;

async function allPages(store: Store, base: RunQuery): Promise<string[][]> {
  const pages: string[][] = [];
  let pageToken: string | undefined;
  do {
    const page = await store.searchRuns({ ...base, ...(pageToken === undefined ? {} : { pageToken }) }, never);
    pages.push(page.items.map((item) => item.runId));
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return pages;
}

test("a run that a growing list pushes onto the next page is not shown twice, and the page is filled", async () => {
  let runs = ["e", "d", "c", "b", "a"].map((id) => run(id));
  const store = await open((await startServer(route({ "/runs/search": byOffset(() => runs) }))).url);
  const first = await store.searchRuns(query, never);
  expect(first.items.map((item) => item.runId)).toEqual(["e", "d", "c"]);
  runs = [run("g"), run("f"), ...runs];
  const second = await store.searchRuns({ ...query, pageToken: first.nextPageToken ?? "" }, never);
  expect(second.items.map((item) => item.runId)).toEqual(["b", "a"]);
  expect(second.nextPageToken).toBeNull();
});

test("a page that is asked for again is the same page", async () => {
  const runs = ["d", "c", "b", "a"].map((id) => run(id));
  const store = await open((await startServer(route({ "/runs/search": byOffset(() => runs) }))).url);
  const { nextPageToken } = await store.searchRuns({ ...query, pageSize: 2 }, never);
  const again = { ...query, pageSize: 2, pageToken: nextPageToken ?? "" };
  const once = await store.searchRuns(again, never);
  const twice = await store.searchRuns(again, never);
  expect(once.items.map((item) => item.runId)).toEqual(["b", "a"]);
  expect(twice.items).toEqual(once.items);
});

test("two lists that are paged at the same time do not hide each other's runs", async () => {
  const runs = ["b", "a"].map((id) => run(id));
  const store = await open((await startServer(route({ "/runs/search": byOffset(() => runs) }))).url);
  await store.searchRuns({ ...query, pageSize: 1 }, never);
  expect((await store.searchRuns(query, never)).items).toHaveLength(2);
});

test("a token that repeats itself ends the list", async () => {
  const stuck = json({ runs: [run("a")], next_page_token: "same" });
  const store = await open((await startServer(route({ "/runs/search": stuck }))).url);
  expect(await allPages(store, { ...query, pageSize: 1 })).toEqual([["a"], []]);
});

test("a made-up page token is refused before anything is sent", async () => {
  const server = await startServer(route({}));
  const store = await open(server.url);
  const before = server.seen.length;
  await expect(store.searchRuns({ ...query, pageToken: "eyJvZmZzZXQiOiAxfQ==" }, never)).rejects.toSatisfy((error) =>
    isAppError(error, "usage"),
  );
  expect(server.seen).toHaveLength(before);
});

test("no experiments means no runs, without asking", async () => {
  const server = await startServer(route({}));
  const store = await open(server.url);
  const before = server.seen.length;
  expect((await store.searchRuns({ ...query, experimentIds: [] }, never)).items).toEqual([]);
  expect(server.seen).toHaveLength(before);
});

test("a very large page is fetched in parts", async () => {
  const runs = Array.from({ length: 2500 }, (_, index) => run(`r${index}`));
  const server = await startServer(route({ "/runs/search": byOffset(() => runs) }));
  const store = await open(server.url);
  const page = await store.searchRuns({ ...query, pageSize: 10_000 }, never);
  expect(page.items).toHaveLength(2500);
  expect(page.nextPageToken).toBeNull();
  expect(server.seen.filter(({ path }) => path.endsWith("runs/search")).map((seen) => bodyOf(seen).max_results)).toEqual([
    1000, 1000, 1000,
  ]);
});

const family = [
  run("plain"),
  run("child-2", { parent: "parent" }),
  run("child-1", { parent: "parent" }),
  run("orphan", { parent: "gone" }),
  run("self", { parent: "self" }),
  run("odd", { parent: 'it\'s "odd"' }),
  run("parent"),
];

test.each([
  ["MLflow 3, which can ask for an absent tag", () => true],
  ["MLflow 2, which cannot", (filter: string) => !filter.includes("NULL")],
])("roots with %s: children go, orphans stay in their place", async (_which, accepts) => {
  const store = await open((await startServer(route({ "/runs/search": byOffset(() => family, accepts) }))).url);
  const roots = { ...query, pageSize: 10, nesting: { kind: "roots" } } as const;
  expect(await allPages(store, roots)).toEqual([["plain", "orphan", "self", "odd", "parent"]]);
  for (const pageSize of [1, 2, 3]) {
    expect((await allPages(store, { ...roots, pageSize })).flat()).toEqual(["plain", "orphan", "self", "odd", "parent"]);
  }
});

test("an old server is asked for absent tags only once", async () => {
  const server = await startServer(
    route({
      "/runs/search": byOffset(
        () => family,
        (filter) => !filter.includes("NULL"),
      ),
    }),
  );
  const store = await open(server.url);
  await allPages(store, { ...query, nesting: { kind: "roots" } });
  await allPages(store, { ...query, nesting: { kind: "roots" } });
  expect(server.seen.filter(({ body }) => JSON.stringify(body ?? "").includes("NULL"))).toHaveLength(1);
});

test("a filter that is wrong stays wrong with roots, and does not mark the server as old", async () => {
  const server = await startServer(
    route({
      "/runs/search": byOffset(
        () => family,
        (filter) => !filter.includes("(("),
      ),
    }),
  );
  const store = await open(server.url);
  const roots = { ...query, nesting: { kind: "roots" } } as const;
  await expect(store.searchRuns({ ...roots, filter: "((" }, never)).rejects.toSatisfy((error) => isAppError(error, "filter/invalid"));
  const before = server.seen.length;
  await store.searchRuns({ ...roots, filter: "metrics.auc > 0.5" }, never);
  expect(bodyOf(server.seen[before]!).filter).toBe("metrics.auc > 0.5 and tags.`mlflow.parentRunId` IS NOT NULL");
});

test("orphans among very many children come after the roots", async () => {
  const children = Array.from({ length: 1500 }, (_, index) => run(`c${index}`, { parent: "parent" }));
  const runs = [run("parent"), ...children, run("orphan", { parent: "gone" })];
  const store = await open((await startServer(route({ "/runs/search": byOffset(() => runs) }))).url);
  const roots = { ...query, pageSize: 100, nesting: { kind: "roots" } } as const;
  const first = await store.searchRuns(roots, never);
  expect(first.items.map((item) => item.runId)).toEqual(["parent"]);
  expect((await allPages(store, roots)).flat()).toEqual(["parent", "orphan"]);
});

test("children of a run; a run that is its own parent is not its own child", async () => {
  const store = await open((await startServer(route({ "/runs/search": byOffset(() => family) }))).url);
  expect(await allPages(store, { ...query, nesting: { kind: "childrenOf", runId: "parent" } })).toEqual([["child-2", "child-1"]]);
  expect(await allPages(store, { ...query, nesting: { kind: "childrenOf", runId: "self" } })).toEqual([[]]);
  expect(await allPages(store, { ...query, nesting: { kind: "childrenOf", runId: "x' or '1'='1" } })).toEqual([[]]);
});
