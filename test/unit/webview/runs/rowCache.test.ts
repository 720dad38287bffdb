import { expect, it } from "vitest";

import type { RunLine, TableLine } from "../../../../src/protocol/runsTable";
import { RowCache, type RowWindow } from "../../../../webview-ui/runs/rowCache";

function line(index: number, revision: number): RunLine {
  return {
    kind: "run",
    storeId: "s",
    runId: `run${index}`,
    name: "",
    depth: 0,
    children: 0,
    expanded: false,
    selected: false,
    stale: false,
    cells: [revision],
  };
}

/** A host that answers when it is told to. */
function cacheWithHost(total: number) {
  const questions: {
    readonly window: RowWindow & { readonly revision: number };
    readonly answer: (lines: readonly TableLine[] | null) => void;
  }[] = [];
  let changes = 0;
  const cache = new RowCache(
    { rows: (window) => new Promise((resolve) => questions.push({ window, answer: resolve })) },
    () => ({ selected: false, depth: 0, expanded: null, span: null, note: null }),
    () => changes++,
    () => undefined,
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  const answer = async (): Promise<void> => {
    const question = questions.shift();
    const { from = 0, to = 0, revision = 0 } = question?.window ?? {};
    question?.answer(Array.from({ length: Math.max(0, Math.min(to, total) - from) }, (_, at) => line(from + at, revision)));
    await settle();
  };
  return { cache, questions, answer, settle, changes: () => changes };
}

const cellOf = (cache: RowCache, index: number): unknown => cache.get(index)?.cells.get("metric:m");

it("fetches the window with a margin, once", async () => {
  const { cache, questions, answer } = cacheWithHost(1000);
  cache.setRevision(1, 1000);
  cache.setWindow({ from: 100, to: 140, columns: ["metric:m"] });
  expect(questions).toHaveLength(1);
  await answer();
  expect(cellOf(cache, 100)).toBe(1);
  expect(cellOf(cache, 165)).toBe(1);
  cache.setWindow({ from: 105, to: 145, columns: ["metric:m"] });
  expect(questions).toHaveLength(0);
});

it("keeps old rows on the screen until the new revision's are there", async () => {
  const { cache, answer } = cacheWithHost(50);
  cache.setRevision(1, 50);
  cache.setWindow({ from: 0, to: 50, columns: ["metric:m"] });
  await answer();
  cache.setRevision(2, 50);
  expect(cellOf(cache, 3)).toBe(1);
  await answer();
  expect(cellOf(cache, 3)).toBe(2);
});

it("drops an answer to an older revision and asks again", async () => {
  const { cache, questions, answer } = cacheWithHost(50);
  cache.setRevision(1, 50);
  cache.setWindow({ from: 0, to: 50, columns: ["metric:m"] });
  cache.setRevision(2, 50);
  await answer();
  expect(cellOf(cache, 0)).toBeUndefined();
  expect(questions[0]?.window.revision).toBe(2);
  await answer();
  expect(cellOf(cache, 0)).toBe(2);
});

it("adds the cells of columns that come in sight to those that it has", async () => {
  const { cache, questions, answer, settle } = cacheWithHost(10);
  cache.setRevision(1, 10);
  cache.setWindow({ from: 0, to: 10, columns: ["metric:m"] });
  await answer();
  cache.setWindow({ from: 0, to: 10, columns: ["param:p"] });
  questions.shift()?.answer([{ ...line(0, 1), cells: ["x"] }]);
  await settle();
  expect(cellOf(cache, 0)).toBe(1);
  expect(cache.get(0)?.cells.get("param:p")).toBe("x");
});

it("does not ask for ever for lines that the host does not have", async () => {
  const { cache, questions, answer, settle } = cacheWithHost(5);
  cache.setRevision(1, 5);
  cache.setWindow({ from: 0, to: 40, columns: ["metric:m"] });
  await answer();
  await settle();
  expect(questions).toHaveLength(0);
});
