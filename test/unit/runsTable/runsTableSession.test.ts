import { afterEach, expect, it } from "vitest";

import { DEFAULT_LAYOUT } from "../../../src/core/table/tableLayout";
import type { Run } from "../../../src/core/tracking/run";
import type { Store } from "../../../src/core/tracking/store";
import { StoreCatalog } from "../../../src/core/tracking/storeCatalog";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import type { StoreChange } from "../../../src/core/tracking/trackingStore";
import { toRunsCsv } from "../../../src/editor/runs/runsTableCsv";
import { RunsTableSession } from "../../../src/editor/runs/runsTableSession";
import type { RunsTableTarget } from "../../../src/editor/runs/runsTableTarget";
import type { TableLayout } from "../../../src/protocol/runsTable";
import { generatedStore, type GeneratedStoreOptions } from "../../webview/stories/generatedStore";

const LOCAL: StoreLocation = { kind: "file", path: "/local" };
const SERVER: StoreLocation = { kind: "rest", url: "http://server" };
const SOME: GeneratedStoreOptions = { runs: 450, params: 3, metrics: 2, delay: 0 };
const signal = new AbortController().signal;
const sessions: RunsTableSession[] = [];

afterEach(() => sessions.splice(0).forEach((session) => session.dispose()));

function open(
  stores: readonly (readonly [StoreLocation, Store])[],
  layout: Partial<TableLayout> = {},
  target: RunsTableTarget = { experiments: [] },
) {
  const catalog = new StoreCatalog(
    { open: (location) => Promise.resolve(stores.find(([where]) => where === location)?.[1] ?? generatedStore(SOME)) },
    () => 0,
  );
  catalog.setFound(stores.map(([location]) => ({ location, label: location.kind, origin: "test" })));
  const errors: unknown[] = [];
  const session = new RunsTableSession(catalog, target, { ...DEFAULT_LAYOUT, ...layout }, (error) => errors.push(error));
  sessions.push(session);
  session.load();
  return { catalog, session, errors };
}

/** Waits for a state that must come; vitest's time limit ends a wait for one that does not. */
function until(session: RunsTableSession, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (holds()) {
        resolve();
      }
    };
    session.onDidChangeState(check);
    session.onDidChangeLines(check);
    check();
  });
}

const complete = (session: RunsTableSession, runs: number): Promise<void> =>
  until(session, () => session.state().loading === "complete" && session.state().loadedRuns === runs && session.view.rows.length === runs);

/** A store whose runs the test changes. */
function changingStore(initial: GeneratedStoreOptions) {
  const inner = generatedStore(initial);
  let change: StoreChange = { experiments: [], runs: [], models: [] };
  const edits = new Map<string, Run | null>();
  const store: Store = {
    ...inner,
    getRun: async (runId, abort) => edits.get(runId) ?? (await inner.getRun(runId, abort)),
    checkForChanges: () => {
      const answer = change;
      change = { experiments: [], runs: [], models: [] };
      return Promise.resolve(answer);
    },
  };
  const edit = async (runId: string, edited: (run: Run) => Run): Promise<void> => {
    edits.set(runId, edited(await inner.getRun(runId, signal)));
    change = { ...change, runs: [...(change.runs === "all" ? [] : change.runs), runId] };
  };
  return { store, edit };
}

it("reads all pages of all stores", async () => {
  const { session } = open([
    [LOCAL, generatedStore(SOME)],
    [SERVER, generatedStore({ ...SOME, runs: 7 })],
  ]);
  await complete(session, 457);
  expect(session.state().problems).toEqual([]);
  expect(session.columns.columns.find((column) => column.id === "attribute:store")?.visibility).toBe("visible");
});

it("shows the other stores' runs when one fails, marks its own as old, and takes it back", async () => {
  const server = { ...SOME, runs: 5, fails: true };
  const { session, catalog, errors } = open([
    [LOCAL, generatedStore(SOME)],
    [SERVER, generatedStore(server)],
  ]);
  await complete(session, 450);
  expect(session.state().problems).toMatchObject([{ storeLabel: "rest", hasRows: false, remedy: expect.any(String) as string }]);
  expect(errors).toHaveLength(1);

  server.fails = false;
  session.retry("http://server");
  await complete(session, 455);
  expect(session.state().problems).toEqual([]);

  server.fails = true;
  await catalog
    .use("http://server", signal, (store) => store.searchExperiments({ lifecycle: "all", pageSize: 1 }, signal))
    .catch(() => undefined);
  await until(session, () => session.state().problems.length === 1);
  expect(session.state()).toMatchObject({ loadedRuns: 455, problems: [{ hasRows: true }] });
  const stale = session.lines(0, 455, []).filter((line) => line.kind === "run" && line.stale);
  expect(stale).toHaveLength(5);
});

it("follows a change of single runs: edits, deletions and runs that move away", async () => {
  const { store, edit } = changingStore({ ...SOME, runs: 20 });
  const { session, catalog } = open([[LOCAL, store]]);
  await complete(session, 20);
  const id = (index: number): string => String(index).padStart(8, "0") + "0123456789abcdef01234567";
  await edit(id(3), (run) => ({ ...run, name: "renamed" }));
  await edit(id(4), (run) => ({ ...run, lifecycleStage: "deleted" }));
  await edit(id(5), (run) => ({ ...run, experimentId: "elsewhere" }));
  await catalog.poll(signal);
  await complete(session, 18);
  const row = session.table.row("file:/local", id(3)) ?? -1;
  expect(session.table.column("attribute:name")?.get(row)).toBe("renamed");
});

it("answers nothing for lines of an older revision", async () => {
  const { session } = open([[LOCAL, generatedStore(SOME)]]);
  await complete(session, 450);
  const { revision } = session.state();
  session.setFilter("fox");
  await session.settled();
  expect(session.isCurrent(revision)).toBe(false);
  expect(session.state()).toMatchObject({ shownRuns: 150, loadedRuns: 450, filter: { mode: "contains", error: null } });
});

it("keeps the rows while a filter is not understood, and says why", async () => {
  const { session } = open([[LOCAL, generatedStore(SOME)]]);
  await complete(session, 450);
  session.setFilter("metrics.val_auc > 0.5");
  await session.settled();
  const shown = session.state().shownRuns;
  expect(shown).toBeLessThan(450);
  session.setFilter("metrics.val_auc > ");
  await session.settled();
  expect(session.state().shownRuns).toBe(shown);
  expect(session.state().filter.error).toMatch(/\w/);
});

it("stops when cancelled, says that there may be more, and reads all on demand", async () => {
  const { session } = open([[LOCAL, generatedStore({ ...SOME, runs: 5000, delay: 50 })]]);
  await until(session, () => session.state().loadedRuns > 0);
  session.cancelLoading();
  await until(session, () => session.state().loading === "stopped");
  expect(session.state().loadedRuns).toBeLessThan(5000);
  session.retry(null);
  await complete(session, 5000);
});

it("reads every run's history to sort by the best value", async () => {
  const { session } = open([[LOCAL, generatedStore({ ...SOME, runs: 120 })]], {
    sort: [{ column: "metric:val_auc", descending: true }],
    aggregates: { "metric:val_auc": "max" },
  });
  await complete(session, 120);
  const values = (): number[] =>
    [...session.view.rows].flatMap((row) =>
      session.table.column("metric:val_auc")?.get(row) === null ? [] : [session.table.summary("val_auc", row)?.max ?? NaN],
    );
  await until(session, () => session.state().reading === null && values().every((value) => !Number.isNaN(value)));
  await session.settled();
  expect(values()).toEqual([...values()].sort((a, b) => b - a));
});

it("reads the curves of the lines that are asked for", async () => {
  const { session } = open([[LOCAL, generatedStore({ ...SOME, runs: 30 })]]);
  await complete(session, 30);
  session.lines(0, 10, ["metric:val_auc"]);
  await until(session, () =>
    session
      .lines(0, 10, ["metric:val_auc"])
      .every((line) => line.kind === "run" && (line.cells[0] === null || !(line.cells[0] as { pending: boolean }).pending)),
  );
  expect(session.table.summary("val_auc", session.view.rows[29] ?? 0)).toBeUndefined();
});

it("keeps the selection over a filter and tells what is hidden", async () => {
  const { session } = open([[LOCAL, generatedStore({ ...SOME, runs: 30 })]]);
  await complete(session, 30);
  session.select({ kind: "all" });
  session.setFilter("fox");
  await session.settled();
  expect(session.state()).toMatchObject({ selectedRuns: 30, selectedHidden: 20 });
  expect(session.selectedRuns()).toHaveLength(30);
});

it("exports what is shown as CSV that a spreadsheet takes for text, not for formulas", async () => {
  const evil = ["=1+1", "@SUM(A1)", "-0.5", "-2+3", "+x", "\tx", 'quo"te', "a,b", "line\nbreak", "__proto__"];
  const inner = generatedStore({ ...SOME, runs: evil.length });
  const store: Store = {
    ...inner,
    searchRuns: async (query, abort) => {
      const page = await inner.searchRuns(query, abort);
      return { ...page, items: page.items.map((run, index) => ({ ...run, name: evil[index] ?? "" })) };
    },
  };
  const { session } = open([[LOCAL, store]]);
  await complete(session, evil.length);
  const columns = session.columns.columns.filter((column) => column.id === "attribute:name");
  const csv = await toRunsCsv(session, columns, session.view.rows, signal);
  expect(csv).toBe(
    ["Run", `"'=1+1"`, `"'@SUM(A1)"`, "-0.5", `"'-2+3"`, `"'+x"`, `"'\tx"`, '"quo""te"', '"a,b"', '"line\nbreak"', "__proto__", ""].join(
      "\r\n",
    ),
  );
});
